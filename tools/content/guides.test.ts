import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openContentDatabase, writeContentDatabase } from '../../app/core/store/content/index.ts';
import { buildPack, checkContent } from './build.ts';
import { formatProblem } from './problem.ts';
import { contentRecords } from './records.ts';
import { unreadable } from './wording.ts';

let root = '';
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const yaml = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
const phrasings = (word: string, count: number) =>
  JSON.stringify(Array.from({ length: count }, (_, index) => `${word}${'的'.repeat(index + 1)}`));

const BASIS = '[{ law: 灯笼法, article: 第一条, version: 2020-05-01, gist: 灯笼要挂稳。 }]';
const common = { basis: BASIS, reviewed_on: '2026-11-22', max_age_days: '365' };
const answer = (changes: Record<string, string> = {}, name = 'hang') =>
  write(
    `answers/lantern/${name}.yaml`,
    yaml({
      ...{ id: `lantern.${name}`, topic: 'lantern', title: '灯笼怎么挂', plain: '灯笼要挂稳。' },
      ...{ steps: '[{ do: 看绳子。 }, { do: 挂上去。 }]', actions: '[{ guide: office.permit }]' },
      ...{
        discreet: 'false',
        phrasings: phrasings(name, 20).replaceAll(name, name === 'hang' ? '挂灯笼' : '收灯笼'),
      },
      ...common,
      ...changes,
    }),
  );
const guide = (changes: Record<string, string> = {}) =>
  write(
    'guides/office/permit.yaml',
    yaml({
      ...{ id: 'office.permit', family: 'office', topic: 'lantern', title: '办挂灯笼的证' },
      ...{
        summary: '有了证就可以挂。',
        conditions: '[住在本村。]',
        materials: '[{ what: 身份证, note: 原件 }]',
      },
      ...{
        steps: '[{ do: 去窗口填表。 }, { do: 等通知。 }]',
        time_limit: '三天',
        fee: '免费',
        result: '一张证',
      },
      ...{ if_refused: '可以再问一次。', where: '村公所', actions: '[{ answer: lantern.hang }]' },
      phrasings: phrasings('灯笼证', 10),
      ...common,
      ...changes,
    }),
  );
const found = (today: string | null = null) =>
  checkContent(root, null, today)
    .problems.map(formatProblem)
    .filter((line) => !line.startsWith('parameters/') && !line.startsWith('cases:'));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'content-guides-'));
  write('topics.yaml', '- { code: lantern, title: 灯笼, class: 侵权 }\n');
  write('families.yaml', '- { code: office, title: 村公所 }\n');
  write('places.yaml', '- { id: hall, name: 村公所, kind: office, region: "530000", free: true }\n');
  write('out-of-scope.yaml', '- { kind: weather, utterances: [明天下雨吗] }\n');
  write('synonyms.yaml', '- { legal: 灯笼, say: [灯] }\n');
  write('urgent.yaml', '- { kind: violence, words: [打死我], numbers: [{ number: "110", name: 报警 }] }\n');
  write('parameters/wage.yaml', 'schema: 1\nas_of: 2026-11-22\nfigures: []\nwork_injury_rules: []\n');
  answer();
  guide();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('guides', () => {
  it('pass with all their fields, and lead to answers and back', () => {
    expect(found('2026-11-22')).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['family', 'town', 'guides/office/permit.yaml:2: error: family town is not in families.yaml'],
    ['topic', 'space', 'guides/office/permit.yaml:3: error: topic space is not in topics.yaml'],
    [
      'id',
      'town.permit',
      'guides/office/permit.yaml:1: error: id town.permit does not begin with its family office',
    ],
    [
      'summary',
      '长'.repeat(81),
      'guides/office/permit.yaml:5: error: summary: must have at most 80 characters',
    ],
    ['conditions', '[]', 'guides/office/permit.yaml:6: error: conditions: '],
    ['discreet', 'perhaps', 'guides/office/permit.yaml:19: error: discreet: '],
    ['actions', '[]', 'error: actions: needs at least one action: a next step must always be offered'],
    ['actions', '[{ sing: song }]', 'must be one of calculate, intake, answer, guide, call'],
    ['actions', '[{ guide: office.gone }]', 'error: guide office.gone does not exist'],
    ['actions', '[{ guide: office.permit }]', 'error: a guide must not lead to itself'],
    ['where_place', 'tower', 'error: place tower is not in places.yaml'],
    ['phrasings', '[灯笼证]', 'error: phrasings: needs at least 10 phrasings'],
    ['result', '应予发证', '“应予” in “应予发证” is not spoken Chinese; say 要、给'],
  ])('with %s: %s are refused', (field, value, message) => {
    guide({ [field]: value });
    expect(found().join('\n')).toContain(message);
  });

  it('are refused without a field, with its name', () => {
    guide();
    write('guides/office/permit.yaml', 'id: office.permit\nfamily: office\n');
    expect(found().join('\n')).toMatch(/^guides\/office\/permit\.yaml:\d+: error: if_refused: /mu);
  });

  it('may not share a phrasing with an answer', () => {
    guide({ phrasings: phrasings('挂灯笼', 10) });
    expect(found().join('\n')).toContain(
      'guides/office/permit.yaml:15: error: “挂灯笼的” is also a phrasing of lantern.hang',
    );
  });

  it.each([
    [{}, false],
    [{ discreet: 'false' }, false],
    [{ discreet: 'true' }, true],
  ])('with %j are discreet on the kiosk: %s', (changes, discreet) => {
    guide(changes);
    const file = join(root, 'content.db');
    writeContentDatabase(file, contentRecords(checkContent(root, null).sources));
    const database = openContentDatabase(file);
    expect(database.guide('office.permit')?.discreet).toBe(discreet);
    database.close();
  });

  it('keep a pack from being built while one of them is wrong', () => {
    guide({ family: 'town' });
    const out = join(root, 'pack');
    expect(() => buildPack(checkContent(root, null), out, () => undefined)).toThrow(/errors/u);
    expect(existsSync(out)).toBe(false);
  });
});

