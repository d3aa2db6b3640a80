import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { calculate, type Calculation } from '../index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

function fee(inputs: object, today = '2026-11-22'): Calculation {
  const result = calculate('court.fee', inputs, table, { today });
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field ?? ''}`);
  return result.value;
}
const charged = (inputs: object): number => fee(inputs).totals.onceFen;
const yuan = (amount: number): number => amount * 100;

describe('court fees', () => {
  it.each([
    ['property', 0, 50],
    ['property', 1_000_000, 13_800],
    ['property', 10_000_000, 81_800],
    ['property', 30_000_000, 191_800],
    ['enforcement', 10_000, 50],
    ['enforcement', 500_000, 7_400],
    ['enforcement', 5_000_000, 52_400],
    ['enforcement', 10_000_000, 77_400],
    ['enforcement', 20_000_000, 87_400],
    ['preservation', 1_000, 30],
    ['preservation', 100_000, 1_020],
    ['preservation', 896_000, 5_000],
  ])('%s of %i yuan costs %i', (type, amount, expected) => {
    expect(charged({ type, amount_fen: yuan(amount) })).toBe(yuan(expected));
  });

  it('takes a third for a payment order, exactly', () => {
    expect(charged({ type: 'payment_order', amount_fen: yuan(100_000) })).toBe(76_667);
    expect(charged({ type: 'payment_order', amount_fen: yuan(5_000) })).toBe(1_667);
  });

  it('knows the fixed fees', () => {
    const fixed = { labor: 10, admin: 50, admin_special: 100, public_notice: 100, set_aside_award: 400 };
    for (const [type, expected] of Object.entries(fixed)) expect(charged({ type })).toBe(yuan(expected));
  });

  it('flags the cap of a preservation only above it', () => {
    expect(fee({ type: 'preservation', amount_fen: yuan(896_000) }).flags).toEqual([]);
    expect(fee({ type: 'preservation', amount_fen: yuan(896_001) }).flags).toEqual(['PRESERVATION_CAP_5000']);
    expect(charged({ type: 'preservation' })).toBe(yuan(30));
  });

  it('starts the parts of divorce and personality cases above their lines', () => {
    expect(charged({ type: 'divorce', base_fen: yuan(200) })).toBe(yuan(200));
    expect(charged({ type: 'divorce', base_fen: yuan(200), amount_fen: yuan(200_001) })).toBe(20_001);
    expect(charged({ type: 'personality', base_fen: yuan(100), amount_fen: yuan(50_000) })).toBe(yuan(100));
    expect(charged({ type: 'personality', base_fen: yuan(100), amount_fen: yuan(100_000) })).toBe(yuan(600));
  });

  it('gives the range of the law where the province’s figure is not verified, and no amount', () => {
    const divorce = fee({ type: 'divorce', amount_fen: yuan(500_000) });
    expect(divorce.items).toEqual([]);
    expect(divorce.withheld).toMatchObject([
      { code: 'CF_FEE', reason: 'figure_unverified', figureKey: 'divorce.base_fee' },
    ]);
    expect(divorce.info).toEqual({ fee_low_fen: yuan(1_550), fee_high_fen: yuan(1_800) });
    expect(fee({ type: 'other', halved: true }).info).toEqual({ fee_low_fen: 2_500, fee_high_fen: 5_000 });
    expect(fee({ type: 'personality', base_fen: null }).withheld).toMatchObject([
      { reason: 'figure_unverified', figureKey: 'personality.base_fee' },
    ]);
  });

  it('splits by what was won, the parts making the whole', () => {
    const split = (won_fen: number) => fee({ type: 'property', amount_fen: 1_000_100, won_fen }).info;
    expect(split(1_000_100)).toEqual({ loser_part_fen: 5_003, claimant_part_fen: 0 });
    expect(split(0)).toEqual({ loser_part_fen: 0, claimant_part_fen: 5_003 });
    expect(split(500_050)).toEqual({ loser_part_fen: 2_502, claimant_part_fen: 2_501 });
  });

  it('does not halve what is never halved', () => {
    const asked = { type: 'enforcement', amount_fen: 1_000_000 };
    expect(fee({ ...asked, halved: true })).toEqual(fee(asked));
  });

  it.each([
    [{ type: 'property' }, 'required', 'amount_fen'],
    [{ type: 'labor', won_fen: 1 }, 'required', 'amount_fen'],
    [{ type: 'property', amount_fen: -1 }, 'too_small', 'amount_fen'],
    [{ type: 'property', amount_fen: 1, won_fen: 2 }, 'contradiction', 'won_fen'],
    [{ type: 'divorce', base_fen: 4_999 }, 'too_small', 'base_fen'],
    [{ type: 'divorce', base_fen: 30_001 }, 'too_large', 'base_fen'],
    [{ type: 'murder' }, 'not_an_option', 'type'],
  ])('refuses %j: %s', (inputs, code, field) => {
    expect(calculate('court.fee', inputs, table, { today: '2026-11-22' })).toMatchObject({
      ok: false,
      failure: { code, field },
    });
  });

  it('withholds the fee where the table has no rules for the day', () => {
    const bare = { ...table, court_fee_rules: [] };
    const result = calculate('court.fee', { type: 'labor' }, bare, { today: '2026-11-22' });
    expect(result.ok && result.value.withheld).toMatchObject([{ code: 'CF_FEE', reason: 'figure_missing' }]);
  });

  const tiered = fc.constantFrom('property', 'enforcement', 'preservation', 'payment_order');
  it('never falls as the amount rises', () => {
    const amount = fc.integer({ min: 0, max: 5_000_000_000 });
    fc.assert(
      fc.property(tiered, amount, fc.integer({ min: 0, max: 10_000_000 }), (type, amount_fen, more) => {
        expect(charged({ type, amount_fen: amount_fen + more })).toBeGreaterThanOrEqual(
          charged({ type, amount_fen }),
        );
      }),
    );
  });

  it('does not jump at any line of the law', () => {
    for (const { schedules } of table.court_fee_rules)
      for (const type of ['property', 'enforcement', 'preservation', 'payment_order'] as const)
        for (const { above_yuan: line } of schedules[type].tiers) {
          const at = charged({ type, amount_fen: yuan(line) });
          expect(charged({ type, amount_fen: yuan(line) + 100 }) - at).toBeLessThanOrEqual(3);
          expect(at - charged({ type, amount_fen: yuan(line) - 100 })).toBeLessThanOrEqual(3);
        }
  });

  it('agrees with the quick table that lawyers use', () => {
    const quick = [
      [20_000_000, 50n, 41_800n],
      [10_000_000, 60n, 21_800n],
      [5_000_000, 70n, 11_800n],
      [2_000_000, 80n, 6_800n],
      [1_000_000, 90n, 4_800n],
      [500_000, 100n, 3_800n],
      [200_000, 150n, 1_300n],
      [100_000, 200n, 300n],
      [10_000, 250n, -200n],
    ] as const;
    fc.assert(
      fc.property(fc.integer({ min: 1_000_001, max: 4_000_000_000 }), (amount_fen) => {
        const [, rate, extra] = quick.find(([line]) => amount_fen > yuan(line)) ?? [0, 0n, 50n];
        const tenThousandths = BigInt(amount_fen) * rate + extra * 1_000_000n;
        expect(BigInt(charged({ type: 'property', amount_fen }))).toBe((tenThousandths + 5_000n) / 10_000n);
      }),
      { numRuns: 500 },
    );
  });
});
