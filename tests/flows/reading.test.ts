import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { STATUTES_FILE, writeManifest } from '../../app/core/content/index.ts';
import { createLog } from '../../app/core/diagnose/index.ts';
import { openKnowledge } from '../../app/core/knowledge.ts';
import { buildPack, checkContent } from '../../tools/content/build.ts';
import { guideSource } from '../../tools/content/source.ts';
import type { AnswerSource, GuideSource } from '../../tools/content/source.ts';
import { CONTENT_FOLDER } from '../../tools/content/starter.ts';
import { readStatutes } from '../../tools/content/statutes.ts';
import { INVENTED_LAWS, inventedJsonl } from '../content/invented-laws.ts';
import { temporaryFolder } from '../content/small-pack.ts';
import { begin, open } from './rig/stage.ts';
import { aidGuide, type Kiosk } from './rig/kiosk.ts';

const { folder, remove } = temporaryFolder();
const pack = join(folder, 'pack');
const bare = join(folder, 'bare');
const REGION = '530100';

const guide = (id: string, change: Partial<GuideSource> = {}): GuideSource =>
  guideSource.parse({
    id,
    family: 'legal-aid',
    topic: 'lending',
    title: '办挂灯笼的证',
    summary: '有了这张证，就可以在门口挂灯笼。',
    conditions: ['住在本村。'],
    materials: [{ what: '身份证', note: '原件' }, { what: '灯笼的照片' }],
    steps: [{ do: '到村公所填表。', where: '村公所', where_place: 'hall' }, { do: '等三天。' }],
    time_limit: '三天',
    fee: '免费',
    result: '一张挂灯笼的证',
    if_refused: '可以请乡里再看一次。',
    where: '村公所',
    where_place: 'hall',
    basis: [{ law: '灯笼法', article: '第二条', version: '2020-05-01', gist: '砸坏东西要赔。' }],
    actions: [{ answer: 'lending.no-iou' }],
    reviewed_on: '2026-11-22',
    max_age_days: 365,
    phrasings: [...'甲乙丙丁戊己庚辛壬癸'].map((name) => `${name}家挂灯笼要办什么证`),
    ...change,
  });

/** Two topics of the real content, guides that exist nowhere, and laws of no country. */
function build(directory: string): void {
  const content = checkContent(CONTENT_FOLDER, null);
  const document = <Value>(value: Value) => ({ file: 'invented.yaml', value, lineOf: () => 1 });
  const changed: Record<string, Partial<AnswerSource>> = {
    'lending.no-iou': {
      risk: ['evidence'],
      audience: ['借钱的人'],
      depends_on: ['有转账记录也可以。', { fact: '灯笼是借的。', answer: 'lending.write-iou' }],
      actions: [{ guide: 'legal-aid.lantern' }, { guide: 'legal-aid.elsewhere' }, { answer: 'lending.old' }],
    },
    'lending.write-iou': {},
  };
  const answers = content.sources.answers.filter(
    ({ value }) => value.topic === 'station' || value.id in changed,
  );
  const sample = answers.find(({ value }) => value.id === 'lending.no-iou')!.value;
  const old = {
    ...sample,
    id: 'lending.old',
    title: '以前的借条怎么办',
    phrasings: ['旧社会的借条还算不算数'],
    valid_to: '2026-11-21',
  };
  const sources = {
    ...content.sources,
    answers: [...answers.map((one) => document({ ...one.value, ...changed[one.value.id] })), document(old)],
    guides: [
      document(guide('legal-aid.lantern')),
      document(guide('legal-aid.elsewhere', { title: '办挂红灯笼的证', region: ['110000'] })),
      document(
        guide('legal-aid.ferry', {
          title: '渡船载人登记',
          region: ['530000'],
          phrasings: [...'子丑寅卯辰巳午未申酉'].map((name) => `${name}时渡船要不要登记`),
        }),
      ),
    ],
    places: document([
      {
        id: 'hall',
        name: '灯笼村村公所',
        kind: 'office' as const,
        region: '530000',
        phone: '12345',
        free: true,
      },
    ]),
    publicity: document([
      {
        id: 'lantern',
        title: '挂灯笼的月份',
        sentences: ['灯笼要挂稳。'],
        months: [11],
        basis: [{ law: '灯笼法', article: '第一条', version: '2020-05-01', gist: '挂稳。' }],
        reviewed_on: '2026-11-22',
        max_age_days: 365,
      },
    ]),
  };
  writeFileSync(join(folder, 'laws.jsonl'), inventedJsonl);
  const rows = readStatutes(join(folder, 'laws.jsonl'));
  buildPack({ ...content, problems: [], sources }, directory, () => undefined, rows);
}

