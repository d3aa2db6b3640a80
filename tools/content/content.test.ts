import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildPack, checkContent } from './build.ts';
import { readStatuteLibrary } from './library.ts';
import { readStatutes } from './statutes.ts';
import { formatProblem } from './problem.ts';

let root = '';
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

const answer = (id: string, changes: Record<string, string> = {}) => {
  const fields: Record<string, string> = {
    id,
    topic: 'labour',
    title: '工资怎么要',
    plain: '工资可以要回来。',
    steps: '[{ do: 收好证据。 }, { do: 去投诉。 }]',
    basis: '[{ law: 劳动法, article: 第五十条, version: 2018-12-29, gist: 按月发工资。 }]',
    actions: '[{ intake: legal-aid }]',
    discreet: 'false',
    reviewed_on: '2026-11-22',
    max_age_days: '365',
    phrasings: JSON.stringify(
      Array.from(
        { length: 20 },
        (_, index) =>
          `${id === 'labour.wages' ? '工资' : '奖金'}问法${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[index] ?? ''}`,
      ),
    ),
    ...changes,
  };
  return Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
};

const statute = (changes: Record<string, string> = {}) =>
  JSON.stringify({
    law: '中华人民共和国劳动法',
    law_norm: '劳动法',
    article: '第五十条',
    text: '甲乙丙丁。',
    version_date: '2018-12-29',
    status: 'ok',
    ...changes,
  });