describe('answers', () => {
  it.each<[string, string, string]>([
    [
      'depends_on',
      '[{ fact: 灯笼是别人的。, answer: lantern.gone }]',
      'error: answer lantern.gone does not exist',
    ],
    ['depends_on', '[7]', 'must be a sentence, or { fact, answer }'],
    ['needs', '[sing]', 'error: needs'],
    ['risk', '[fire]', 'error: risk'],
    ['region', '[云南]', 'must be an administrative code of six digits'],
    [
      'steps',
      '[{ do: 看绳子。, where_place: tower }, { do: 挂上去。 }]',
      'place tower is not in places.yaml',
    ],
    ['actions', '[{ guide: office.gone }]', 'error: guide office.gone does not exist'],
  ])('with %s: %s are refused', (field, value, message) => {
    answer({ [field]: value });
    expect(found().join('\n')).toContain(message);
  });

  it('take what is optional', () => {
    answer({}, 'store');
    answer({
      audience: '[农民工]',
      needs: '[guide]',
      risk: '[deadline]',
      region: '["530000"]',
      valid_from: '2026-01-01',
      valid_to: '2026-12-31',
      depends_on: '[灯笼是自己的。, { fact: 灯笼是别人的。, answer: lantern.store }]',
      steps: '[{ do: 看绳子。, where_place: hall }, { do: 挂上去。 }]',
    });
    expect(found('2026-11-22')).toEqual([]);
  });

  it('expire: by the age of their review, and by the rule itself', () => {
    answer({ valid_from: '2026-01-01', valid_to: '2026-12-31' });
    expect(
      found('2027-11-22')
        .filter((line) => line.startsWith('answers/'))
        .join(),
    ).toContain('valid_to 2026-12-31 has passed: expired');
    expect(found('2027-11-23').join()).toContain(
      'guides/office/permit.yaml:17: error: reviewed on 2026-11-22 for 365 days: expired, review it',
    );
    expect(found(null)).toEqual([]);
    answer({ valid_from: '2026-12-31', valid_to: '2026-01-01' });
    expect(found().join()).toContain('lies before valid_from');
  });
});

describe('what people ask most', () => {
  it('is a list of answers that there are, each once', () => {
    answer();
    write('popular.yaml', '[lantern.hang]');
    expect(found()).toEqual([]);
    write('popular.yaml', '- lantern.hang\n- lantern.buy\n- lantern.hang\n');
    expect(found()).toEqual([
      'popular.yaml:2: error: answer lantern.buy does not exist',
      'popular.yaml:3: error: answer lantern.hang is already listed',
    ]);
  });
});

describe('publicity', () => {
  it('says its law in spoken words, in months of the year', () => {
    const card = (fields: string) =>
      write(
        'publicity.yaml',
        `- { id: one, title: 挂灯笼, ${fields}, basis: ${BASIS}, reviewed_on: 2026-11-22, max_age_days: 365 }\n`,
      );
    card('sentences: [灯笼要挂稳。], months: [1, 2]');
    expect(found()).toEqual([]);
    card('sentences: [灯笼应予挂稳。]');
    expect(found().join('\n')).toContain('publicity.yaml:1: error: “应予”');
    card('sentences: [灯笼要挂稳。], months: [13]');
    expect(found().join('\n')).toContain('publicity.yaml:1: error: 0.months.0');
    card('sentences: [灯笼要挂稳。]');
    expect(found('2028-01-01').join('\n')).toContain(
      'publicity.yaml:1: error: reviewed on 2026-11-22 for 365 days: expired, review it',
    );
  });
});

describe('wording', () => {
  it.each([
    '其要求退还',
    '逾期不还的',
    '当事人之请求',
    '此系欺诈',
    '须到场',
    '均可申请',
    '尚未付清',
    '处以罚款',
    '届时再来',
    '亦可',
    `${'长'.repeat(61)}。`,
  ])('refuses %s', (text) => {
    expect(unreadable(text)).toHaveLength(1);
  });

  it.each([
    '其他人、其中一个、尤其是孩子',
    '逾期利息照约定算',
    '三个月之内，之前和之后',
    '三分之二',
    '劳动关系和联系方式',
    '系统里查',
    '必须到场',
    '平均工资',
    '《关于适用若干问题的解释之一及其他》说得清楚',
    '无须带证',
    '系好安全带',
    `${'短'.repeat(60)}。${'短'.repeat(60)}。`,
  ])('takes %s', (text) => {
    expect(unreadable(text)).toEqual([]);
  });
});
