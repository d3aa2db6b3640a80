import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openPack } from '../../app/core/content/index.ts';
import { createConsultant } from '../../app/core/consult/index.ts';
import type { StatuteHit } from '../../app/core/consult/index.ts';
import { readStatutes } from '../../tools/content/statutes.ts';
import { inventedJsonl } from './invented-laws.ts';
import { buildSmallPack, temporaryFolder } from './small-pack.ts';

const { folder, remove } = temporaryFolder();
const pack = join(folder, 'pack');
const lawsFile = join(folder, 'laws.jsonl');
writeFileSync(lawsFile, inventedJsonl);

beforeAll(() => buildSmallPack(pack, readStatutes(lawsFile)), 120_000);
afterAll(remove);

/** What the library says to each question; the pack is closed again. */
async function hitsFor(directory: string, questions: readonly string[]): Promise<StatuteHit[][]> {
  const opened = openPack(directory);
  if (!opened.ok) throw new Error(opened.failure.code);
  const consultant = await createConsultant(opened.value, { today: () => '2026-11-22' });
  try {
    const hits: StatuteHit[][] = [];
    for (const question of questions) {
      const { trace } = await consultant.trace(question);
      hits.push(await consultant.statutes(question, trace, 100));
    }
    return hits;
  } finally {
    await consultant.close();
    opened.value.close();
  }
}

describe('a pack with statutes', () => {
  it('finds an article by its words, with the version it stands in', async () => {
    const [hits] = await hitsFor(pack, ['灯笼掉下来把东西砸坏了，要赔偿吗']);
    expect(hits?.[0]).toEqual({ law: '灯笼法', article: '第二条', version: '2020-05-01', check: false });
  });

  it('puts first what the question names by law and number', async () => {
    const names = (hits: StatuteHit[] | undefined) => hits?.[0] && `${hits[0].law}${hits[0].article}`;
    const asked = ['灯笼法1条', '《燈籠法》第二條之一', '渡船規則第二條', '渡船规则２条'];
    expect((await hitsFor(pack, asked)).map(names)).toEqual([
      '灯笼法第一条',
      '灯笼法第二条之一',
      '渡船规则第二条',
      '渡船规则第二条',
    ]);
  });

  it('says that a law is repealed, and by which, on the command line too', async () => {
    const opened = openPack(pack);
    if (!opened.ok) throw new Error(opened.failure.code);
    const consultant = await createConsultant(opened.value, { today: () => '2026-11-22' });
    const repealed = [{ law: '风筝法', by: '渡船规则', since: '2020-05-01' }];
    expect(await consultant.ask('风筝法第三条')).toMatchObject({ repealed });
    expect(await consultant.reader.search('风筝法')).toMatchObject({ state: 'found', repealed });
    expect(await consultant.ask('灯笼法第一条')).toMatchObject({ repealed: [] });
    await consultant.close();
    opened.value.close();
  });

  it('never gives a repealed article, not even by name, and marks one to be checked', async () => {
    const [named, color] = await hitsFor(pack, ['灯笼法第三条村长赔偿', '灯笼的颜色']);
    expect(named?.map(({ law, article }) => law + article)).not.toContain('灯笼法第三条');
    expect(color?.[0]).toMatchObject({ article: '第四条', check: true });
  });

  it('names nothing that is not there', async () => {
    const [hits] = await hitsFor(pack, ['灯笼法第九十九条']);
    expect(hits?.every(({ article }) => article !== '第九十九条')).toBe(true);
  });

  it('cites on the command line after the answer, and flags what must be checked', () => {
    const tool = join(import.meta.dirname, '..', '..', 'tools', 'ask.ts');
    const input = [
      '{"id":1,"question":"没有借条能要钱吗"}',
      '{"id":2,"question":"灯笼法第四条"}',
      '{"id":3,"question":""}',
      '{"id":4,"question":"风筝法怎么规定"}',
    ].join('\n');
    const { stdout } = spawnSync(process.execPath, [tool, '--jsonl', '--pack', pack], {
      input,
      encoding: 'utf8',
    });
    const [answered, named, empty, gone] = stdout
      .trim()
      .split('\n')
      .map(
        (line) => JSON.parse(line) as { citations: Record<string, unknown>[]; repealed?: { law: string }[] },
      );
    expect(answered?.citations[0]?.['law']).not.toMatch(/灯笼法|渡船规则/u);
    expect(named?.citations[0]).toEqual({
      law: '灯笼法',
      article: '第四条',
      version: '2020-05-01',
      check: true,
    });
    expect(empty?.citations).toEqual([]);
    expect(gone?.repealed).toMatchObject([{ law: '风筝法' }]);
    expect(named).not.toHaveProperty('repealed');
  }, 60_000);

  it('is the same, byte for byte, when built again', () => {
    const again = join(folder, 'again');
    buildSmallPack(again, readStatutes(lawsFile));
    expect(readFileSync(join(again, 'statutes.db')).equals(readFileSync(join(pack, 'statutes.db')))).toBe(
      true,
    );
  }, 120_000);

  it('is refused when its statutes are damaged or gone', () => {
    const damaged = join(folder, 'damaged');
    cpSync(pack, damaged, { recursive: true });
    const file = join(damaged, 'statutes.db');
    const content = readFileSync(file);
    const place = Math.floor(statSync(file).size / 2);
    content[place] = (content[place] ?? 0) ^ 1;
    writeFileSync(file, content);
    expect(openPack(damaged)).toEqual({ ok: false, failure: { code: 'damaged', file: 'statutes.db' } });
    rmSync(file);
    expect(openPack(damaged)).toEqual({ ok: false, failure: { code: 'damaged', file: 'statutes.db' } });
  });
});

describe('a pack without statutes', () => {
  it('opens, and has no article to offer', async () => {
    const bare = join(folder, 'bare');
    buildSmallPack(bare);
    expect(existsSync(join(bare, 'statutes.db'))).toBe(false);
    expect(await hitsFor(bare, ['灯笼法第一条'])).toEqual([[]]);
  }, 120_000);
});
