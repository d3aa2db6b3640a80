import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildSmallPack, temporaryFolder } from './small-pack.ts';

const { folder, remove } = temporaryFolder();
const pack = join(folder, 'pack');
const ask = (input: string, ...parameters: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '..', '..', 'tools', 'ask.ts'), ...parameters], {
    input,
    encoding: 'utf8',
  });

beforeAll(() => buildSmallPack(pack), 120_000);
afterAll(remove);

describe('ask on the command line', { timeout: 60_000 }, () => {
  it('gives one line a question, with the public topic name, and one clear error a bad line', () => {
    const lines = [
      '{"id":"a","question":"没有借条能要钱吗"}',
      'nonsense',
      '',
      '{"id":7,"question":"今天昆明天气怎么样"}',
      '{"id":"c"}',
    ];
    const { status, stdout, stderr } = ask(lines.join('\n'), '--jsonl', '--pack', pack);
    const out = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(status).toBe(1);
    expect(out).toHaveLength(4);
    expect(out[0]).toMatchObject({
      id: 'a',
      topic: '债权债务',
      intent: expect.any(String),
      confidence: expect.any(Number),
      decision: 'answer',
      ms: expect.any(Number),
    });
    expect(out[0]).toMatchObject({
      answers: expect.arrayContaining([
        { id: 'lending.no-iou', title: '没有借条能要钱吗', score: expect.any(Number) },
      ]),
      citations: expect.arrayContaining([
        { law: expect.any(String), article: expect.stringMatching(/^第.+条/u), version: expect.any(String) },
      ]),
    });
    expect(out[1]).toEqual({
      id: null,
      error: { code: 'bad_line', message: 'line 2 is not {"id","question"}' },
    });
    expect(out[2]).toMatchObject({ id: 7, topic: '其他', decision: 'handover', answers: [], citations: [] });
    expect(out[3]).toMatchObject({ error: { message: 'line 5 is not {"id","question"}' } });
    expect(stderr.match(/ask: line/gu)).toHaveLength(2);
  });

  it('prints an answer for a person', () => {
    const { status, stdout } = ask('', '没有借条能要钱吗', '--pack', pack);
    expect(status).toBe(0);
    expect(stdout).toMatch(/1\. /u);
    expect(stdout).toMatch(/《.+》第.+条/u);
  });

  it('tells wrong usage from a pack that is not there', () => {
    expect(ask('', '--help')).toMatchObject({ status: 0 });
    expect(ask('').status).toBe(2);
    expect(ask('', 'one', 'two').status).toBe(2);
    expect(ask('', '--jsonl', 'one').status).toBe(2);
    expect(ask('', '--colour').status).toBe(2);
    const absent = ask('', '工伤', '--pack', join(folder, 'nowhere'));
    expect(absent.status).toBe(1);
    expect(absent.stderr).toContain('absent');
  });
});
