import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionOf } from '../formula.ts';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { calculate, type Calculation } from '../index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

function compute(id: string, inputs: object, today = '2026-11-22'): Calculation {
  const result = calculate(id, inputs, table, { today });
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field ?? ''}`);
  return result.value;
}
const lines = ({ items }: Calculation) =>
  items.map(({ code, formula }) => `${code} ${expressionOf(formula)}`);

describe('second wage without a written contract', () => {
  const double = (inputs: object, today = '2026-11-22') =>
    compute('labor.double_wage', { month_wage_fen: 435_000, ...inputs }, today);

  it('runs from the second month until the day before signing, the last day, a year, or today', () => {
    expect(double({ start_date: '2025-01-15', signed_date: '2025-04-15' }).info).toEqual({
      from: '2025-02-15',
      to: '2025-04-14',
      full_months: 2,
      rest_days: 0,
    });
    expect(
      double({ start_date: '2025-01-15', last_day: '2025-03-14', signed_date: null }).info,
    ).toMatchObject({
      to: '2025-03-14',
      full_months: 1,
      rest_days: 0,
    });
    expect(double({ start_date: '2020-01-15' }).info).toMatchObject({ to: '2021-01-14', full_months: 11 });
    expect(double({ start_date: '2025-01-15', last_day: '2025-01-15' }).flags).toEqual([
      'NO_DOUBLE_WAGE_PERIOD',
    ]);
    expect(double({ start_date: '2026-09-15' }).info).toMatchObject({ to: '2026-11-22', rest_days: 8 });
  });

  it('is none when the contract was signed in time, and from the day after it is', () => {
    for (const signed_date of ['2024-12-20', '2025-01-15', '2025-02-14', '2025-02-15'])
      expect(double({ start_date: '2025-01-15', signed_date }).flags).toEqual(['NO_DOUBLE_WAGE_PERIOD']);
    expect(
      double({ start_date: '2025-01-15', signed_date: '2025-02-16', partial_workdays: 1 }).totals.onceFen,
    ).toBe(20_000);
  });

  it('pays the broken month by the days worked, at most a month', () => {
    const broken = { start_date: '2025-01-01', signed_date: '2025-02-25' };
    expect(lines(double({ ...broken, partial_workdays: 10 }))).toEqual(['LB_DOUBLE_WAGE 4350/21.75*10']);
    expect(lines(double({ ...broken, partial_workdays: 22 }))).toEqual(['LB_DOUBLE_WAGE 4350']);
    expect(double({ ...broken, partial_workdays: 0 }).items).toEqual([]);
    const unknown = double({ ...broken, signed_date: '2025-03-25', partial_workdays: null });
    expect(lines(unknown)).toEqual(['LB_DOUBLE_WAGE 4350*1']);
    expect(unknown.withheld).toMatchObject([{ code: 'LB_DOUBLE_WAGE_REST', figureKey: 'partial_workdays' }]);
    expect(unknown.flags).toEqual([]);
  });

  it('runs without the end of a year where an open-ended contract was refused', () => {
    const inputs = { start_date: '2010-01-01', open_ended_due_date: '2024-01-31', last_day: '2025-07-30' };
    const atOnce = double({ ...inputs, start_date: '2024-01-31' });
    expect(atOnce.info).toMatchObject({ from: '2024-01-31', full_months: 18 });
    expect(double(inputs).info).toEqual({
      from: '2024-01-31',
      to: '2025-07-30',
      full_months: 18,
      rest_days: 0,
    });
  });

  it('says where the worker kept from signing', () => {
    const plain = double({ start_date: '2025-01-15', signed_date: '2025-04-15' });
    expect(plain.items[0]?.notes).toEqual(['CLAIM_EARLY']);
    const sheet = double({ start_date: '2025-01-15', signed_date: '2025-04-15', worker_refused: true });
    expect(sheet.items[0]?.notes).toEqual(['WORKER_REFUSED_TO_SIGN', 'CLAIM_EARLY']);
  });

  it('never gives more than eleven months, whatever the day of the start', () => {
    const day = fc
      .date({ min: new Date('2008-01-01'), max: new Date('2025-10-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (start_date) => {
        const { info, totals } = double({ start_date });
        expect(info).toMatchObject({ full_months: 11, rest_days: 0 });
        expect(totals.onceFen).toBe(11 * 435_000);
      }),
    );
  });
});

describe('overtime', () => {
  const base = { base_month_fen: 435_000 };
  it('knows 150, 200 and 300 per cent', () => {
    const sheet = compute('labor.overtime', {
      ...base,
      hours_weekday: '1.5',
      hours_rest: '2',
      hours_holiday: '0.5',
    });
    expect(lines(sheet)).toEqual([
      'LB_OT_WEEKDAY 4350/21.75/8*1.5*1.5',
      'LB_OT_REST 4350/21.75/8*2*2',
      'LB_OT_HOLIDAY 4350/21.75/8*0.5*3',
    ]);
    expect(sheet.info).toEqual({ due_fen: 19_375 });
  });

  it('knows no rest days under comprehensive hours and no rule under flexible ones', () => {
    const hours = { ...base, hours_weekday: '10', hours_rest: '10', hours_holiday: '10' };
    const comprehensive = compute('labor.overtime', { ...hours, system: 'comprehensive' });
    expect(comprehensive.items.map(({ code }) => code)).toEqual(['LB_OT_WEEKDAY', 'LB_OT_HOLIDAY']);
    expect(comprehensive.flags).toEqual(['COMPREHENSIVE_150_300_ONLY']);
    expect(compute('labor.overtime', { ...hours, system: 'flexible' }).items).toEqual([]);
  });

  it('warns above 36 hours, not at them, and never owes less than nothing', () => {
    const notes = (hours_weekday: string) =>
      compute('labor.overtime', { ...base, hours_weekday, hours_rest: '6' }).items[0]?.notes;
    expect(notes('30')).toEqual(['OVERTIME_PROOF']);
    expect(notes('30.5')).toContain('OVERTIME_ABOVE_36_HOURS');
    expect(compute('labor.overtime', { ...base, hours_rest: '1', paid_fen: 500_000 }).info).toEqual({
      due_fen: 0,
    });
  });

  it('multiplies the price of a piece by the same rates', () => {
    const pieces = { piece_price_fen: 150, pieces_weekday: 100, pieces_rest: 10, pieces_holiday: 1 };
    expect(lines(compute('labor.overtime', pieces))).toEqual([
      'LB_OT_WEEKDAY 1.50*100*1.5',
      'LB_OT_REST 1.50*10*2',
      'LB_OT_HOLIDAY 1.50*1*3',
    ]);
  });

  it('withholds what hangs on an unknown wage', () => {
    const sheet = compute('labor.overtime', { base_month_fen: null, hours_rest: '1' });
    expect(sheet.withheld).toMatchObject([{ code: 'LB_OT_REST', figureKey: 'base_month_fen' }]);
    expect(sheet.info).toEqual({});
  });
});

describe('annual leave', () => {
  const leave = (inputs: object) =>
    compute('labor.annual_leave', { total_service_years: '10', avg_month_fen: 652_500, ...inputs });

  it.each([
    ['0.99', 0],
    ['1', 5],
    ['9.99', 5],
    ['10', 10],
    ['19.99', 10],
    ['20', 15],
  ])('gives with %s years of work %i days', (total_service_years, entitlement) => {
    expect(leave({ total_service_years }).info).toEqual({ entitlement, unused_days: entitlement });
  });

  it.each([
    [{ taken: 4 }, 6],
    [{ taken: 11 }, 0],
    [{ mode: 'leaving', days_elapsed: 365 }, 10],
    [{ mode: 'leaving', days_elapsed: 366 }, 10],
    [{ mode: 'leaving', days_elapsed: 72 }, 1],
    [{ mode: 'leaving', days_elapsed: 36 }, 0],
    [{ mode: 'leaving', days_elapsed: 200, taken: 6 }, 0],
    [{ mode: 'new_hire', days_remaining: 110 }, 3],
    [{ mode: 'new_hire', days_remaining: 109 }, 2],
    [{ mode: 'new_hire', days_remaining: 110, taken: 1 }, 2],
  ])('counts whole days: %j → %i', (inputs, unused_days) => {
    const sheet = leave(inputs);
    expect(sheet.info['unused_days']).toBe(unused_days);
    expect(sheet.totals.onceFen).toBe(unused_days * 60_000);
  });

  it('names the articles of the case', () => {
    const articles = (inputs: object) => leave(inputs).items[0]?.basis.map(({ article }) => article);
    expect(articles({})).toEqual(['第五条', '第十条']);
    expect(articles({ mode: 'leaving', days_elapsed: 365 })).toEqual(['第五条', '第十条', '第十二条']);
    expect(articles({ mode: 'new_hire', days_remaining: 365 })).toEqual(['第五条', '第十条', '第五条']);
  });

  it('pays nothing extra where the leave was given up or is not due, and says so', () => {
    expect(leave({ written_waiver: true })).toMatchObject({ items: [], flags: ['LEAVE_WAIVED_IN_WRITING'] });
    expect(leave({ excluded_art4: true })).toMatchObject({
      items: [],
      flags: ['NO_LEAVE_ART4'],
      info: { entitlement: 0, unused_days: 0 },
    });
    expect(leave({ avg_month_fen: null }).withheld).toMatchObject([{ code: 'LB_LEAVE_EXTRA_200' }]);
  });
});
