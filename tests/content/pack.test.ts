import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  differenceFrom,
  openBestPack,
  openPack,
  workedCase,
  writeManifest,
} from '../../app/core/content/index.ts';
import { createConsultant } from '../../app/core/consult/index.ts';
import { MAX_QUESTION_LENGTH } from '../../app/contract/consult.ts';
import { parseParameterTable } from '../../app/domain/compensation/parameters.ts';
import { readStatutes } from '../../tools/content/statutes.ts';
import { inventedJsonl } from './invented-laws.ts';
import { buildSmallPack, temporaryFolder } from './small-pack.ts';

const { folder, remove } = temporaryFolder();
const pristine = join(folder, 'pristine');
const installedDir = join(folder, 'installed');
const builtinDir = join(folder, 'builtin');
const current = join(installedDir, 'current');
const previous = join(installedDir, 'previous');

const FILES = [
  'cases.json',
  'content.db',
  'intent.json',
  'intent.onnx',
  'language.bin',
  'manifest.json',
  'parameters.json',
];

function flipBit(file: string, place: number): void {
  const content = readFileSync(file);
  const at = Math.floor(content.length * place);
  content[at] = content[at]! ^ 1;
  writeFileSync(file, content);
}

beforeAll(() => buildSmallPack(pristine), 120_000);
afterAll(remove);

describe('building a pack', () => {
  it('gives the same bytes for the same content, replaces what was there, and leaves nothing lying about', () => {
    const again = join(folder, 'again');
    mkdirSync(again);
    writeFileSync(join(again, 'left-over'), '');
    buildSmallPack(again);
    expect(readdirSync(again).sort()).toEqual(FILES);
    for (const file of FILES)
      expect(readFileSync(join(again, file)).equals(readFileSync(join(pristine, file))), file).toBe(true);
    expect(
      readdirSync(folder).filter((name) => name.includes('.building-') || name.includes('.old-')),
    ).toEqual([]);
  }, 120_000);

  it('carries parameters the calculators can read', () => {
    const opened = openPack(pristine);
    if (!opened.ok) throw new Error(opened.failure.code);
    expect(parseParameterTable(opened.value.parameters).ok).toBe(true);
    opened.value.close();
  });
});

