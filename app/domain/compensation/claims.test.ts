import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionOf } from './formula.ts';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { CLAIMS } from './claims.ts';
import { calculate } from './index.ts';
import { parseParameterTable } from './parameters.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const attempt = (id: string, inputs: unknown, overrides?: unknown) =>
  calculate(id, inputs, table, { today: '2026-11-22', ...(overrides === undefined ? {} : { overrides }) });
const IDS = Object.keys(CLAIMS);

const result = (id: string, inputs: unknown) => {
  const calculation = attempt(id, inputs);
  return calculation.ok ? calculation.value : null;
};

describe('legal aid', () => {
  const civil = { domain: 'civil' };
  it.each([
    [{ domain: 'criminal_defendant' }, 'CRIMINAL_APPLY_ART24'],
    [{ domain: 'criminal_defendant', art25: true }, 'NOTIFIED_DEFENCE_ART25'],
    [{ domain: 'criminal_victim', exempt: 'abuse_victim' }, 'CRIMINAL_VICTIM_ART29'],
    [{ ...civil, exempt: 'good_samaritan' }, 'NO_MEANS_TEST_ART32'],
    [{ ...civil, matter: 'other', status: 'welfare_recipient' }, 'NOT_LISTED_CONSULT_ONLY'],
    [{ ...civil, matter: 'support_or_alimony', status: 'welfare_recipient' }, 'MEANS_CHECK_WAIVED_ART42'],
    [{ ...civil, matter: 'support_or_alimony' }, 'MEANS_DECLARATION_ART41'],
    [{ domain: 'state_compensation' }, 'MEANS_DECLARATION_ART41'],
    [
      { ...civil, matter: 'work_injury', status: 'migrant_worker_pay_or_work_injury' },
      'MEANS_CHECK_WAIVED_ART42',
    ],
    [
      { ...civil, matter: 'traffic_injury', status: 'migrant_worker_pay_or_work_injury' },
      'MEANS_DECLARATION_ART41',
    ],
  ])('%j: %s', (inputs, outcome) => {
    expect(result('legalaid.precheck', inputs)).toMatchObject({ items: [], info: { result: outcome } });
  });
});

describe('punitive compensation', () => {
  it.each([
    [{ type: 'fraud', price_fen: 16_666 }, 50_000, ['FLOOR_500']],
    [{ type: 'fraud', price_fen: 16_667 }, 50_001, []],
    [{ type: 'fraud', price_fen: 0 }, 50_000, ['FLOOR_500']],
    [{ type: 'food', price_fen: 9_999 }, 100_000, ['FLOOR_1000']],
    [{ type: 'food', price_fen: 10_000 }, 100_000, []],
    [{ type: 'food', price_fen: 10_000, loss_fen: 33_333 }, 100_000, []],
    [{ type: 'food', price_fen: 10_000, loss_fen: 33_334 }, 100_002, []],
    [{ type: 'fraud', price_fen: 100_000, loss_fen: 9_000_000 }, 300_000, []],
  ])('%j: %i fen', (inputs, amountFen, flags) => {
    expect(result('consumer.punitive', inputs)).toMatchObject({
      items: [{ code: 'CP_PUNITIVE', amountFen, payer: 'SELLER' }],
      flags,
    });
  });
});

