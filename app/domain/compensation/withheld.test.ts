import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate } from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
/** The law with none of its yearly figures. */
const bare = { ...table, figures: [] };

/** What is withheld, each with why, what is lacking, and its formula as far as it is known. */
function withheld(calculator: string, inputs: unknown, figures: typeof table): readonly string[] {
  const result = calculate(calculator, inputs, figures, { today: '2026-11-22' });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value.withheld.map(({ code, reason, figureKey, formula = [] }) =>
    `${code} ${reason} ${figureKey} = ${formula
      .map(({ operator, term, value, unit }) => [operator, term, value, unit].filter(Boolean).join(' '))
      .join(' ')}`.trim(),
  );
}

describe('what is lacking is withheld with its formula, never guessed', () => {
  it.each<[string, string, typeof table, Record<string, unknown>, readonly string[]]>([
    [
      'a grade without an average wage',
      'wi.benefits',
      bare,
      {
        injury_date: '2026-03-01',
        grade: 5,
        avg_contrib_wage_fen: 600000,
        hospital_days: 3,
        nursing_level: 'part',
        hard_to_place: true,
        contract_end: 'none',
      },
      [
        'WI_HOSP_MEAL figure_missing wi.hospital_meal_day = hospital_meal_day yuan × days 3 days',
        'WI_DIS_LUMP figure_missing wage.all_caliber.month = self_wage yuan × months 18 months',
        'WI_DIS_ALLOW figure_missing wage.all_caliber.month = self_wage yuan × percent 70 percent',
        'WI_NURSING figure_missing wage.all_caliber.month = average_wage yuan × percent 30 percent',
      ],
    ],
    [
      'leaving without a verified base',
      'wi.benefits',
      bare,
      { injury_date: '2026-03-01', grade: 8, avg_contrib_wage_fen: 600000, contract_end: 'term_expired' },
      [
        'WI_DIS_LUMP figure_missing wage.all_caliber.month = self_wage yuan × months 11 months',
        'WI_MED_SUBSIDY figure_missing wi.lump_base_caliber =',
        'WI_EMP_SUBSIDY figure_missing wi.lump_base_caliber =',
      ],
    ],
    [
      'a wage that is not known',
      'wi.benefits',
      table,
      { injury_date: '2026-03-01', grade: 2, avg_contrib_wage_fen: null },
      [
        'WI_DIS_LUMP input_missing avg_contrib_wage_fen = self_wage yuan × months 25 months',
        'WI_DIS_ALLOW input_missing avg_contrib_wage_fen = self_wage yuan × percent 85 percent',
      ],
    ],
    [
      'months of the subsidies that the region has not set',
      'wi.benefits',
      bare,
      {
        injury_date: '2026-03-01',
        grade: 8,
        avg_contrib_wage_fen: 600000,
        contract_end: 'term_expired',
        occupational_disease: true,
        typed: { avg_month_lump_fen: 733900 },
      },
      [
        'WI_DIS_LUMP figure_missing wage.all_caliber.month = self_wage yuan × months 11 months',
        'WI_MED_SUBSIDY figure_missing wi.med_subsidy_months.g8 =',
        'WI_EMP_SUBSIDY figure_missing wi.emp_subsidy_months.g8 =',
      ],
    ],
    [
      'a death without figures',
      'wi.death',
      bare,
      {
        death_date: '2026-03-01',
        death_type: 'accident',
        avg_contrib_wage_fen: 600000,
        survivors: [{ relation: 'spouse' }],
      },
      [
        'WD_FUNERAL figure_missing wage.all_caliber.month = average_wage yuan × months 6 months',
        'WD_LUMP figure_missing income.urban = national_income yuan × times 20 times',
        'WD_PENSION figure_missing wage.all_caliber.month =',
      ],
    ],
    [
      'a worker missing whose wage is not known',
      'wi.missing',
      bare,
      { accident_date: '2026-03-01', month_wage_fen: null, hardship: true, insured: false },
      [
        'WM_WAGES input_missing month_wage_fen = month_wage yuan × months 3 months',
        'WM_ADVANCE figure_missing income.urban = national_income yuan × times 20 times × percent 50 percent',
      ],
    ],
    [
      'damages without figures',
      'pi.damages',
      bare,
      {
        kind: 'injury',
        tort_date: '2026-03-01',
        age: 30,
        grades: [9],
        lost_wages: { industry: 'mining', days: 9 },
        hospital_days: 2,
        nutrition_days: 4,
        dependants: [{ type: 'minor', age: 8 }],
        care: [{ days: 3 }],
      },
      [
        'PI_LOST_WAGES figure_missing wage.industry.mining = industry_wage yuan × days 9 days',
        'PI_CARE figure_missing pi.caregiver_day = care_day yuan × days 3 days',
        'PI_HOSP_MEAL figure_missing pi.hospital_meal_day = hospital_meal_day yuan × days 2 days',
        'PI_NUTRITION figure_missing pi.nutrition_day = nutrition_day yuan × days 4 days',
        'PI_DISABILITY figure_missing income.urban = urban_income yuan × years 20 years × disability 20 percent',
        'PI_DEPENDANTS figure_missing consumption.urban = urban_consumption yuan',
      ],
    ],
    [
      'damages after a death without figures',
      'pi.damages',
      bare,
      { kind: 'death', tort_date: '2026-03-01', age: 30, dependants: [{ type: 'minor', age: 8 }] },
      [
        'PI_DEATH figure_missing income.urban = urban_income yuan × years 20 years',
        'PI_FUNERAL figure_missing wage.staff.pi = staff_wage_year yuan ÷ none 2 none',
        'PI_DEPENDANTS figure_missing consumption.urban = urban_consumption yuan',
      ],
    ],
    [
      'dependants without figures',
      'pi.dependants',
      bare,
      {
        dependants: [
          { type: 'minor', age: 8 },
          { id: 'p', type: 'adult', age: 70 },
        ],
      },
      [
        'PI_DEP_1 figure_missing consumption.urban = urban_consumption yuan',
        'PI_DEP_p figure_missing consumption.urban = urban_consumption yuan',
      ],
    ],
    [
      'an accident without limits',
      'traffic.allocate',
      bare,
      {
        accident_date: '2026-03-01',
        victims: [{ id: 'A', medical_fen: 1 }],
        vehicles: [{ id: 'V', liability_bp: 10000 }],
      },
      ['TR_CTP figure_missing ctp.fault.death_disability ='],
    ],
    [
      'a wage before leaving that is not known',
      'labor.severance',
      bare,
      {
        start_date: '2020-01-01',
        last_day: '2026-01-31',
        avg12_fen: null,
        ground: 'art40_changed',
        notice_30_days: false,
      },
      [
        'LB_SEVERANCE input_missing avg12_fen = severance_base yuan × months 6.5 months',
        'LB_NOTICE_PAY input_missing last_month_wage_fen = last_month_wage yuan',
      ],
    ],
    [
      'a wage without a contract that is not known',
      'labor.double_wage',
      bare,
      { start_date: '2025-01-01', signed_date: '2025-03-11', month_wage_fen: null },
      ['LB_DOUBLE_WAGE input_missing month_wage_fen = month_wage yuan × months 1 months'],
    ],
    [
      'a broken month without pay days',
      'labor.double_wage',
      bare,
      { start_date: '2025-01-01', signed_date: '2025-03-11', month_wage_fen: 600000, partial_workdays: 3 },
      ['LB_DOUBLE_WAGE_REST figure_missing paydays.month ='],
    ],
    [
      'a broken month of unknown working days',
      'labor.double_wage',
      bare,
      { start_date: '2025-01-01', signed_date: '2025-03-11', month_wage_fen: 600000 },
      ['LB_DOUBLE_WAGE_REST input_missing partial_workdays ='],
    ],
    [
      'overtime without pay days',
      'labor.overtime',
      bare,
      { base_month_fen: null, hours_rest: '2' },
      [
        'LB_OT_WEEKDAY figure_missing paydays.month =',
        'LB_OT_REST figure_missing paydays.month =',
        'LB_OT_HOLIDAY figure_missing paydays.month =',
      ],
    ],
    [
      'overtime on an unknown wage',
      'labor.overtime',
      table,
      { base_month_fen: null, hours_rest: '2' },
      [
        'LB_OT_REST input_missing base_month_fen = overtime_base yuan ÷ none 21.75 none ÷ none 8 none × hours 2 hours × percent 200 percent',
      ],
    ],
    [
      'leave without pay days',
      'labor.annual_leave',
      bare,
      { total_service_years: '1', avg_month_fen: null },
      ['LB_LEAVE_EXTRA_200 figure_missing paydays.month ='],
    ],
    [
      'leave on an unknown wage',
      'labor.annual_leave',
      table,
      { total_service_years: '1', avg_month_fen: null },
      [
        'LB_LEAVE_EXTRA_200 input_missing avg_month_fen = average_month_wage yuan ÷ none 21.75 none × days 5 days × percent 200 percent',
      ],
    ],
    [
      'interest without an LPR',
      'loan.interest',
      bare,
      {
        principal_fen: 1000000,
        contract_date: '2024-01-01',
        start_date: '2024-01-01',
        due_date: '2024-06-01',
        end_date: '2025-01-01',
        agreed_rate_bp: 1000,
      },
      [
        'LN_INTEREST:2024-01-01:2024-06-01 figure_missing lpr.1y = principal 10000.00 yuan × rate percent × days 152 days ÷ none 365 none',
        'LN_INTEREST:2024-06-01:2025-01-01 figure_missing lpr.1y = principal 10000.00 yuan × rate percent × days 214 days ÷ none 365 none',
      ],
    ],
    [
      'interest without the old ceiling',
      'loan.interest',
      bare,
      {
        principal_fen: 1000000,
        contract_date: '2019-01-01',
        start_date: '2019-01-01',
        end_date: '2019-06-01',
        accept_date: '2019-07-01',
        agreed_rate_bp: 1000,
      },
      [
        'LN_INTEREST:2019-01-01:2019-06-01 figure_missing lending.cap_before_2020_08_20 = principal 10000.00 yuan × rate percent × days 151 days ÷ none 365 none',
      ],
    ],
    [
      'compound interest without an LPR',
      'loan.interest',
      bare,
      {
        principal_fen: 1000000,
        contract_date: '2024-01-01',
        start_date: '2024-01-01',
        end_date: '2025-01-01',
        original_principal_fen: 1,
        original_date: '2023-01-01',
      },
      ['LN_COMPOUND_CEILING figure_missing lpr.1y ='],
    ],
    [
      'a divorce without the base fee of the province',
      'court.fee',
      bare,
      { type: 'divorce', amount_fen: 30000000 },
      [
        'CF_FEE figure_missing divorce.base_fee = base_fee yuan + part_of_amount 100000.00 yuan × percent 0.5 percent',
      ],
    ],
    [
      'a claim for a name without its base fee',
      'court.fee',
      bare,
      { type: 'personality' },
      ['CF_FEE figure_missing personality.base_fee = base_fee yuan'],
    ],
  ])('%s (%s)', (_, calculator, figures, inputs, lines) => {
    expect(withheld(calculator, inputs, figures)).toEqual(lines);
  });
});