const problems = (laws: string | null = null) => checkContent(root, laws).problems.map(formatProblem);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'content-source-'));
  write('topics.yaml', '- { code: labour, title: 劳动, class: 劳动纠纷 }\n');
  write('out-of-scope.yaml', '- { kind: weather, utterances: [明天下雨吗] }\n');
  write('synonyms.yaml', '- { legal: 劳动报酬, say: [工钱] }\n');
  write('urgent.yaml', '- { kind: violence, words: [打死我], numbers: [{ number: "110", name: 报警 }] }\n');
  write('parameters/wage.yaml', 'schema: 1\nas_of: 2026-11-22\nfigures: []\nwork_injury_rules: []\n');
  write('answers/labour/wages.yaml', answer('labour.wages'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const ofAnswers = (laws: string | null = null) =>
  problems(laws).filter((line) => line.startsWith('answers/'));

describe('utterances', () => {
  const provenance = 'provenance: { writer: w, written_on: 2026-11-22, method: m }\n';
  const said = (topic: string, utterances: string) =>
    write('utterances/wages.yaml', `topic: ${topic}\n${provenance}utterances: ${utterances}\n`);
  const ofUtterances = () => problems(null).filter((line) => line.startsWith('utterances/'));

  it('pass with a topic, or with none', () => {
    said('labour', '{ guide: [怎么申请仲裁], calculate: [能赔多少] }');
    expect(ofUtterances()).toEqual([]);
    said('null', '{ guide: [要带什么材料] }');
    expect(ofUtterances()).toEqual([]);
  });

  it('are refused with an unknown topic or need, and when something is said twice or kept back', () => {
    said('space', '{ guide: [怎么申请仲裁] }');
    expect(ofUtterances()).toEqual(['utterances/wages.yaml:1: error: topic space is not in topics.yaml']);
    said('labour', '{ sing: [唱个歌] }');
    expect(ofUtterances().join()).toContain('error: utterances');
    said('labour', '{ guide: [怎么申请仲裁], calculate: [怎么申请仲裁] }');
    expect(ofUtterances().join()).toContain('already stands in utterances/wages.yaml (guide)');
    write('evaluation/needs.yaml', `${provenance}needs: { guide: [怎么申请仲裁] }\n`);
    said('labour', '{ guide: [怎么申请仲裁] }');
    expect(ofUtterances().join()).toContain('already stands in evaluation/needs.yaml (guide)');
  });
});

describe('questions by class and by article', () => {
  const provenance = 'provenance: { writer: w, written_on: 2026-11-30, method: m }\n';
  const laws = () => {
    const lines = [statute(), statute({ article: '第九条', status: 'repealed' })];
    write('laws.jsonl', lines.join('\n'));
    return join(root, 'laws.jsonl');
  };
  const ofQuestions = (library: string | null = null) =>
    problems(library).filter((line) => line.startsWith('class-') || line.startsWith('article-'));
  const byClass = (questions: string) =>
    write('class-questions/forum.yaml', `${provenance}questions: ${questions}\n`);
  const byArticle = (articles: string) =>
    write('article-questions/劳动法.yaml', `law: 劳动法\n${provenance}articles: ${articles}\n`);

  it('pass under names that exist', () => {
    byClass('{ 劳动纠纷: [老板跑了] }');
    byArticle('{ 第五十条: [几号发工资] }');
    expect(ofQuestions(laws())).toEqual([]);
  });

  it('are refused under unknown classes and articles, twice, or when they are kept back', () => {
    byClass('{ 劳动纠纷、天文: [老板跑了, 老板，跑了？] }');
    byArticle('{ 第五十条: [几号发工资], 第九条: [旧的还算吗], 第七条: [新的呢] }');
    expect(ofQuestions(laws())).toEqual([
      'class-questions/forum.yaml:2: error: “老板，跑了？” already stands in class-questions/forum.yaml (劳动纠纷、天文)',
      'class-questions/forum.yaml:2: error: class 天文 is not in topics.yaml',
      'article-questions/劳动法.yaml:3: error: 《劳动法》第九条 is repealed',
      'article-questions/劳动法.yaml:3: error: 《劳动法》 has no 第七条',
    ]);
    write('evaluation/needs.yaml', `${provenance}needs: { guide: [几号发工资] }\n`);
    expect(problems().join()).toContain('is kept back, but stands in article-questions/劳动法.yaml');
  });
});

describe('what is kept back for measuring', () => {
  const provenance = 'provenance: { writer: w, written_on: 2026-11-22, method: m }\n';
  const ofEvaluation = () => problems(null).filter((line) => line.startsWith('evaluation/'));

  it('passes while nothing is learned from it', () => {
    write('evaluation/answers.yaml', `${provenance}answers: { labour.wages: [老板跑了钱没给] }\n`);
    write('evaluation/out-of-scope.yaml', `${provenance}kinds: { weather: [后天热不热] }\n`);
    expect(ofEvaluation()).toEqual([]);
  });

  it('may stand in no phrasing, utterance or foreign matter, whatever its punctuation, and measures what exists', () => {
    write(
      'evaluation/answers.yaml',
      `${provenance}answers: { labour.wages: [工资问法，甲？], labour.gone: [钱呢] }\n`,
    );
    write('evaluation/out-of-scope.yaml', `${provenance}kinds: { weather: [明天下雨吗] }\n`);
    expect(ofEvaluation().sort()).toEqual([
      'evaluation/answers.yaml:2: error: there is no answer labour.gone',
      'evaluation/answers.yaml:2: error: “工资问法，甲？” is kept back, but stands in labour.wages',
      'evaluation/out-of-scope.yaml:2: error: “明天下雨吗” is kept back, but stands in out-of-scope.yaml (weather)',
    ]);
  });
});

describe('lint', () => {
  it('passes a good answer', () => {
    expect(ofAnswers()).toEqual([]);
  });

  it.each([
    [
      'plain',
      '长'.repeat(121),
      'answers/labour/wages.yaml:4: error: plain: must have at most 120 characters',
    ],
    ['topic', 'space', 'answers/labour/wages.yaml:2: error: topic space is not in topics.yaml'],
    [
      'actions',
      '[{ answer: labour.gone }]',
      'answers/labour/wages.yaml:7: error: answer labour.gone does not exist',
    ],
    [
      'actions',
      '[{ answer: labour.wages }]',
      'answers/labour/wages.yaml:7: error: an answer must not lead to itself',
    ],
    ['phrasings', '[工资]', 'answers/labour/wages.yaml:11: error: phrasings: needs at least 20 phrasings'],
    [
      'reviewed_on',
      '2026-13-01',
      'answers/labour/wages.yaml:9: error: reviewed_on: must be a date such as 2026-11-22',
    ],
    ['colour', 'red', 'answers/labour/wages.yaml:1: error: : Unrecognized key: "colour"'],
  ])('%s: %s', (field, value, message) => {
    write('answers/labour/wages.yaml', answer('labour.wages', { [field]: value }));
    expect(ofAnswers()).toContain(message);
  });

  it('finds broken YAML with its line', () => {
    write('answers/labour/wages.yaml', 'id: labour.wages\ntopic: [labour\n');
    expect(ofAnswers()[0]).toMatch(/^answers\/labour\/wages\.yaml:\d+: error: /u);
  });

  it('finds ids and phrasings used twice, whatever the punctuation', () => {
    write(
      'answers/labour/bonus.yaml',
      answer('labour.wages', {
        phrasings: JSON.stringify([
          '请问工资问法甲？',
          ...Array.from({ length: 19 }, (_, index) => `奖${'一'.repeat(index + 1)}`),
        ]),
      }),
    );
    const found = ofAnswers().join('\n');
    expect(found).toContain('id labour.wages is already used by answers/labour/bonus.yaml');
    write(
      'answers/labour/bonus.yaml',
      answer('labour.bonus', {
        phrasings: JSON.stringify([
          '请问工资问法甲？',
          ...Array.from({ length: 19 }, (_, index) => `奖${'天'.repeat(index + 1)}`),
        ]),
      }),
    );
    expect(ofAnswers().join('\n')).toMatch(/is also a phrasing of labour\.bonus/u);
  });

  it('finds a phrasing that is out of scope too', () => {
    write('out-of-scope.yaml', '- { kind: chat, utterances: [工资问法甲] }\n');
    expect(ofAnswers().join()).toContain('is also a phrasing of out-of-scope.yaml (chat)');
  });

  it.each([
    [{ article: '第五十一条' }, '《劳动法》 has no 第五十条 in the statute library'],
    [{ law_norm: '劳动合同法' }, '《劳动法》 is not in the statute library'],
    [{ status: 'repealed' }, '《劳动法》第五十条 is repealed'],
    [{ status: 'check' }, 'warning: 《劳动法》第五十条 has probably been revised'],
    [{ version_date: '2024-01-01' }, "version 2018-12-29 is older than the library's 2024-01-01"],
    [
      { version_date: '2009-08-27' },
      "warning: 《劳动法》第五十条: version 2018-12-29 is later than the library's 2009-08-27",
    ],
  ])('looks citations up: %o', (changes, message) => {
    write('laws.jsonl', `${statute(changes)}\n`);
    expect(ofAnswers(join(root, 'laws.jsonl')).join()).toContain(message);
  });

  it('names files that would be left out for their ending', () => {
    write('answers/labour/bonus.yml', answer('labour.bonus'));
    write('urgent.YAML', '[]');
    expect(problems()).toEqual(
      expect.arrayContaining([
        'answers/labour/bonus.yml:1: error: is not read: the name must end in .yaml',
        'urgent.YAML:1: error: is not read: the name must end in .yaml',
      ]),
    );
  });

  it.each([
    ['打我(', 'must be a regular expression'],
    ['打我?|', 'must be a regular expression'],
    ['打我！', 'must be written as questions are read'],
    ['三天没回', 'must be written as questions are read'],
  ])('refuses %s as a word of danger', (word, message) => {
    write(
      'urgent.yaml',
      `- kind: violence\n  words: ['${word}']\n  numbers: [{ number: '110', name: 报警 }]\n`,
    );
    expect(problems().join()).toContain(`urgent.yaml:2: error: 0.words.0: ${message}`);
  });

  it('says the file of a figure that cannot be computed with', () => {
    write('parameters/wage.yaml', 'schema: 1\nas_of: 2026-11-22\nfigures:\n  - { key: wage, region: CN }\n');
    expect(problems().find((line) => line.startsWith('parameters/'))).toMatch(
      /^parameters\/wage\.yaml:4: error: figures\[0\] wage/u,
    );
  });
});

describe('build', () => {
  it('never writes half a pack', () => {
    write('answers/labour/wages.yaml', answer('labour.wages', { actions: '[{ answer: labour.gone }]' }));
    expect(() => buildPack(checkContent(root, null), join(root, 'pack'), () => undefined)).toThrow(/errors/u);
  });
});

describe('statute library', () => {
  it('reads plain and packed files alike', () => {
    write('laws.jsonl', `${statute()}\n${statute({ version_date: '2009-08-27' })}\n`);
    execFileSync('python3', [
      '-c',
      'import lzma,sys;open(sys.argv[1]+".xz","wb").write(lzma.compress(open(sys.argv[1],"rb").read()))',
      join(root, 'laws.jsonl'),
    ]);
    for (const file of ['laws.jsonl', 'laws.jsonl.xz']) {
      expect(readStatuteLibrary(join(root, file)).article('劳动法', '第五十条')).toEqual({
        versionDate: '2018-12-29',
        status: 'ok',
      });
    }
  });

  it('says the line of a row that is no article, and what cannot be unpacked', () => {
    write('laws.jsonl', `${statute()}\n{"law":1}\n`);
    expect(() => readStatuteLibrary(join(root, 'laws.jsonl'))).toThrow(/laws\.jsonl:2/u);
    write('laws.jsonl.xz', 'nonsense');
    expect(() => readStatuteLibrary(join(root, 'laws.jsonl.xz'))).toThrow(/cannot be unpacked/u);
    expect(() => readStatuteLibrary(join(root, 'absent.jsonl'))).toThrow(/does not exist/u);
  });
});

describe('a folder of laws', () => {
  const law = (file: string, text: string) => write(`laws/${file}`, text);
  const read = () => readStatutes(join(root, 'laws'));

  it('gives articles with chapter, version and the sentences that follow', () => {
    law(
      'lantern.md',
      [
        '# 中华人民共和国灯笼法（2020年修正）',
        '',
        '1999年1月2日通过　2020年5月1日修正',
        '<!-- INFO END -->',
        '## 第一编 总则',
        '### 第一章　挂法',
        '第一条　挂灯笼应当挂稳。',
        '前款的灯笼，包括纸的。',
        '第一条之一 不得挂两个。',
        '### 第二章 颜色',
        '第二条 红的。',
      ].join('\n'),
    );
    law('ferry.txt', '渡船规则\r\n（2001-10-3施行）\r\n第1条 不得超载。\r\n');
    expect(
      read().map(({ law: name, article, chapter, version }) => [name, article, chapter, version]),
    ).toEqual([
      ['渡船规则', '第1条', '', '2001-10-03'],
      ['灯笼法', '第一条', '第一编 总则 第一章 挂法', '2020-05-01'],
      ['灯笼法', '第一条之一', '第一编 总则 第一章 挂法', '2020-05-01'],
      ['灯笼法', '第二条', '第一编 总则 第二章 颜色', '2020-05-01'],
    ]);
    expect(read()[1]?.text).toBe('挂灯笼应当挂稳。\n前款的灯笼，包括纸的。');
  });

  it.each([
    ['没有条文', /lantern\.md:1: there is no article/u],
    ['灯笼法\n第一条 甲。', /lantern\.md:1: there is no date/u],
    ['灯笼法\n2020年5月1日\n第二条 甲。\n第一条 乙。', /lantern\.md:4: 第一条 comes after 第二条/u],
  ])('refuses %j', (text, message) => {
    law('lantern.md', text);
    expect(read).toThrow(message);
  });

  it('refuses a folder without laws', () => {
    law('picture.png', '');
    expect(read).toThrow(/holds no article/u);
  });
});

describe('command line', { timeout: 180_000 }, () => {
  const run = (...parameters: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '..', 'content.ts'), ...parameters], {
      encoding: 'utf8',
    });

  it('explains itself, and tells wrong usage from wrong content', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Exit codes') });
    expect(run().status).toBe(2);
    expect(run('bake').status).toBe(2);
    expect(run('lint', '--unknown').status).toBe(2);
    expect(run('verify', join(root, 'nowhere')).status).toBe(1);
    expect(run('preview', 'labour.gone', '--content', root).status).toBe(1);
    expect(run('preview', 'labour.wages', '--content', root)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('工资可以要回来。'),
    });
    expect(run('lint', '--as-of', 'tomorrow').status).toBe(2);
    write('answers/labour/wages.yaml', answer('labour.wages', { actions: '[{ answer: labour.gone }]' }));
    const linted = run('lint', '--content', root);
    expect(linted.status).toBe(1);
    expect(linted.stderr).toContain('answers/labour/wages.yaml:7: error: answer labour.gone does not exist');
  });
});