describe('inputs refused', () => {
  const severance = { start_date: '2020-03-15', last_day: '2026-09-14', avg12_fen: 800_000, ground: 'none' };
  const unsigned = { start_date: '2025-03-10', month_wage_fen: 600_000 };
  it.each([
    ['labor.severance', {}, 'required', 'start_date'],
    ['labor.severance', { ...severance, last_day: '2020-03-14' }, 'contradiction', 'last_day'],
    ['labor.severance', { ...severance, last_day: '2007-12-31' }, 'too_early', 'last_day'],
    ['labor.severance', { ...severance, last_day: '2027-11-23' }, 'in_the_future', 'last_day'],
    ['labor.severance', { ...severance, start_date: '2026-11-23' }, 'in_the_future', 'start_date'],
    ['labor.severance', { ...severance, avg12_fen: 900_000_000_000 }, 'too_large', 'avg12_fen'],
    ['labor.severance', { ...severance, avg12_fen: 0 }, 'too_small', 'avg12_fen'],
    ['labor.severance', { ...severance, ground: 'fired' }, 'not_an_option', 'ground'],
    ['labor.severance', { ...severance, city: '昆明' }, 'not_an_option', 'city'],
    ['labor.severance', { ...severance, wage: 1 }, 'unknown_field', 'wage'],
    ['labor.double_wage', { ...unsigned, last_day: '2025-03-09' }, 'contradiction', 'last_day'],
    [
      'labor.double_wage',
      { ...unsigned, signed_date: '2025-08-20', partial_workdays: 11 },
      'contradiction',
      'partial_workdays',
    ],
    [
      'labor.double_wage',
      { ...unsigned, open_ended_due_date: '2025-03-09' },
      'contradiction',
      'open_ended_due_date',
    ],
    ['labor.overtime', { base_month_fen: 1, hours_rest: 8 }, 'not_a_decimal', 'hours_rest'],
    ['labor.overtime', { base_month_fen: 1, hours_rest: '-8' }, 'too_small', 'hours_rest'],
    ['labor.overtime', { hours_rest: '8' }, 'required', 'base_month_fen'],
    [
      'labor.annual_leave',
      { mode: 'leaving', total_service_years: '3', avg_month_fen: 1 },
      'required',
      'days_elapsed',
    ],
    [
      'labor.annual_leave',
      { mode: 'new_hire', total_service_years: '3', avg_month_fen: 1 },
      'required',
      'days_remaining',
    ],
    ['legalaid.precheck', { domain: 'tax' }, 'not_an_option', 'domain'],
    ['consumer.punitive', { type: 'food' }, 'required', 'price_fen'],
    ['consumer.punitive', { type: 'food', price_fen: -1 }, 'too_small', 'price_fen'],
  ])('%s %j → %s', (id, inputs, code, field) => {
    expect(attempt(id, inputs)).toMatchObject({ ok: false, failure: { code, field } });
  });

  it.each([
    [{ lpr: [{ from: '2026-02-30', bp: 300 }] }, 'params.lpr'],
    [{ lpr: [{ from: '2026-02-20', bp: 3.5 }] }, 'params.lpr'],
    [{ local_avg_month_fen: 0 }, 'params.local_avg_month_fen'],
  ])('refuses figures given by hand: %j', (overrides, field) => {
    expect(attempt('labor.severance', severance, overrides)).toMatchObject({
      ok: false,
      failure: { code: 'invalid_parameter', field },
    });
  });
});

describe('fee rules of the table', () => {
  const [rules] = table.court_fee_rules;
  const withLabor = (change: object) => [
    { ...rules, schedules: { ...rules?.schedules, labor: { ...rules?.schedules.labor, ...change } } },
  ];
  it.each([
    ['no list', {}],
    ['no date', [{ ...rules, version: 'today' }]],
    ['no source', [{ ...rules, source: 1 }]],
    ['a kind lacking', [{ ...rules, schedules: {} }]],
    ['more than it knows', [{ ...rules, extra: 1 }]],
    ['one version twice', [rules, rules]],
    ['an unknown field', withLabor({ extra: 1 })],
    ['no article', withLabor({ article: '' })],
    ['a fee of nothing', withLabor({ base_from_yuan: 0 })],
    ['a range upside down', withLabor({ base_from_yuan: 11 })],
    [
      'tiers that do not rise',
      withLabor({
        tiers: [
          { above_yuan: 2, rate_bp: 1 },
          { above_yuan: 2, rate_bp: 1 },
        ],
      }),
    ],
    ['a rate above the whole', withLabor({ tiers: [{ above_yuan: 2, rate_bp: 10_001 }] })],
    ['a tier of more', withLabor({ tiers: [{ above_yuan: 2, rate_bp: 1, to: 3 }] })],
    ['no tiers', withLabor({ tiers: null })],
    ['a divisor of one', withLabor({ divisor: 1 })],
    ['a cap of nothing', withLabor({ most_yuan: 0 })],
    ['a half unsaid', withLabor({ halves: 'no' })],
  ])('refuse %s', (_, court_fee_rules) => {
    const parsed = parseParameterTable({ ...table, court_fee_rules });
    expect(parsed.ok ? '' : parsed.failure.key).toMatch(/^court_fee_rules/);
  });
});

