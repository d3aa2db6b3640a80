import { describe, expect, it } from 'vitest';
import { compare, whole } from '../money/index.ts';
import { evaluate, expressionOf, formula, money, months, percent } from './formula.ts';
import {
  formatFormula,
  formatInfo,
  formatItem,
  formatStep,
  formatWithheld,
  itemKey,
  itemName,
  type Translate,
} from './wording.ts';

const words: Readonly<Record<string, string>> = {
  'unit.yuan': '{{value}} 元',
  'unit.yuan_monthly': '{{value}} 元/月',
  'unit.months': '{{value}} 个月',
  'unit.percent': '{{value}}%',
  'term.self_wage': '本人工资',
  'item.WI_DIS_LUMP': '一次性伤残补助金',
  'item.WD_PENSION_n': '抚恤金（第{{position}}人）',
  'payer.FUND': '由工伤保险基金支付',
  basis: '《{{law}}》{{article}}',
  separator: '、',
  line: '{{name}}{{working}} = {{amount}}（{{payer}}，{{basis}}）',
  'withheld.figure': '（待更新）',
  'withheld.figure_unverified': '{{name}}{{working}}：标准待更新',
};
const translate: Translate = (key, values = {}) =>
  (words[key] ?? `?${key}`).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '?'));

const item = {
  code: 'WI_DIS_LUMP',
  amountFen: 4200000,
  payer: 'FUND',
  freq: 'once',
  formula: formula(money('self_wage', 600000), ['×', months(7)]),
  basis: [
    { law: '工伤保险条例', article: '第三十七条' },
    { law: '工伤保险条例', article: '第六十四条' },
  ],
  figureKeys: [],
  notes: [],
} as const;

describe('result lines', () => {
  it('have the shape of the printed sheet', () => {
    expect(formatItem(item, translate)).toBe(
      '一次性伤残补助金 = 本人工资 6000.00 元 × 7 个月 = 42000.00 元（由工伤保险基金支付，《工伤保险条例》第三十七条、第六十四条）',
    );
  });

  it('say each month where it is monthly, and number the survivors', () => {
    expect(itemKey('WD_PENSION_2')).toEqual({ key: 'item.WD_PENSION_n', position: 2 });
    const line = formatItem(
      {
        ...item,
        code: 'WD_PENSION_2',
        freq: 'monthly',
        formula: formula(money('self_wage', 600000), ['×', percent(3000)]),
        amountFen: 180000,
      },
      translate,
    );
    expect(line).toContain('抚恤金（第2人） = 本人工资 6000.00 元 × 30% = 1800.00 元/月');
  });

  it('name who is paid and which car pays, by side and number', () => {
    const party: Translate = (key, values) => `${key}(${Object.values(values ?? {}).join()})`;
    expect(itemName('TR_CTP:ours_person_1:theirs_car_2:D', party)).toBe(
      'item.TR_CTP_D(party.ours_person(1) ← party.theirs_car(2))',
    );
    expect(itemName('TR_SELF:A', party)).toBe('item.TR_SELF(A)');
    expect(itemName('WD_PENSION_2', party)).toBe('item.WD_PENSION_n(2)');
  });

  it('name whoever is maintained by his mark, and count survivors, persons and cars beyond nine', () => {
    expect(itemKey('PI_DEP_ours_person_1')).toEqual({ key: 'item.PI_DEP_n', position: 'ours_person_1' });
    expect(itemKey('WD_PENSION_12')).toEqual({ key: 'item.WD_PENSION_n', position: 12 });
    const party: Translate = (key, values) => `${key}(${Object.values(values ?? {}).join()})`;
    expect(itemName('TR_TORT:ours_person_12:theirs_car_10', party)).toBe(
      'item.TR_TORT(party.ours_person(12) ← party.theirs_car(10))',
    );
  });

  it('show each amount that an item adds up with its own working', () => {
    const step = { code: 'WI_DIS_LUMP', amountFen: 4_200_000, formula: item.formula };
    expect(formatStep(step, translate)).toBe('一次性伤残补助金 = 本人工资 6000.00 元 × 7 个月 = 42000.00 元');
  });

  it('name the time of an interest', () => {
    expect(itemKey('LN_INTEREST:2022-03-01:2023-03-01')).toEqual({
      key: 'item.LN_INTEREST',
      position: '2022-03-01 – 2023-03-01',
    });
  });

  it('say what is no amount: money in yuan, counts as they are, halves as decimals, outcomes as sentences', () => {
    const say: Translate = (key, values) => `${key} ${String(values?.['value'] ?? '')}`;
    const shown = { say, money: (fen: number) => `${fen} fen`, day: (iso: string) => `day ${iso}` };
    expect(formatInfo('due_fen', 127500, shown)).toBe('info.due_fen 127500 fen');
    expect(formatInfo('full_months', 4, shown)).toBe('info.full_months 4');
    expect(formatInfo('months', '13/2', shown)).toBe('info.months 6.5');
    expect(formatInfo('months', '7', shown)).toBe('info.months 7');
    expect(formatInfo('from', '2025-04-10', shown)).toBe('info.from day 2025-04-10');
    expect(formatInfo('result', 'NO_SEVERANCE_GROUND', shown)).toBe('info.result.NO_SEVERANCE_GROUND ');
  });

  it('say half months of any length', () => {
    const say: Translate = (_, values) => String(values?.['value']);
    const shown = { say, money: String, day: String };
    for (const [halves, months] of [
      ['1/2', '0.5'],
      ['7/2', '3.5'],
      ['13/2', '6.5'],
      ['201/2', '100.5'],
    ] as const)
      expect(formatInfo('months', halves, shown)).toBe(months);
  });

  it('do not repeat an amount that is its own formula', () => {
    expect(formatItem({ ...item, formula: formula(money('self_wage', 4200000)) }, translate)).toMatch(
      /^一次性伤残补助金 = 42000.00 元（/,
    );
  });

  it('leave an unverified figure open', () => {
    const parts = formula({ term: 'self_wage', value: '', unit: 'yuan' }, ['×', months(7)]);
    expect(formatFormula(parts, translate)).toBe('本人工资 （待更新） × 7 个月');
    expect(
      formatWithheld(
        { code: 'WI_DIS_LUMP', reason: 'figure_unverified', figureKey: 'x', formula: parts },
        translate,
      ),
    ).toBe('一次性伤残补助金 = 本人工资 （待更新） × 7 个月：标准待更新');
    expect(
      formatWithheld({ code: 'WI_DIS_LUMP', reason: 'figure_unverified', figureKey: 'x' }, translate),
    ).toBe('一次性伤残补助金：标准待更新');
  });
});

describe('formulas', () => {
  it('are the arithmetic they print', () => {
    const parts = formula(
      money('a', 700000),
      ['×', percent(4000)],
      ['÷', percent(13000)],
      ['-', money('b', 50)],
      ['+', money('c', 25)],
      ['×', months('1.5')],
    );
    expect(expressionOf(parts)).toBe('7000*0.4/1.3-0.50+0.25*1.5');
    expect(
      compare(evaluate(formula(money('a', 100), ['+', money('b', 200)], ['×', months(3)])), whole(7)),
    ).toBe(0);
  });

  it.each([
    [4000, '40', '0.4'],
    [750, '7.5', '0.075'],
    [10000, '100', '1'],
    [13333, '133.33', '1.3333'],
    [5, '0.05', '0.0005'],
  ])('write %i basis points as %s %% and %s', (basisPoints, value, factor) => {
    const part = percent(basisPoints);
    expect(part.value).toBe(value);
    expect(expressionOf([part])).toBe(factor);
  });
});