/** The same pack as one that was built without a statute library. */
function withoutStatutes(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  rmSync(join(to, STATUTES_FILE));
  const file = join(to, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof writeManifest>[0];
  const files = manifest.files.filter(({ name }) => name !== STATUTES_FILE);
  writeFileSync(file, writeManifest({ ...manifest, files }));
}

beforeAll(() => {
  build(pack);
  withoutStatutes(pack, bare);
}, 240_000);
afterAll(remove);

async function kioskWith(directory: string): Promise<{ kiosk: Kiosk; sessionId: string }> {
  const knowledge = await openKnowledge({
    home: join(folder, 'home'),
    builtinPackDir: directory,
    today: () => '2026-11-22',
    region: REGION,
    log: createLog(join(folder, 'core.log')),
  });
  const kiosk = await open({ knowledge });
  return { kiosk, sessionId: await begin(kiosk) };
}

/** What stands in the journal of one type. */
function recorded({ home }: Kiosk, type: string): unknown[] {
  const journal = new Database(join(home, 'journal.db'), { readonly: true });
  try {
    const rows = journal
      .prepare<[string], string>('SELECT payload FROM event WHERE type = ?')
      .pluck()
      .all(type);
    return rows.map((payload) => JSON.parse(payload) as unknown);
  } finally {
    journal.close();
  }
}

test('from a question to a guide, to the words of the law, and to "not solved"', async () => {
  const { kiosk, sessionId } = await kioskWith(pack);
  const { client } = kiosk;
  const consultation = await client.consult.ask({ sessionId, question: '没有借条能要钱吗？' });
  if (consultation.decision !== 'answer') throw new Error(consultation.decision);
  const { answer } = consultation;
  expect(answer).toMatchObject({ id: 'lending.no-iou', risks: ['evidence'], audience: ['借钱的人'] });
  expect(answer.dependsOn[1]?.answer).toMatchObject({ id: 'lending.write-iou' });
  // What does not hold here or any more is not led to.
  expect(answer.actions).toEqual([{ kind: 'guide', guideId: 'legal-aid.lantern', title: '办挂灯笼的证' }]);

  const page = await client.guides.get({ sessionId, guideId: 'legal-aid.lantern' });
  expect(page).toMatchObject({
    family: 'legal-aid',
    materials: [
      { what: '身份证', note: '原件' },
      { what: '灯笼的照片', note: null },
    ],
    place: { name: '灯笼村村公所', phone: '12345', address: null, free: true },
    stale: false,
  });
  expect(page?.steps[0]?.place?.name).toBe('灯笼村村公所');
  expect(page?.actions).toEqual([{ kind: 'answer', answerId: 'lending.no-iou', title: answer.title }]);

  const [citation] = page!.citations;
  const article = await client.statutes.article({ law: citation!.law, article: citation!.article });
  if (article.state !== 'found') throw new Error(article.state);
  expect(article.article).toMatchObject({
    title: '中华人民共和国灯笼法',
    text: '灯笼掉下来砸坏别人东西的，挂灯笼的人应当赔偿。',
    version: '2020-05-01',
    status: 'ok',
    before: { law: '灯笼法', article: '第一条' },
    after: { law: '灯笼法', article: '第二条之一' },
  });

  expect(await client.consult.unsolved({ sessionId, kind: 'guide', id: 'legal-aid.lantern' })).toEqual({
    recorded: true,
  });
  expect(await client.consult.unsolved({ sessionId, kind: 'answer', id: 'lending.nowhere' })).toEqual({
    recorded: false,
  });
  expect(recorded(kiosk, 'guide.opened')).toEqual([{ session: sessionId, guide: 'legal-aid.lantern' }]);
  expect(recorded(kiosk, 'consult.unsolved')).toEqual([
    { session: sessionId, kind: 'guide', topic: 'lending', entry: 'legal-aid.lantern' },
  ]);
});

test('guides are found by family and by words, only those that hold here', async () => {
  const { kiosk, sessionId } = await kioskWith(pack);
  const { families } = await kiosk.client.guides.list();
  expect(families.map(({ title, guides }) => [title, guides.map(({ id }) => id)])).toEqual([
    ['法律援助', ['legal-aid.ferry', 'legal-aid.lantern']],
  ]);
  const search = async (query: string) =>
    (await kiosk.client.guides.search({ query })).guides.map(({ id }) => id);
  expect((await search('渡船登记'))[0]).toBe('legal-aid.ferry');
  expect((await search('挂灯笼要办证'))[0]).toBe('legal-aid.lantern');
  expect(await search('挂红灯笼')).not.toContain('legal-aid.elsewhere');
  expect(await search('😀')).toEqual([]);
  expect(await kiosk.client.guides.get({ sessionId, guideId: 'legal-aid.elsewhere' })).toBeNull();
  expect(await kiosk.client.consult.open({ sessionId, answerId: 'lending.old' })).toBeNull();
  const { shelves, publicity } = await kiosk.client.consult.shelves();
  expect(shelves.flatMap(({ answers }) => answers).map(({ id }) => id)).not.toContain('lending.old');
  expect(publicity).toEqual([
    { title: '挂灯笼的月份', sentences: ['灯笼要挂稳。'], law: '灯笼法', article: '第一条' },
  ]);
  const asked = await kiosk.client.consult.ask({ sessionId, question: '旧社会的借条还算不算数' });
  expect(asked).not.toMatchObject({ answer: { id: 'lending.old' } });
  const lantern = await kiosk.client.consult.ask({ sessionId, question: '甲家挂灯笼要办什么证' });
  expect('guides' in lantern && lantern.guides[0]?.id).toBe('legal-aid.lantern');
});

test('the law is searched by name, number and words, and never finds what is repealed', async () => {
  const { kiosk } = await kioskWith(pack);
  const search = async (query: string) => {
    const found = await kiosk.client.statutes.search({ query });
    if (found.state !== 'found') throw new Error(found.state);
    return found.hits;
  };
  const names = async (query: string) => (await search(query)).map(({ law, article }) => law + article);
  const whole = INVENTED_LAWS.filter((row) => row.law_norm === '灯笼法' && row.status !== 'repealed');
  expect(await names('灯笼法')).toEqual(whole.map(({ law_norm, article }) => law_norm + article));
  expect(await names('《中华人民共和国灯笼法》')).toHaveLength(whole.length);
  expect((await names('灯笼法2条之一'))[0]).toBe('灯笼法第二条之一');
  expect((await names('渡船规则第二條'))[0]).toBe('渡船规则第二条');
  expect((await names('渡船'))[0]).toBe('渡船规则第一条');
  expect((await names('灯笼砸坏东西'))[0]).toBe('灯笼法第二条');
  expect(await names('灯笼法第三条村长赔偿')).not.toContain('灯笼法第三条');
  expect((await search('灯笼的颜色'))[0]).toMatchObject({
    article: '第四条',
    check: true,
    begins: '灯笼的颜色由县里规定。',
  });
  expect(await names('')).toEqual([]);
  const repealed = await kiosk.client.statutes.article({ law: '灯笼法', article: '第三条' });
  expect(repealed).toMatchObject({ state: 'found', article: { status: 'repealed' } });
  const last = await kiosk.client.statutes.article({ law: '灯笼法', article: '第四条' });
  expect(last).toMatchObject({ article: { status: 'check', chapter: '第二章 颜色', after: null } });
  for (const name of [
    { law: '灯笼法', article: '第九条' },
    { law: '月亮法', article: '第一条' },
    { law: '灯笼法', article: 'x' },
  ])
    expect(await kiosk.client.statutes.article(name)).toEqual({ state: 'unknown' });
});

test('a pack without statutes says so', async () => {
  const { kiosk } = await kioskWith(bare);
  expect(await kiosk.client.statutes.search({ query: '民法典1079条' })).toEqual({ state: 'absent' });
  expect(await kiosk.client.statutes.article({ law: '民法典', article: '第一条' })).toEqual({
    state: 'absent',
  });
});

test('a guide goes home on paper, at most 30 cm long', async () => {
  const kiosk = await open();
  const sessionId = await begin(kiosk);
  const preview = await kiosk.client.receipt.preview({
    sessionId,
    slip: { kind: 'guide', guideId: aidGuide.id },
    language: 'zh-CN',
  });
  if (!preview.ok) throw new Error(preview.failure);
  const words = preview.value.lines.map((line) => (line.kind === 'text' ? line.text : '')).join('');
  for (const expected of [
    '申请民事法律援助',
    '身份证',
    '到窗口填申请表',
    '七天内决定',
    '12348',
    '《法律援助法》',
  ])
    expect(words).toContain(expected);
  expect(preview.value.lengthMm).toBeLessThanOrEqual(300);
  const unknown = await kiosk.client.receipt.preview({
    sessionId,
    slip: { kind: 'guide', guideId: 'legal-aid.nothing' },
    language: 'zh-CN',
  });
  expect(unknown).toEqual({ ok: false, failure: 'unknown_slip' });
});