describe('choosing a pack', () => {
  beforeEach(() => {
    for (const place of [installedDir, builtinDir]) rmSync(place, { recursive: true, force: true });
    mkdirSync(installedDir);
    for (const place of [current, previous, builtinDir]) cpSync(pristine, place, { recursive: true });
  });

  const source = () => {
    const { pack, status, rejected } = openBestPack({ installedDir, builtinDir });
    pack?.close();
    return { source: status.source, betterRefused: status.betterRefused, rejected };
  };

  it('takes the installed one, through a link too', () => {
    expect(source()).toEqual({ source: 'installed', betterRefused: false, rejected: [] });
    renameSync(current, join(installedDir, 'release'));
    symlinkSync('release', current);
    expect(source()).toEqual({ source: 'installed', betterRefused: false, rejected: [] });
  });

  it('says whether the texts of statutes are there', () => {
    const statutes = () => {
      const { pack, status } = openBestPack({ installedDir, builtinDir });
      pack?.close();
      return status.statutes;
    };
    expect(statutes()).toBe(false);
    rmSync(current, { recursive: true });
    const laws = join(folder, 'laws.jsonl');
    writeFileSync(laws, inventedJsonl);
    buildSmallPack(current, readStatutes(laws));
    expect(statutes()).toBe(true);
    for (const place of [current, previous, builtinDir]) flipBit(join(place, 'content.db'), 0.5);
    expect(statutes()).toBe(false);
  }, 120_000);

  it('takes the built-in one when nothing was installed, without complaint', () => {
    rmSync(installedDir, { recursive: true });
    expect(source()).toEqual({ source: 'builtin', betterRefused: false, rejected: [] });
  });

  it.each(FILES.flatMap((file) => [0, 0.3, 0.999].map((place) => ({ file, place }))))(
    'one flipped bit at $place of $file is noticed before anything is opened',
    ({ file, place }) => {
      flipBit(join(current, file), place);
      expect(source()).toEqual({
        source: 'previous',
        betterRefused: true,
        rejected: [{ source: 'installed', fault: { code: 'damaged', file } }],
      });
    },
  );

  it.each(FILES)('%s missing or cut short is noticed', (file) => {
    rmSync(join(current, file));
    writeFileSync(join(previous, file), readFileSync(join(previous, file)).subarray(0, -2));
    const { source: chosen, rejected } = source();
    expect(chosen).toBe('builtin');
    expect(rejected).toEqual(
      ['installed', 'previous'].map((place) => ({ source: place, fault: { code: 'damaged', file } })),
    );
  });

  it('says none when even the built-in one is damaged', () => {
    for (const place of [current, previous, builtinDir]) flipBit(join(place, 'content.db'), 0.5);
    expect(source().source).toBe('none');
    expect(source().rejected).toHaveLength(3);
  });

  it('takes a link that leads nowhere for damage, not for absence', () => {
    rmSync(current, { recursive: true });
    symlinkSync('gone', current);
    expect(source()).toMatchObject({ source: 'previous', betterRefused: true });
  });

  const rewrite = (name: string, change: (text: string) => string) => {
    const file = join(current, name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    const manifest = JSON.parse(readFileSync(join(current, 'manifest.json'), 'utf8')) as Parameters<
      typeof writeManifest
    >[0];
    const content = readFileSync(file);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const files = manifest.files.map((each) =>
      each.name === name ? { ...each, size: content.length, sha256 } : each,
    );
    writeFileSync(join(current, 'manifest.json'), writeManifest({ ...manifest, files }));
  };
  const refused = (fault: object) => ({
    ...{ source: 'previous', betterRefused: true },
    rejected: [{ source: 'installed', fault }],
  });

  it('refuses a well packed one whose figures do not lead where its worked cases say', () => {
    rewrite('parameters.json', (text) => text.replace('56502', '56503'));
    expect(source()).toEqual(
      refused({
        code: 'wrong_figures',
        case: '2026年工亡，配偶、一个孩子、父亲，合计恰好百分之百',
      }),
    );
  });

  it('refuses a well packed one without a figure that can be read, or without a case', () => {
    rewrite('parameters.json', () => '{}');
    expect(source()).toEqual(refused({ code: 'damaged', file: 'parameters.json' }));
    cpSync(join(previous, 'parameters.json'), join(current, 'parameters.json'));
    rewrite('parameters.json', (text) => text);
    rewrite('cases.json', () => '[]');
    expect(source()).toEqual(refused({ code: 'damaged', file: 'cases.json' }));
  });

  it('works its cases in a blink', () => {
    const cases = workedCase.array().parse(JSON.parse(readFileSync(join(current, 'cases.json'), 'utf8')));
    const opened = openPack(current);
    if (!opened.ok) throw new Error(opened.failure.code);
    const table = parseParameterTable(opened.value.parameters);
    opened.value.close();
    if (!table.ok) throw new Error(table.failure.message);
    const work = () => {
      const before = process.cpuUsage();
      expect(cases.filter((each) => differenceFrom(each, table.value) !== null)).toEqual([]);
      return process.cpuUsage(before).user / 1000;
    };
    expect(Math.min(...Array.from({ length: 5 }, work))).toBeLessThan(50);
    expect(cases.length).toBeGreaterThan(70);
  });

  it('does not open a pack of another schema version', () => {
    const file = join(current, 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof writeManifest>[0];
    writeFileSync(file, writeManifest({ ...manifest, contentSchema: 99 }));
    expect(source().rejected).toEqual([{ source: 'installed', fault: { code: 'other_version' } }]);
  });

  it('is not confused by a file where a folder should be', () => {
    rmSync(current, { recursive: true });
    writeFileSync(current, 'nonsense');
    expect(source().source).toBe('previous');
    expect(existsSync(current)).toBe(true);
  });
});

describe('consulting', () => {
  const open = async (today: string) => {
    const opened = openPack(pristine);
    if (!opened.ok) throw new Error(opened.failure.code);
    return { pack: opened.value, consultant: await createConsultant(opened.value, { today: () => today }) };
  };
  const state: { opened: Awaited<ReturnType<typeof open>> | null } = { opened: null };
  const consultant = () => state.opened!.consultant;

  beforeAll(async () => {
    state.opened = await open('2026-11-22');
  });
  afterAll(async () => {
    await consultant().close();
    state.opened!.pack.close();
  });

  it('answers a known phrasing with its citations and next steps', async () => {
    const consultation = await consultant().ask('没有借条能要钱吗？');
    if (consultation.decision !== 'answer') throw new Error(consultation.decision);
    expect(consultation.answer).toMatchObject({ id: 'lending.no-iou', stale: false });
    expect(consultation.answer.citations.length).toBeGreaterThan(0);
    expect(consultation.answer.steps.length).toBeGreaterThan(1);
    expect(consultation.related.map(({ id }) => id)).not.toContain('lending.no-iou');
  });

  it('reads traditional characters and full width', async () => {
    const { consultation } = await consultant().trace('沒有借條，能要錢嗎？');
    expect(consultation.decision).toBe('answer');
  });

  it('says when a review is overdue', async () => {
    const { pack, consultant: later } = await open('2036-01-01');
    expect(later.open('lending.no-iou')?.stale).toBe(true);
    await later.close();
    pack.close();
  });

  it('asks back for pinyin', async () => {
    const consultation = await consultant().ask('meiyou jietiao');
    if (consultation.decision !== 'choose') throw new Error(consultation.decision);
    expect(consultation.candidates.map(({ id }) => id)).toContain('lending.no-iou');
  });

  it.each([
    ['', 'refused', 'empty'],
    ['  \n', 'refused', 'empty'],
    ['借'.repeat(MAX_QUESTION_LENGTH + 1), 'refused', 'too_long'],
    ['😀🎉', 'handover', 'not_understood'],
    ["'; DROP TABLE answers;--", 'handover', 'not_understood'],
    ['hello, can you help me?', 'handover', 'not_understood'],
    ['12345678', 'handover', 'not_understood'],
    ['<script>alert(1)</script>', 'handover', 'not_understood'],
    ['\u0000\u0007\u001b[2J', 'handover', 'not_understood'],
    ['\u202eمرحبا بالعالم', 'handover', 'not_understood'],
    ['Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢', 'handover', 'not_understood'],
    ['"*" AND (NEAR OR NOT)', 'handover', 'not_understood'],
    ['😀'.repeat(2_500), 'refused', 'too_long'],
    ['问'.repeat(5_000), 'refused', 'too_long'],
    ['今天昆明天气怎么样', 'handover', 'out_of_scope'],
    ['怎么办', 'handover', 'say_more'],
    ['你好，有人吗', 'handover', 'say_more'],
  ])('%j → %s %s', async (question, decision, reason) => {
    expect(await consultant().ask(question)).toMatchObject({ decision, reason });
  });

  it('takes the longest question', async () => {
    await expect(consultant().ask('借条'.repeat(MAX_QUESTION_LENGTH / 2))).resolves.toBeDefined();
  });

  it('puts the numbers first when somebody is in danger, whatever else was said', async () => {
    for (const question of ['他拿着刀在砍门要杀我', '今天天气好我不想活了']) {
      const consultation = await consultant().ask(question);
      expect('urgent' in consultation && consultation.urgent?.numbers.length, question).toBeGreaterThan(0);
    }
  });

  it('lists every answer on its shelf, and opens nothing it does not have', () => {
    const { shelves, popular } = consultant().shelves();
    const all = shelves.flatMap(({ answers }) => answers);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(popular.map(({ id }) => id)).toEqual(['station.ticket-refund', 'lending.not-repaid']);
    expect(all).toEqual(expect.arrayContaining(popular));
    for (const { id } of all) expect(consultant().open(id)?.id).toBe(id);
    expect(consultant().open('no.such-answer')).toBeNull();
  });
});
