import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeProof, readProof } from '../../app/domain/compensation/proof/index.ts';
import { readParameterTable } from './parameters.ts';

const root = join(import.meta.dirname, '../..');

function calc(
  options: readonly string[],
  stdin = '',
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['tools/calc.ts', ...options], {
      cwd: root,
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

describe('calc on the command line', () => {
  it('answers line by line and goes on after a bad one', async () => {
    const lines = [
      JSON.stringify({
        id: 'a',
        calc: 'wi.benefits',
        inputs: { grade: 10, avg_contrib_wage_fen: 600000 },
        params: { avg_month_cap_fen: 733900 },
      }),
      '{"id":',
      '',
      '42',
      JSON.stringify({ id: 7, calc: 'labor.wages', inputs: {} }),
      JSON.stringify({ id: 'b', calc: 'wi.benefits', inputs: { grade: 12 } }),
      JSON.stringify({ id: 'c', calc: 'wi.deadlines', inputs: { start_date: '2026-01-31' }, params: {} }),
      JSON.stringify({
        id: 'd',
        calc: 'wi.benefits',
        inputs: { injury_date: '2026-03-01', grade: 0, hospital_days: 3 },
      }),
    ];
    const { code, out } = await calc(['--jsonl', '--today', '2026-11-22'], `${lines.join('\n')}\n`);
    expect(code).toBe(0);
    const replies = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(replies).toEqual([
      {
        id: 'a',
        items: [
          {
            code: 'WI_DIS_LUMP',
            amount_fen: 4200000,
            payer: 'FUND',
            freq: 'once',
            formula: '6000*7',
            basis: ['工伤保险条例第三十七条', '工伤保险条例第六十四条'],
          },
        ],
        totals: { once: 4200000 },
        flags: [],
        info: { self_wage_fen: 600000 },
      },
      { id: null, error: { code: 'not_json', message: 'the line is not JSON', field: null } },
      {
        id: null,
        error: { code: 'not_an_object', message: 'a request is an object with calc and inputs', field: null },
      },
      { id: 7, error: expect.objectContaining({ code: 'unknown_calculator' }) },
      { id: 'b', error: expect.objectContaining({ code: 'too_large', field: 'grade' }) },
      {
        id: 'c',
        items: [],
        totals: {},
        flags: [],
        info: { employer_apply_by: '2026-03-02', person_apply_by: '2027-01-31' },
      },
      {
        id: 'd',
        items: [],
        totals: {},
        flags: [],
        info: {},
        withheld: [{ code: 'WI_HOSP_MEAL', reason: 'figure_unverified', figure: 'wi.hospital_meal_day' }],
      },
    ]);
  });

  it('prints one sheet to be read', async () => {
    const { code, out } = await calc([
      '--calc',
      'wi.benefits',
      '--inputs',
      '{"injury_date":"2026-03-01","grade":9,"avg_contrib_wage_fen":300000,"contract_end":"term_expired"}',
      '--today',
      '2026-11-22',
    ]);
    expect(code).toBe(0);
    expect(out).toContain(
      '一次性伤残补助金 = 本人工资 4403.40 元 × 9 个月 = 39630.60 元（由工伤保险基金支付，《工伤保险条例》第三十七条、第六十四条）',
    );
    expect(out).toContain('按60%计算');
    expect(out).toContain('标准待更新');
    expect(out).toContain('不构成法律意见');
    expect(out).not.toMatch(/\{\{|undefined|item\.|flag\./);
  });

  it('says in one line what is wrong, with an exit status', async () => {
    const cases = [
      [['--surprise'], 2],
      [[], 2],
      [['--jsonl', '--calc', 'wi.death'], 2],
      [['--calc', 'wi.death'], 2],
      [['--calc', 'wi.death', '--inputs', '{'], 2],
      [['--jsonl', '--today', '2026-02-30'], 2],
      [['--calc', 'wi.death', '--inputs', '{}'], 1],
    ] as const;
    for (const [options, status] of cases) {
      const { code, out, err } = await calc(options);
      expect(code, options.join(' ')).toBe(status);
      expect(out).toBe('');
      expect(err.trim().split('\n')).toHaveLength(1);
    }
  }, 60_000);

  it('helps', async () => {
    const { code, out } = await calc(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('wi.benefits');
  });

  it('verifies the text of a QR code: 0 where it holds, 1 where it was changed, 2 where it is none', async () => {
    const table = readParameterTable(join(root, 'content/parameters'));
    const request = {
      calculator: 'loan.delay',
      inputs: { debt_fen: 10_000_000, days: 200 },
      today: '2026-11-22',
    };
    const proof = encodeProof(request, table);
    if (!proof.ok) throw new Error(proof.failure.message);
    const holds = await calc(['--verify', proof.value]);
    expect(holds.code).toBe(0);
    expect(holds.out).toMatch(/^一致/);
    expect(holds.out).toContain('3500.00 元');
    // Some changes still read as a proof, of other inputs or figures.
    const changed = Array.from({ length: proof.value.length }, (_, at) => at)
      .flatMap((at) =>
        ['0', '1', 'A', 'K'].map((other) => proof.value.slice(0, at) + other + proof.value.slice(at + 1)),
      )
      .find((text) => text !== proof.value && readProof(text).ok);
    expect(changed).toBeDefined();
    const changes = await calc(['--verify', changed ?? '']);
    expect(changes.code).toBe(1);
    expect(changes.out).toMatch(/^不一致/);
    expect((await calc(['--verify', 'no proof'])).code).toBe(2);
    expect((await calc(['--verify', proof.value, '--jsonl'])).code).toBe(2);
  });
});