describe('properties', () => {
  it('never throw, whatever arrives', () => {
    const near = fc.oneof(
      fc.jsonValue(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(
        '2026-01-01',
        '2008-02-29',
        '1991-01-01',
        '1.5',
        '40',
        'property',
        'divorce',
        'unlawful',
        'leaving',
        'civil',
        'food',
      ),
    );
    const fields = fc.constantFrom(
      ...[
        'start_date',
        'last_day',
        'avg12_fen',
        'ground',
        'month_wage_fen',
        'signed_date',
        'partial_workdays',
      ],
      ...['base_month_fen', 'hours_weekday', 'mode', 'total_service_years', 'days_elapsed', 'avg_month_fen'],
      ...[
        'type',
        'amount_fen',
        'base_fen',
        'halved',
        'won_fen',
        'domain',
        'matter',
        'principal_fen',
        'due_date',
      ],
      ...[
        'contract_date',
        'end_date',
        'agreed_rate_bp',
        'debt_fen',
        'days',
        'price_fen',
        '__proto__',
        'toString',
      ],
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...IDS),
        fc.oneof(fc.dictionary(fields, near), fc.anything()),
        fc.option(fc.anything(), { nil: undefined }),
        (id, inputs, overrides) => {
          expect(typeof attempt(id, inputs, overrides).ok).toBe('boolean');
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('add up in whole fen, each amount its own formula', () => {
    const wage = fc.integer({ min: 1, max: 100_000_000 });
    const day = fc
      .date({ min: new Date('2008-01-01'), max: new Date('2026-11-22'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const hours = fc.integer({ min: 0, max: 9999 }).map((tenths) => (tenths / 10).toFixed(1));
    const valid = fc.oneof(
      fc.tuple(
        fc.constant('labor.severance'),
        fc.record({
          start_date: day,
          last_day: fc.constant('2026-11-22'),
          avg12_fen: wage,
          min_wage_class: fc.constantFrom('I', 'II', 'III'),
          city: fc.constantFrom('CN-5301', 'CN-5303'),
          last_month_wage_fen: wage,
          notice_30_days: fc.boolean(),
          ground: fc.constantFrom('art40_illness', 'unlawful', 'term_expiry', 'none'),
        }),
      ),
      fc.tuple(fc.constant('labor.double_wage'), fc.record({ start_date: day, month_wage_fen: wage })),
      fc.tuple(
        fc.constant('labor.overtime'),
        fc.record({ base_month_fen: wage, hours_weekday: hours, hours_rest: hours, hours_holiday: hours }),
      ),
      fc.tuple(
        fc.constant('court.fee'),
        fc.record({ type: fc.constantFrom('property', 'payment_order', 'preservation'), amount_fen: wage }),
      ),
      fc.tuple(
        fc.constant('loan.interest'),
        fc.record({
          principal_fen: wage,
          contract_date: day,
          start_date: day,
          end_date: fc.constant('2026-11-22'),
          agreed_rate_bp: fc.integer({ min: 0, max: 10_000 }),
        }),
      ),
    );
    fc.assert(
      fc.property(valid, ([id, inputs]) => {
        const calculation = attempt(id, inputs);
        if (!calculation.ok)
          throw new Error(`${calculation.failure.code} ${calculation.failure.field ?? ''}`);
        const { items, totals, figures } = calculation.value;
        expect(totals).toEqual({
          onceFen: items.reduce((sum, { amountFen }) => sum + amountFen, 0),
          monthlyFen: 0,
        });
        for (const { amountFen, formula, basis, figureKeys } of items) {
          expect(Number.isSafeInteger(amountFen) && amountFen > 0).toBe(true);
          expect(expressionOf(formula)).toMatch(/^[\d.]+([-+*/][\d.]+)*$/);
          expect(basis.length).toBeGreaterThan(0);
          for (const key of figureKeys) expect(figures.map((figure) => figure.key)).toContain(key);
        }
      }),
      { numRuns: 500 },
    );
  });
});
