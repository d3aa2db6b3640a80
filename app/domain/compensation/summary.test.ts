import { describe, expect, it } from 'vitest';

import type { Calculation, CalculationItem } from './calculation.ts';
import { claimOf, isDeadline, sharesOf } from './summary.ts';

const item = (code: string, amountFen: number, more: Partial<CalculationItem> = {}): CalculationItem => ({
  ...{ code, amountFen, payer: 'EMPLOYER', freq: 'once' },
  ...{ formula: [], basis: [], figureKeys: [], notes: [] },
  ...more,
});
const sheet = (items: readonly CalculationItem[], info: Calculation['info'] = {}): Calculation => ({
  ...{ calculator: 'wi.benefits', engineVersion: '1', items, totals: { onceFen: 0, monthlyFen: 0 } },
  ...{ flags: [], withheld: [], wanted: [], figures: [], info },
});

describe('the claim of a sheet', () => {
  const items = [
    item('A', 100),
    item('B', 30, { payer: 'VICTIM_SELF' }),
    item('C', 7, { freq: 'monthly' }),
    item('D', 5, { payer: 'FUND' }),
  ];

  it('never adds monthly to once, nor what one bears oneself', () => {
    expect(claimOf(sheet(items))).toEqual({ onceFen: 105, monthlyFen: 7, ownFen: 30 });
  });

  it('is what is left by liability or after what was paid, where the sheet says so, even nothing', () => {
    expect(claimOf(sheet(items, { payable_fen: 60 })).onceFen).toBe(60);
    expect(claimOf(sheet(items, { due_fen: 0 })).onceFen).toBe(0);
  });

  it('is shared among payers in the order of the sheet, monthly left out', () => {
    expect(sharesOf(sheet(items))).toEqual([
      { payer: 'EMPLOYER', fen: 100 },
      { payer: 'VICTIM_SELF', fen: 30 },
      { payer: 'FUND', fen: 5 },
    ]);
    expect(sharesOf(sheet([item('A', 0)]))).toEqual([]);
  });

  it('is what the payers pay, where the sheet says less than its items: in proportion, the last the rest', () => {
    expect(sharesOf(sheet(items, { payable_fen: 20 }))).toEqual([
      { payer: 'EMPLOYER', fen: 19 },
      { payer: 'VICTIM_SELF', fen: 30 },
      { payer: 'FUND', fen: 1 },
    ]);
    expect(sharesOf(sheet([item('A', 37_500)], { due_fen: 7_500 }))).toEqual([
      { payer: 'EMPLOYER', fen: 7_500 },
    ]);
    expect(sharesOf(sheet([item('A', 37_500)], { due_fen: 0 }))).toEqual([]);
  });
});

describe('a last day', () => {
  it('is told by its name', () => {
    expect(['claim_by', 'employer_apply_by', 'person_apply_by'].every(isDeadline)).toBe(true);
    expect(['from', 'months', 'by_whom'].some(isDeadline)).toBe(false);
  });
});
