import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate, expressionOf, type Calculation, type ParameterTable } from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const hurt = { injury_date: '2026-01-10', grade: 10, avg_contrib_wage_fen: 600_000 };

function compute(inputs: object, figures: ParameterTable = table, id = 'wi.benefits'): Calculation {
  const result = calculate(id, inputs, figures, { today: '2026-11-22' });
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field ?? ''}`);
  return result.value;
}
const working = ({ items }: Calculation, code: string) =>
  items.filter((item) => item.code === code).map((item) => [expressionOf(item.formula), item.amountFen]);

describe('the two lump subsidies', () => {
  const lasting = (series: string): ParameterTable => ({
    ...table,
    figures: table.figures.map((figure) =>
      figure.key === 'wi.lump_base_caliber'
        ? { ...figure, value: series, grade: 'B', effective_from: '2011-01-01' }
        : figure,
    ),
  });
  const leaving = {
    ...hurt,
    ...{ injury_date: '2025-01-10', contract_end: 'employee_resigns', contract_end_date: '2025-11-01' },
  };

  it.each([
    ['wage.urban_nonprivate.year', '110206/12*2', 1_836_767, '110206/12*7'],
    ['wage.all_caliber.month', '7263*2', 1_452_600, '7263*7'],
  ])('on %s: a year’s wage is divided by twelve and not rounded', (series, medical, fen, employment) => {
    const sheet = compute(leaving, lasting(series));
    expect(working(sheet, 'WI_MED_SUBSIDY')).toEqual([[medical, fen]]);
    expect(working(sheet, 'WI_EMP_SUBSIDY')[0]?.[0]).toBe(employment);
    expect(sheet.figures).toContainEqual(expect.objectContaining({ key: series, statYear: 2024 }));
  });

  it('are reckoned for a contract that ends within a year to come', () => {
    const sheet = compute({ ...leaving, contract_end_date: '2027-11-22' }, lasting('wage.all_caliber.month'));
    expect(working(sheet, 'WI_MED_SUBSIDY')).toEqual([['7339*2', 1_467_800]]);
  });
});

describe('what is typed or left out', () => {
  it('takes months with more than two decimals, exactly', () => {
    const sheet = compute({ ...hurt, sl_months: '2.367', sl_wage_fen: 600_001 });
    expect(working(sheet, 'WI_SL_WAGE')).toEqual([['6000.01*2.367', 1_420_202]]);
  });

  it('takes null for a sum as not given', () => {
    const open = { medical_fen: null, medical_paid_by_third_party_fen: null, sl_wage_fen: null };
    expect(compute({ ...hurt, ...open, sl_paid_fen: null, sl_nursing_fen: null })).toEqual(compute(hurt));
  });

  it('takes an average wage that the series lacks, and says that it was typed', () => {
    const old = { ...hurt, injury_date: '2015-05-05', nursing_level: 'part' };
    expect(compute(old).withheld.map(({ code }) => code)).toContain('WI_DIS_LUMP');
    const typed = { avg_month_cap_fen: 400_000, avg_month_nursing_fen: 500_000 };
    const sheet = compute({ ...old, typed });
    expect(working(sheet, 'WI_DIS_LUMP')).toEqual([['6000*7', 4_200_000]]);
    expect(working(sheet, 'WI_NURSING')).toEqual([['5000*0.3', 150_000]]);
    expect(sheet.figures.every(({ grade }) => grade === 'T')).toBe(true);
    const death = { death_date: '2018-03-01', death_type: 'accident' };
    const funeral = compute({ ...death, typed: { avg_month_funeral_fen: 500_000 } }, table, 'wi.death');
    expect(working(funeral, 'WD_FUNERAL')).toEqual([['5000*6', 3_000_000]]);
  });

  it('counts a year for arbitration from the end of the employment, which lies after the injury', () => {
    const at = (relation_end_date: string) =>
      calculate('wi.deadlines', { start_date: '2026-03-01', relation_end_date }, table, {
        today: '2026-11-22',
      });
    expect(at('2026-03-01')).toMatchObject({ value: { info: { arbitrate_by: '2027-03-01' } } });
    expect(at('2026-02-28')).toMatchObject({
      failure: { code: 'contradiction', field: 'relation_end_date' },
    });
    expect(at('2027-11-22')).toMatchObject({ ok: true });
    expect(at('2027-11-23')).toMatchObject({ failure: { code: 'in_the_future' } });
  });

  it('counts the days to report even an old injury', () => {
    expect(compute({ start_date: '2004-01-01' }, table, 'wi.deadlines').info).toEqual({
      employer_apply_by: '2004-01-31',
      person_apply_by: '2005-01-01',
    });
  });
});
