import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionOf } from '../formula.ts';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { calculate, type Calculation } from '../index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

const params = { local_avg_month_fen: 1_000_000, min_wage_fen: 227_000 };
function compute(id: string, inputs: object, overrides?: object): Calculation {
  const result = calculate(id, inputs, table, {
    today: '2026-11-22',
    ...(overrides === undefined ? {} : { overrides }),
  });
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field ?? ''}`);
  return result.value;
}
const lines = ({ items }: Calculation) =>
  items.map(({ code, formula }) => `${code} ${expressionOf(formula)}`);

describe('severance', () => {
  const base = { start_date: '2020-03-15', avg12_fen: 800_000, ground: 'mutual_employer_proposed' };
  const severance = (inputs: object, overrides: object | null = params) =>
    compute('labor.severance', { ...base, last_day: '2026-09-14', ...inputs }, overrides ?? undefined);

  it.each([
    ['2020-03-15', '2020-03-15', '1/2'],
    ['2020-03-15', '2020-09-13', '1/2'],
    ['2020-03-15', '2020-09-14', '1'],
    ['2020-03-15', '2021-03-14', '1'],
    ['2020-03-15', '2021-03-15', '3/2'],
    ['2020-03-15', '2021-09-14', '2'],
    // Six months from the end of August end with February, in a leap year a day later.
    ['2022-08-31', '2023-02-26', '1/2'],
    ['2022-08-31', '2023-02-27', '1'],
    ['2023-08-31', '2024-02-27', '1/2'],
    ['2023-08-31', '2024-02-28', '1'],
    ['2020-02-29', '2021-02-26', '1'],
    ['2020-02-29', '2021-02-27', '1'],
    ['2020-02-29', '2021-02-28', '3/2'],
  ])('counts %s to %s as %s months', (start_date, last_day, months) => {
    expect(severance({ start_date, last_day }).info['months']).toBe(months);
  });

  it('caps above three times the local average only, and then at twelve months', () => {
    const long = { start_date: '2010-01-01', last_day: '2026-06-30' };
    expect(severance({ ...long, avg12_fen: 3_000_000 }).flags).toEqual([]);
    expect(lines(severance({ ...long, avg12_fen: 3_000_000 }))).toEqual(['LB_SEVERANCE 30000*17']);
    const above = severance({ ...long, avg12_fen: 3_000_001 });
    expect(lines(above)).toEqual(['LB_SEVERANCE 30000*12']);
    expect(above.flags).toEqual(['CAP_12_YEARS', 'CAP_3X']);
    const twelve = severance({ start_date: '2014-07-01', last_day: '2026-06-30', avg12_fen: 3_000_001 });
    expect(twelve.flags).toEqual(['CAP_3X']);
    expect(lines(severance({ ...long, avg12_fen: 3_000_001, ground: 'unlawful' }))).toEqual([
      'LB_2N 30000*12*2',
    ]);
  });

  it('takes the average of the city, of the year before the end', () => {
    const inputs = { avg12_fen: 5_000_000, city: 'CN-5301', min_wage_class: 'I' };
    const sheet = severance({ ...inputs, last_day: '2026-03-14' }, null);
    expect(lines(sheet)).toEqual(['LB_SEVERANCE 32543.49*6']);
    expect(sheet.figures).toMatchObject([
      { key: 'wage.city.month', statYear: 2025, grade: 'C', stale: false },
    ]);
    expect(lines(severance({ ...inputs, last_day: '2025-03-14' }, null))).toEqual([
      'LB_SEVERANCE 31595.76*5',
    ]);
  });

  it('applies no cap where the average is not verified, and says so', () => {
    const sheet = severance({ avg12_fen: 5_000_000, city: 'CN-5329' }, null);
    expect(lines(sheet)).toEqual(['LB_SEVERANCE 50000*7']);
    expect(sheet.items[0]?.notes).toContain('LOCAL_AVERAGE_UNKNOWN');
    expect(lines(severance({ avg12_fen: 5_000_000, local_avg_month_fen: 1_000_000 }, null))).toEqual([
      'LB_SEVERANCE 30000*7',
    ]);
  });

  it('raises the base to the minimum wage of the last day, and asks for the place where it matters', () => {
    expect(lines(severance({ avg12_fen: 226_999 }))).toEqual(['LB_SEVERANCE 2270*7']);
    expect(severance({ avg12_fen: 227_000 }).flags).toEqual([]);
    expect(severance({ avg12_fen: 226_999 }).flags).toEqual(['BASE_RAISED_TO_MIN_WAGE']);
    const placed = severance({ avg12_fen: 180_000, min_wage_class: 'III', last_day: '2026-08-31' }, null);
    expect(lines(placed)).toEqual(['LB_SEVERANCE 1870*6.5']);
    expect(lines(severance({ avg12_fen: 180_000, min_wage_class: 'III' }, null))).toEqual([
      'LB_SEVERANCE 1970*7',
    ]);
    expect(severance({ avg12_fen: 200_000 }, null).withheld).toMatchObject([
      { code: 'LB_SEVERANCE', reason: 'input_missing', figureKey: 'min_wage_class' },
    ]);
    expect(lines(severance({ avg12_fen: 200_000, min_wage_fen: 210_000 }, null))).toEqual([
      'LB_SEVERANCE 2100*7',
    ]);
    const old = severance({ last_day: '2021-03-14', avg12_fen: 150_000 }, null);
    expect(old.items[0]?.notes).toContain('MIN_WAGE_NOT_CHECKED');
    expect(lines(old)).toEqual(['LB_SEVERANCE 1500*1']);
  });

  it('adds a month in place of notice on the three grounds of article 40, uncapped', () => {
    const without = { notice_30_days: false, last_month_wage_fen: 9_000_000 };
    for (const ground of ['art40_illness', 'art40_incompetent', 'art40_changed'])
      expect(lines(severance({ ...without, ground }))).toEqual([
        'LB_SEVERANCE 8000*7',
        'LB_NOTICE_PAY 90000',
      ]);
    expect(lines(severance({ ...without, ground: 'art41_layoff' }))).toEqual(['LB_SEVERANCE 8000*7']);
    expect(lines(severance({ ground: 'art40_illness' }))).toEqual(['LB_SEVERANCE 8000*7']);
    expect(severance({ ground: 'art40_illness', notice_30_days: false }).withheld).toMatchObject([
      { code: 'LB_NOTICE_PAY', figureKey: 'last_month_wage_fen' },
    ]);
  });

  it('keeps the time before 2008 apart, by the older rules', () => {
    const early = { start_date: '1990-06-15', last_day: '2010-12-31' };
    const lawful = severance(early);
    expect(lines(lawful)).toEqual(['LB_SEVERANCE 8000*3', 'LB_SEVERANCE_PRE2008 8000*12']);
    expect(lawful.flags).toEqual(['PRE2008_MANUAL_CHECK']);
    expect(lines(severance({ ...early, ground: 'art41_layoff' }))[1]).toBe('LB_SEVERANCE_PRE2008 8000*18');
    expect(lines(severance({ ...early, ground: 'art40_incompetent' }))[1]).toBe(
      'LB_SEVERANCE_PRE2008 8000*12',
    );
    const expiry = severance({ ...early, ground: 'term_expiry' });
    expect(lines(expiry)).toEqual(['LB_SEVERANCE 8000*3']);
    expect(expiry.flags).toEqual(['PRE2008_MANUAL_CHECK']);
    const unlawful = severance({ ...early, ground: 'unlawful' });
    expect(lines(unlawful)).toEqual(['LB_2N 8000*21*2']);
    expect(unlawful.flags).toEqual([]);
    expect(lines(severance({ ...early, start_date: '2007-01-01', ground: 'art41_layoff' }))[1]).toBe(
      'LB_SEVERANCE_PRE2008 8000*1',
    );
    expect(severance({ ...early, start_date: '2008-01-01' }).flags).toEqual([]);
    expect(lines(severance({ ...early, ground: 'art41_layoff', avg12_fen: 4_000_000 }))).toEqual([
      'LB_SEVERANCE 30000*3',
      'LB_SEVERANCE_PRE2008 40000*18',
    ]);
  });

  it('is not owed to who leaves, refuses an equal renewal or draws a pension, and says why', () => {
    for (const [inputs, result] of [
      [{ ground: 'none' }, 'NO_SEVERANCE_GROUND'],
      [{ ground: 'term_expiry', renewal_refused: true }, 'EQUAL_RENEWAL_REFUSED_ART46'],
      [{ pension_drawn: true }, 'PENSION_DRAWN_ART44'],
    ] as const) {
      const sheet = severance(inputs);
      expect(sheet.items).toEqual([]);
      expect(sheet.info).toEqual({ result });
    }
    expect(severance({ ground: 'art41_layoff', renewal_refused: true }).items).toHaveLength(1);
  });

  it('shows the addition after an order as a range beside the sum, never in it', () => {
    const sheet = severance({ avg12_fen: 800_001, last_day: '2020-03-20', unpaid_after_order: true });
    expect(sheet.info).toMatchObject({
      months: '1/2',
      additional_low_fen: 200_001,
      additional_high_fen: 400_001,
    });
    expect(sheet.totals.onceFen).toBe(400_001);
  });

  it('warns where somebody is protected, and gives the day until which to claim', () => {
    const notes = (ground: string) => severance({ ground, protected_art42: true }).items[0]?.notes ?? [];
    for (const ground of ['art40_illness', 'art41_layoff', 'term_expiry'])
      expect(notes(ground)).toContain('PROTECTED_ART42');
    for (const ground of ['mutual_employer_proposed', 'unlawful', 'art38_forced'])
      expect(notes(ground)).not.toContain('PROTECTED_ART42');
    expect(severance({ start_date: '2020-01-01', last_day: '2024-02-29' }).info['claim_by']).toBe(
      '2025-02-28',
    );
  });

  it('never pays less for a longer service or a higher wage, and the double for an unlawful end', () => {
    const days = fc.integer({ min: 0, max: 6000 });
    const at = (count: number) => new Date(Date.UTC(2010, 0, 1 + count)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(
        days,
        days,
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (a, b, wage, more) => {
          const total = (length: number, avg12_fen: number, ground = 'art41_layoff') =>
            severance({ start_date: '2010-01-01', last_day: at(length), avg12_fen, ground }).totals.onceFen;
          expect(total(Math.max(a, b), wage)).toBeGreaterThanOrEqual(total(Math.min(a, b), wage));
          // Above three times the average the twelve-month limit sets in, so compare within one side of it.
          if (wage + more <= 3_000_000 || wage > 3_000_000)
            expect(total(a, wage + more)).toBeGreaterThanOrEqual(total(a, wage));
          expect(Math.abs(total(a, wage, 'unlawful') - 2 * total(a, wage))).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('the ground', () => {
  const CONTRACT_LAW = '劳动合同法';
  it.each([
    [
      'art38_forced',
      [
        [CONTRACT_LAW, '第三十八条'],
        [CONTRACT_LAW, '第四十六条'],
      ],
    ],
    [
      'mutual_employer_proposed',
      [
        [CONTRACT_LAW, '第三十六条'],
        [CONTRACT_LAW, '第四十六条'],
      ],
    ],
    [
      'art40_illness',
      [
        [CONTRACT_LAW, '第四十条'],
        [CONTRACT_LAW, '第四十六条'],
      ],
    ],
    [
      'art40_incompetent',
      [
        [CONTRACT_LAW, '第四十条'],
        [CONTRACT_LAW, '第四十六条'],
      ],
    ],
    [
      'art40_changed',
      [
        [CONTRACT_LAW, '第四十条'],
        [CONTRACT_LAW, '第四十六条'],
      ],
    ],
    [
      'art41_layoff',
      [
        [CONTRACT_LAW, '第四十一条'],
        [CONTRACT_LAW, '第四十六条'],
      ],
    ],
    [
      'term_expiry',
      [
        [CONTRACT_LAW, '第四十四条'],
        [CONTRACT_LAW, '第四十六条'],
      ],
    ],
    [
      'employer_closed',
      [
        [CONTRACT_LAW, '第四十四条'],
        [CONTRACT_LAW, '第四十六条'],
      ],
    ],
    ['task_done', [['劳动合同法实施条例', '第二十二条']]],
    [
      'unlawful',
      [
        [CONTRACT_LAW, '第四十八条'],
        [CONTRACT_LAW, '第八十七条'],
        ['劳动合同法实施条例', '第二十五条'],
      ],
    ],
  ])('%s names its articles, and 第四十七条 for the sum', (ground, articles) => {
    const result = calculate(
      'labor.severance',
      { start_date: '2020-01-01', last_day: '2025-12-31', avg12_fen: 600_000, ground },
      table,
      { today: '2026-11-22' },
    );
    const [item] = result.ok ? result.value.items : [];
    expect(item?.basis.map(({ law, article }) => [law, article])).toEqual([
      ...articles,
      [CONTRACT_LAW, '第四十七条'],
    ]);
  });
});
