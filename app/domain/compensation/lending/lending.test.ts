import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionOf } from '../formula.ts';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { calculate, type Calculation } from '../index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

function compute(id: string, inputs: object, overrides?: unknown): Calculation {
  const result = calculate(id, inputs, table, {
    today: '2026-11-22',
    ...(overrides === undefined ? {} : { overrides }),
  });
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field ?? ''}`);
  return result.value;
}
const base = {
  principal_fen: 10_000_000,
  contract_date: '2022-03-01',
  accept_date: '2023-04-10',
  start_date: '2022-03-01',
  end_date: '2023-03-01',
};
const loan = (inputs: object, overrides?: unknown) =>
  compute('loan.interest', { ...base, ...inputs }, overrides);
const lines = ({ items }: Calculation) =>
  items.map(({ code, formula }) => `${code} ${expressionOf(formula)}`);

describe('interest of a private loan', () => {
  it('holds the rate at four times the LPR of the contract day, flagged only above it', () => {
    expect(loan({ agreed_rate_bp: 1480 }).flags).toEqual([]);
    const capped = loan({ agreed_rate_bp: 1481 });
    expect(capped.flags).toEqual(['RATE_CAPPED']);
    expect(lines(capped)).toEqual(['LN_INTEREST:2022-03-01:2023-03-01 100000*0.148*365/365']);
    expect(capped.figures).toMatchObject([{ key: 'lpr.1y', value: 3.7, grade: 'B' }]);
    expect(capped.items[0]?.basis.map(({ article }) => article)).toEqual(['第二十四条', '第二十五条']);
  });

  it('takes the newest LPR on or before the day', () => {
    const limit = (contract_date: string) =>
      loan({ contract_date, start_date: '2022-03-01', agreed_rate_bp: 9_000 }).items.map(({ formula }) =>
        expressionOf(formula),
      )[0];
    expect(limit('2022-01-19')).toContain('*0.152*');
    expect(limit('2022-01-20')).toContain('*0.148*');
  });

  it('splits an older contract at 2020-08-20 only when the case is younger', () => {
    const old = {
      contract_date: '2020-08-19',
      start_date: '2020-08-19',
      end_date: '2020-08-21',
      agreed_rate_bp: 3_000,
    };
    expect(lines(loan({ ...old, accept_date: '2020-08-20' }))).toEqual([
      'LN_INTEREST:2020-08-19:2020-08-20 100000*0.24*1/365',
      'LN_INTEREST:2020-08-20:2020-08-21 100000*0.154*1/365',
    ]);
    expect(lines(loan({ ...old, accept_date: '2020-08-19' }))).toEqual([
      'LN_INTEREST:2020-08-19:2020-08-21 100000*0.24*2/365',
    ]);
    expect(
      lines(
        loan({ ...old, contract_date: '2020-08-20', start_date: '2020-08-20', accept_date: '2020-08-20' }),
      ),
    ).toEqual(['LN_INTEREST:2020-08-20:2020-08-21 100000*0.154*1/365']);
    const articles = loan({ ...old, accept_date: '2020-08-20' }).items.map(({ basis }) =>
      basis.map(({ article }) => article),
    );
    expect(articles).toEqual([
      ['第二十四条', '第三十一条'],
      ['第二十四条', '第二十五条', '第三十一条'],
    ]);
    expect(loan({ ...old, accept_date: '2020-08-19' }).figures).toMatchObject([{ grade: 'C', value: 24 }]);
  });

  it('goes on at the agreed rate after the due date, at the overdue rate where there is one, both under the ceiling', () => {
    const due = { due_date: '2022-09-01', agreed_rate_bp: 1_000 };
    expect(lines(loan(due))).toEqual([
      'LN_INTEREST:2022-03-01:2022-09-01 100000*0.1*184/365',
      'LN_INTEREST:2022-09-01:2023-03-01 100000*0.1*181/365',
    ]);
    expect(lines(loan({ ...due, overdue_rate_bp: 2_000 }))[1]).toBe(
      'LN_INTEREST:2022-09-01:2023-03-01 100000*0.148*181/365',
    );
    expect(lines(loan({ ...due, overdue_fees_bp: 400 }))[1]).toContain('100000*0.14*');
    const both = loan({ ...due, overdue_fees_bp: 481 });
    expect(lines(both)[1]).toContain('100000*0.148*');
    expect(both.items[1]?.basis.map(({ article }) => article)).toEqual([
      '第二十五条',
      '第二十八条',
      '第二十九条',
    ]);
    expect(both.flags).toEqual(['RATE_CAPPED']);
    expect(lines(loan({ ...due, due_date: '2024-01-01' }))).toEqual([
      'LN_INTEREST:2022-03-01:2023-03-01 100000*0.1*365/365',
    ]);
    expect(lines(loan({ ...due, due_date: '2022-03-01' }))).toHaveLength(1);
  });

  it('knows no interest in the term without an agreement, and the LPR of the due date after it', () => {
    const sheet = loan({ due_date: '2022-09-01' });
    expect(lines(sheet)).toEqual(['LN_INTEREST:2022-09-01:2023-03-01 100000*0.0365*181/365']);
    expect(sheet.flags).toEqual(['NO_AGREED_INTEREST', 'OVERDUE_AT_LPR']);
    expect(loan({ agreed_rate_bp: null })).toMatchObject({ items: [], flags: ['NO_AGREED_INTEREST'] });
    const overdue = loan({ due_date: '2022-09-01', overdue_rate_bp: 1_200 });
    expect(overdue.flags).toEqual(['NO_AGREED_INTEREST']);
    expect(overdue.totals.onceFen).toBe(595_068);
  });

  it('withholds what needs an LPR that nobody has verified, and computes with one that was typed in', () => {
    const fresh = {
      contract_date: '2026-10-08',
      start_date: '2026-10-08',
      end_date: '2026-11-08',
      accept_date: null,
      agreed_rate_bp: 1_200,
    };
    expect(loan(fresh).withheld).toMatchObject([
      { code: 'LN_INTEREST:2026-10-08:2026-11-08', reason: 'figure_unverified', figureKey: 'lpr.1y' },
    ]);
    const typed = {
      lpr: [
        { from: '2026-09-21', bp: 290 },
        { from: '2025-05-20', bp: 300 },
      ],
    };
    expect(lines(loan(fresh, typed))).toEqual(['LN_INTEREST:2026-10-08:2026-11-08 100000*0.116*31/365']);
    expect(lines(loan(fresh, { lpr: [{ from: '2026-10-08', bp: 280 }] }))[0]).toContain('*0.112*');
    expect(loan(fresh, { lpr: [{ from: '2026-10-20', bp: 290 }] }).withheld).toMatchObject([
      { reason: 'figure_missing', figureKey: 'lpr.1y' },
    ]);
  });

  it('counts what was handed over', () => {
    expect(loan({ delivered_fen: 9_000_000, agreed_rate_bp: 1_000 })).toMatchObject({
      flags: ['INTEREST_DEDUCTED_UP_FRONT'],
      info: { principal_fen: 9_000_000 },
      totals: { onceFen: 900_000 },
    });
    expect(loan({ delivered_fen: 10_000_000 }).flags).toEqual(['NO_AGREED_INTEREST']);
  });

  it.each([
    [{ delivered_fen: 10_000_001 }, 'contradiction', 'delivered_fen'],
    [{ end_date: '2022-02-28' }, 'contradiction', 'end_date'],
    [{ due_date: '2022-02-28' }, 'contradiction', 'due_date'],
    [{ accept_date: '2022-02-28' }, 'contradiction', 'accept_date'],
    [{ contract_date: '2026-11-23' }, 'in_the_future', 'contract_date'],
    [{ agreed_rate_bp: 12.5 }, 'not_an_integer', 'agreed_rate_bp'],
    [{ principal_fen: 0 }, 'too_small', 'principal_fen'],
    [{ principal_fen: 10 ** 15 }, 'too_large', 'principal_fen'],
  ])('refuses %j: %s', (inputs, code, field) => {
    expect(calculate('loan.interest', { ...base, ...inputs }, table, { today: '2026-11-22' })).toMatchObject({
      ok: false,
      failure: { code, field },
    });
  });

  it('adds up over any cut of the time, but for rounding', () => {
    const offset = fc.integer({ min: 0, max: 1200 });
    const at = (days: number) => new Date(Date.UTC(2022, 2, 1 + days)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(
        offset,
        offset,
        fc.integer({ min: 1, max: 20_000_000 }),
        fc.integer({ min: 1, max: 4_000 }),
        (a, b, principal_fen, agreed_rate_bp) => {
          const total = (start_date: string, end_date: string, due_date: string | null = null) =>
            loan({ principal_fen, agreed_rate_bp, start_date, end_date, due_date }).totals.onceFen;
          const [middle, end] = [at(Math.min(a, b)), at(Math.max(a, b))];
          const whole = total(at(0), end);
          expect(Math.abs(total(at(0), middle) + total(middle, end) - whole)).toBeLessThanOrEqual(1);
          expect(Math.abs(total(at(0), end, middle) - whole)).toBeLessThanOrEqual(1);
          expect(BigInt(whole) * 10_000n * 365n).toBeLessThanOrEqual(
            BigInt(principal_fen) * 1_480n * BigInt(Math.max(a, b)) + 10_000n * 365n,
          );
        },
      ),
    );
  });
});

describe('interest for not obeying a judgment', () => {
  it('counts the days, or from the deadline to the end, the first not counted', () => {
    const delay = (inputs: object) =>
      compute('loan.delay', { debt_fen: 10_000_000, ...inputs }).totals.onceFen;
    expect(delay({ days: 1 })).toBe(1_750);
    expect(delay({ days: 0 })).toBe(0);
    expect(delay({ deadline_date: '2026-01-31', end_date: '2026-02-02' })).toBe(3_500);
    expect(delay({ deadline_date: '2026-11-21' })).toBe(1_750);
    expect(delay({ deadline_date: '2026-11-21', end_date: '2027-11-22' })).toBe(366 * 1_750);
    expect(compute('loan.delay', { debt_fen: 100, days: 29 }).totals.onceFen).toBe(1);
  });

  it.each([
    [{ debt_fen: 1 }, 'required', 'days'],
    [{ debt_fen: 1, days: 1, deadline_date: '2026-01-31' }, 'contradiction', 'days'],
    [{ debt_fen: 1, deadline_date: '2026-01-31', end_date: '2026-01-30' }, 'contradiction', 'end_date'],
    [{ debt_fen: 1, deadline_date: '2014-07-31' }, 'too_early', 'deadline_date'],
  ])('refuses %j: %s', (inputs, code, field) => {
    expect(calculate('loan.delay', inputs, table, { today: '2026-11-22' })).toMatchObject({
      ok: false,
      failure: { code, field },
    });
  });
});
