import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { expressionOf } from '../formula.ts';
import { calculate, type Calculation } from '../index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

/** Interest of 100,000 yuan over one month, asked at 90 % a year: what is left of it is the ceiling. */
function loan(inputs: object, figures = table): Calculation {
  const result = calculate(
    'loan.interest',
    { principal_fen: 10_000_000, agreed_rate_bp: 9_000, ...inputs },
    figures,
    { today: '2026-11-22' },
  );
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field ?? ''}`);
  return result.value;
}
const month = (contract_date: string, end_date: string) => ({
  contract_date,
  start_date: contract_date,
  end_date,
});

describe('an LPR that somebody typed in', () => {
  const october = month('2026-10-08', '2026-11-08');

  it('is taken four times where nobody has verified that month (民间借贷规定第二十五条), and marked as typed', () => {
    const sheet = loan({ ...october, typed: { lpr_bp: 290 } });
    expect(sheet.items.map(({ formula }) => expressionOf(formula))).toEqual(['100000*0.116*31/365']);
    expect(sheet.figures).toMatchObject([
      { key: 'lpr.1y', value: 2.9, unit: 'percent', grade: 'T', source: '', statYear: null },
    ]);
    expect(sheet.withheld).toEqual([]);
  });

  it('does not replace one that was published', () => {
    const sheet = loan({ ...month('2022-03-01', '2022-04-01'), typed: { lpr_bp: 290 } });
    expect(sheet.items.map(({ formula }) => expressionOf(formula))).toEqual(['100000*0.148*31/365']);
    expect(sheet.figures).toMatchObject([{ key: 'lpr.1y', value: 3.7, grade: 'B' }]);
  });
});

describe('a ceiling that the table does not have', () => {
  const bare = { ...table, figures: [] };

  it('is withheld with the time it stands for, before 2020-08-20 and after', () => {
    const old = loan({ ...month('2019-09-01', '2019-10-01'), accept_date: '2019-12-01' }, bare);
    expect(old).toMatchObject({
      items: [],
      withheld: [
        {
          code: 'LN_INTEREST:2019-09-01:2019-10-01',
          reason: 'figure_missing',
          figureKey: 'lending.cap_before_2020_08_20',
        },
      ],
    });
    expect(loan(month('2022-03-01', '2022-04-01'), bare)).toMatchObject({
      items: [],
      withheld: [
        { code: 'LN_INTEREST:2022-03-01:2022-04-01', reason: 'figure_missing', figureKey: 'lpr.1y' },
      ],
    });
  });

  it('says of 24 % that it is the older rule (第三十一条)', () => {
    const [item] = loan({ ...month('2019-09-01', '2019-10-01'), accept_date: '2019-12-01' }).items;
    expect(item?.notes).toEqual(['RATE_CAPPED', 'OLD_RULE_24_PERCENT']);
    expect(item?.basis.map(({ article }) => article)).toEqual(['第二十四条', '第三十一条']);
  });
});
