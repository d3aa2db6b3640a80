import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interviews, questionPath, type Question } from '../../app/domain/interview/index.ts';
import en from '../../locales/en/calculator.json' with { type: 'json' };
import zh from '../../locales/zh-CN/calculator.json' with { type: 'json' };
import { readParameterTable } from '../../tools/calc/parameters.ts';

const root = join(import.meta.dirname, '../..');
const table = readParameterTable(join(root, 'content/parameters'));

type Tree = { readonly [key: string]: Tree | string };
const flatten = (tree: Tree, path = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flatten(value, `${path}${key}.`)],
    ),
  );

const words = { 'zh-CN': flatten(zh), en: flatten(en) };
const under = (language: keyof typeof words, prefix: string): string[] =>
  [...words[language].keys()]
    .filter((key) => key.startsWith(`${prefix}.`))
    .map((key) => key.slice(prefix.length + 1))
    .sort();

const read = (folder: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n');
const compensation = read('app/domain/compensation');
const interview = read('app/domain/interview');

interface Asked {
  path: string;
  /** Under `missing.*`. */
  missing: string;
  question: Question;
}
const asked: readonly Asked[] = Object.values(interviews).flatMap(({ id: form, questions }) =>
  questions.flatMap((question): Asked[] => {
    const missing = form === 'work-injury' ? question.id : `${form}.${question.id}`;
    const own = { path: questionPath(form, question.id), missing, question };
    if (question.kind !== 'entries') return [own];
    return [
      own,
      ...question.questions.map((field) => ({
        path: questionPath(form, field.id, question.id),
        missing: `${missing}_${field.id}`,
        question: field,
      })),
    ];
  }),
);

/** Every text that the pattern's group catches in the sources, once, sorted. */
const named = (source: string, pattern: RegExp): string[] =>
  [...new Set([...source.matchAll(pattern)].flatMap((match) => match.slice(1).filter(Boolean)))].sort();

const TRAFFIC_ITEMS = ['TR_CTP', 'TR_CTP_D', 'TR_CTP_M', 'TR_CTP_P', 'TR_COMM', 'TR_TORT', 'TR_SELF'];
/** Terms of the damages and traffic formulas that are counts, shares, or chosen by the kind of loss. */
const DAMAGES_TERMS = [
  ...['after_reduction', 'capacity_loss', 'care_ratio', 'days_of_year', 'device_count', 'disability'],
  ...['liability', 'sharers', 'all_limits', 'all_losses', 'all_parts', 'commercial_limit', 'own_part'],
  ...['commercial_paid', 'commercial_share', 'ctp_share', 'tort_share'],
  ...['death_injury', 'medical', 'property'].flatMap((kind) => [`loss_${kind}`, `limit_${kind}`]),
];

describe('words of the calculators', () => {
  it('exist in both languages under the same keys, none empty', () => {
    expect([...words.en.keys()].sort()).toEqual([...words['zh-CN'].keys()].sort());
    for (const language of Object.values(words))
      for (const [key, text] of language) expect(text.trim(), key).not.toBe('');
  });

  it('take the same values in both languages', () => {
    const slots = (text: string | undefined): string[] =>
      [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();
    for (const [key, text] of words['zh-CN']) expect(slots(words.en.get(key)), key).toEqual(slots(text));
  });

  it('cover every question, option and contradiction, and no other', () => {
    const expected = asked.flatMap(({ path, question }) => [
      `${path}.title`,
      `${path}.help`,
      ...(question.contradicts === undefined ? [] : [`${path}.contradiction`]),
      ...(question.kind === 'choice' || question.kind === 'several'
        ? question.options.map((option) => `${path}.option.${option}`)
        : []),
    ]);
    expect(under('zh-CN', 'question')).toEqual(expected.map((key) => key.slice('question.'.length)).sort());
  });

  it('cover every answer that may be missing, and no other', () => {
    const expected = asked
      .filter(({ question }) => question.unknownAllowed && question.figure === undefined)
      .map(({ missing }) => missing)
      // Left open, it is counted until today: nothing is missing.
      .filter((key) => key !== 'loan-delay.paid_date');
    const named = under('zh-CN', 'missing').filter((key) => key !== 'loan-delay.paid_date');
    expect(named).toEqual(expected.sort());
  });

  it('ask in at most 25 characters, ending as a question, with the unit spoken out', () => {
    for (const { path, question } of asked) {
      const title = words['zh-CN'].get(`${path}.title`) ?? '';
      expect(title.length, title).toBeLessThanOrEqual(25);
      expect(title).toMatch(/？$/);
      if (question.kind === 'money')
        expect(title + (words['zh-CN'].get(`${path}.help`) ?? ''), path).toMatch(
          /元|钱|工资|医药费|票据|付|发/,
        );
      if (question.kind === 'number') expect(under('zh-CN', 'unit')).toContain(question.unit);
    }
  });

  it('cover every possibility and remark that a plan names, and no other', () => {
    const labels = named(
      interview,
      /(?:^|[ {])((?:ground|notice|renewal|signed|service|fee|as)_\w+): (?:\{|fraud|food)/gm,
    );
    const quoted = named(interview, /label: '(\w+)'/g);
    const shares = [0, 30, 50, 70, 100].map((share) => `share_${share}`);
    const pairs = ['0_0', '0_100', '30_70', '50_50', '70_30', '100_0'].map((pair) => `share_${pair}`);
    const insured = ['insured', 'uninsured'];
    const ends = named(interview, /[ {](leaving|staying|placed|not_placed): \{/g);
    const both = insured.flatMap((who) => ends.map((end) => `${who}_${end}`));
    expect(under('zh-CN', 'variant')).toEqual(
      [...new Set([...labels, ...quoted, ...shares, ...pairs, ...insured, ...ends, ...both])].sort(),
    );
  });

  it('cover every item, flag, note, error, stop and remark that the code names, and no other', () => {
    // PI_DEP is never named without whose it is.
    const codes = named(compensation, /'((?!PI_DEP')(?:W[IDM]|LB|CF|DI|CP|PI|LN)_[A-Z0-9_]+)'/g);
    const built = ['WD_PENSION', 'WD_PENSION_n', 'LN_INTEREST', 'PI_DEP_n', ...TRAFFIC_ITEMS];
    expect(under('zh-CN', 'item')).toEqual([...new Set([...codes, ...built])].sort());
    const flags = named(compensation, /flag\('([A-Z0-9_]+)'\)|'((?:GATE|UNIT)_[A-Z0-9_]+)'/g);
    const chosen = ['SL_CAPPED_12', 'SL_CAPPED_24', 'FLOOR_500', 'FLOOR_1000'];
    const clamped = ['SELF_WAGE_FLOOR_60', 'SELF_WAGE_CAP_300'];
    expect(under('zh-CN', 'flag')).toEqual([...new Set([...flags, ...chosen, ...clamped])].sort());
    const notes = named(compensation, /'(CATALOGUE_ONLY|GROSS_ALLOWANCE|WAGE_CALIBER_PROVISIONAL)'/g);
    for (const note of notes) expect(under('zh-CN', 'note')).toContain(note);
    for (const note of under('zh-CN', 'note')) expect(compensation).toContain(`'${note}'`);
    const errors = named(compensation, /(?:refuse\(|code: )'([a-z_]+)'/g).filter(
      (code) => code !== 'invalid',
    );
    // The core adds why there was no calculation at all.
    expect(under('zh-CN', 'error')).toEqual([...errors, 'figures_unavailable', 'no_session'].sort());
    const said = /(?:applying\(\[|^ +)\['(\w+)', |(?:remarks|times): \['(\w+)'\]/gm;
    expect(named(interview, said)).toEqual([...under('zh-CN', 'remark'), ...under('zh-CN', 'time')].sort());
  });

  it('cover every reason to stop, and no other', () => {
    const reasons = asked.flatMap(({ question }) => {
      const values = question.kind === 'choice' ? question.options : ['2000-01-01'];
      return ['injured', 'died'].flatMap((situation) =>
        values.map((value) => question.stops?.({ situation, [question.id]: value }) ?? null),
      );
    });
    expect(under('zh-CN', 'stop')).toEqual([...new Set(reasons.filter((reason) => reason !== null))].sort());
  });

  it('cover every term of a formula, and no other', () => {
    const terms = named(compensation, /(?<!#)(?:money|unknownMoney)\('(\w+)'/g);
    const shares = ['total_percent', 'with_uplift', 'months_of_year', 'rate', 'daily_rate', ...DAMAGES_TERMS];
    expect(under('zh-CN', 'term')).toEqual([...new Set([...terms, 'capped_base', ...shares])].sort());
  });

  it('cover every figure and unit of the table', () => {
    expect(under('zh-CN', 'figure')).toEqual([...new Set(table.figures.map(({ key }) => key))].sort());
    for (const { unit, grade, value } of table.figures)
      if (grade !== 'U' && typeof value === 'number') expect(under('zh-CN', 'figure_unit')).toContain(unit);
  });

  it('cover every outcome that is no amount', () => {
    const outcomes = named(
      compensation,
      /'((?:DEPENDS_ON|NOTIFIED|CRIMINAL|NO_MEANS|MEANS|NOT_LISTED|NO_SEVERANCE|EQUAL_RENEWAL|PENSION_DRAWN)_[A-Z0-9_]+)'|result: '([A-Z_]+)'/g,
    );
    expect(under('zh-CN', 'info.result')).toEqual(outcomes);
  });

  it('say what a nought means, of results that may come to nothing', () => {
    const may = ['payable_fen', 'due_fen', 'entitlement', 'unused_days', 'full_months', 'rest_days'];
    expect(under('zh-CN', 'info_none')).toEqual([...may, 'loser_part_fen', 'claimant_part_fen'].sort());
    expect(under('zh-CN', 'info')).toEqual(expect.arrayContaining(under('zh-CN', 'info_none')));
  });

  it('cover every problem that an answer can have', () => {
    expect(under('zh-CN', 'problem')).toEqual(
      [
        ...new Set([
          ...named(interview, /refuse\('([a-z_]+)'/g),
          ...named(interview, /\? '([a-z_]+)' : '([a-z_]+)'\)/g),
          'contradiction',
          'too_few',
          'too_many',
          'unfinished_entry',
        ]),
      ].sort(),
    );
  });

  it('promise nothing', () => {
    for (const text of words['zh-CN'].values()) expect(text).not.toMatch(/保证|全额|必赔|包赢|稳赢|一定能/);
  });
});
