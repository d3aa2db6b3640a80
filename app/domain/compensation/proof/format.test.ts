import { deflateSync } from 'fflate';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import type { Figure, ParameterTable } from '../parameters.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { encodeProof, readProof, verifyProof } from './index.ts';
import { WORDS } from './words.ts';

const published = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));
const today = '2026-11-22';

/** Half a year's interest at 20 %, above four times the LPR of 3.7 % (民间借贷规定第二十五条). */
const loan = {
  calculator: 'loan.interest',
  today,
  inputs: {
    principal_fen: 10_000_000,
    contract_date: '2022-03-01',
    start_date: '2022-03-01',
    end_date: '2022-09-01',
    agreed_rate_bp: 2_000,
  },
};
function proofOf(request: Parameters<typeof encodeProof>[0], table: ParameterTable = published): string {
  const proof = encodeProof(request, table);
  if (!proof.ok) throw new Error(proof.failure.message);
  return proof.value;
}
const printed = proofOf(loan);

/** A text in the layout of a proof, made by somebody else. */
const written = (content: unknown, dictionary: Uint8Array = WORDS): string =>
  `YL1:${encodeBase45(deflateSync(new TextEncoder().encode(JSON.stringify(content)), { level: 9, mem: 8, dictionary }))}`;

/** What a proof says, as it is laid out. */
function partsOf(text: string): readonly unknown[] {
  const read = readProof(text);
  if (!read.ok) throw new Error(read.failure);
  const { engineVersion, calculator, today: day, region, inputs, figures, sum } = read.value;
  return [engineVersion, calculator, day, region, inputs, figures, sum];
}

const row = ['lpr.1y', 'CN', null, '2022-01-20', null, 3.7, 'percent', 'B'] as const;
const unknown = ['pi.nutrition_day', 'CN-53', null, null, null, null, 'yuan/day', 'U'] as const;
const parts = ['1.1.0', 'loan.interest', today, 'CN-53', loan.inputs, [row], 'cbf29ce484222325'] as const;
/** The parts with one of them replaced. */
const bent = (at: number, part: unknown): readonly unknown[] =>
  parts.map((each, index) => (index === at ? part : each));
const bentRow = (at: number, cell: unknown): readonly unknown[] =>
  bent(5, [unknown, row.map((each, index) => (index === at ? cell : each))]);

const unreadable = { ok: false, failure: 'unreadable' };
const long = 'x'.repeat(81);

describe('the layout of a proof', () => {
  it('has carried the same since its first number: slips that were printed then are read now', () => {
    const slip =
      'YL1:URH7J6%O6EJ0$$2V G VC9 E5I32D014BWLN6C0A:2S*QM:O69517MQNM0 KS491.QDFODAMOHH$:GG.UV%IS OTBL' +
      ' 8D+50A42TUL$I92KS+Q5QP5PS5TX1.ZPTX1$R1..PQMA$*I10';
    expect(readProof(slip)).toMatchObject({
      ok: true,
      value: {
        engineVersion: '1.1.0',
        calculator: 'court.fee',
        today,
        region: 'CN-53',
        inputs: { type: 'divorce', amount_fen: 50_000_000 },
      },
    });
    expect(readProof(slip.replace('YL1', 'YL2'))).toEqual(unreadable);
    expect(readProof(slip.slice(4))).toEqual(unreadable);
  });

  it('pays nothing for the words that all sheets share', () => {
    expect(printed).toMatch(/^YL1:/);
    const alone = written(partsOf(printed), new Uint8Array());
    expect(readProof(alone)).toEqual(readProof(printed));
    expect(printed.length).toBeLessThan(alone.length * 0.7);
  });

  it('is read with its seven parts, blanks around it or not', () => {
    expect(readProof(written(parts))).toEqual({
      ok: true,
      value: {
        engineVersion: '1.1.0',
        calculator: 'loan.interest',
        today,
        region: 'CN-53',
        inputs: loan.inputs,
        figures: [row],
        sum: 'cbf29ce484222325',
      },
    });
    expect(verifyProof(` ${printed}\n`, published)).toMatchObject({ ok: true, value: { consistent: true } });
  });

  it('is no longer than a QR code holds, nor longer than it says once it is unpacked', () => {
    expect(readProof(printed.padEnd(4_000))).toMatchObject({ ok: true });
    expect(readProof(printed.padEnd(4_001))).toEqual(unreadable);
    expect(readProof(written(bent(4, { note: 'x'.repeat(65_000) })))).toMatchObject({ ok: true });
    expect(readProof(written(bent(4, { note: 'x'.repeat(66_000) })))).toEqual(unreadable);
  });

  it.each([
    ['no list', { ...parts }],
    ['a part too few', parts.slice(0, 6)],
    ['a part too many', [...parts, null]],
    ['an engine without a version', bent(0, 110)],
    ['a version that never ends', bent(0, long)],
    ['no calculator', bent(1, null)],
    ['a calculator that never ends', bent(1, long)],
    ['a day in words', bent(2, 'today')],
    ['a day that is none', bent(2, '2026-02-29')],
    ['a day as a number', bent(2, 20_261_122)],
    ['a region as a number', bent(3, 53)],
    ['inputs as a list', bent(4, [])],
    ['no inputs', bent(4, null)],
    ['no sum', bent(6, null)],
    ['a sum that never ends', bent(6, long)],
    ['figures that are no list', bent(5, { length: 0 })],
    ['figures as a text', bent(5, 'lpr.1y')],
    ['a figure as a text', bent(5, ['lpr.1y %%%'])],
    ['a figure as an object', bent(5, [{ ...row, length: 8 }])],
    ['a figure with a cell too few', bent(5, [row.slice(0, 7)])],
    ['a figure with a cell too many', bent(5, [[...row, 'a source']])],
    ['a figure without a key', bentRow(0, null)],
    ['a key that never ends', bentRow(0, long)],
    ['a region of a figure as a list', bentRow(1, ['CN'])],
    ['half a year', bentRow(2, 2022.5)],
    ['a year as a text', bentRow(2, '2022')],
    ['a beginning that is no day', bentRow(3, '2022-02-30')],
    ['a beginning as a number', bentRow(3, 2022)],
    ['an end that is no day', bentRow(4, 'never')],
    ['no amount, though it is verified', bentRow(5, null)],
    ['an amount of nothing', bentRow(5, 0)],
    ['an amount below nothing', bentRow(5, -3.7)],
    ['an amount as a list', bentRow(5, [3.7])],
    ['an amount in words without end', bentRow(5, long)],
    ['no unit', bentRow(6, null)],
    ['a grade that there is not', bentRow(7, 'D')],
    ['no grade', bentRow(7, null)],
    ['an amount, though it is not verified', bentRow(7, 'U')],
  ])('is refused with %s', (_, content) => {
    expect(readProof(written(content))).toEqual(unreadable);
  });

  it.each([
    ['a name as long as names may be', bentRow(0, 'x'.repeat(80))],
    ['a version as long as they may be', bent(0, '1'.repeat(80))],
    ['a year, an end, and grade A', bent(5, [['a', 'CN', 2025, '2026-01-01', '2026-12-31', 1, 'yuan', 'A']])],
    ['a series by its name, of grade C', bent(5, [['a', 'CN', null, '2026-01-01', null, 'b', 'key', 'C']])],
    ['no figures at all', bent(5, [])],
  ])('is read with %s', (_, content) => {
    expect(readProof(written(content))).toMatchObject({ ok: true });
  });
});

describe('what a proof is checked for', () => {
  it('is that it was written as kiosks write it: packed in another way it says the same and is refused', () => {
    expect(written(partsOf(printed))).toBe(printed);
    const idle = `YL1:${encodeBase45(Uint8Array.from([...decodeBase45(printed.slice(4))!, 0]))}`;
    expect(readProof(idle)).toEqual(readProof(printed));
    expect(verifyProof(idle, published)).toMatchObject({ ok: true, value: { consistent: false } });
  });

  it('is which engine made it', () => {
    const old = written(['0.9.0', ...parts.slice(1)]);
    expect(verifyProof(old, published)).toMatchObject({
      ok: true,
      value: { consistent: false, otherEngine: true, result: { ok: true } },
    });
    const refused = written(['0.9.0', 'loan.interest', today, 'CN-53', {}, [], '']);
    expect(verifyProof(refused, published)).toMatchObject({
      ok: true,
      value: { consistent: false, otherEngine: false, result: { ok: false } },
    });
  });

  it('is not where a figure was read: elsewhere the same figure counts as the same', () => {
    const elsewhere = {
      ...published,
      figures: published.figures.map((figure) => ({ ...figure, source: `转载：${figure.source}` })),
    };
    expect(proofOf(loan, elsewhere)).toBe(printed);
    const sources = (table: ParameterTable): readonly string[] => {
      const verdict = verifyProof(printed, table);
      if (!verdict.ok || !verdict.value.result.ok) throw new Error('refused');
      expect(verdict.value.consistent).toBe(true);
      return verdict.value.result.value.figures.map(({ source }) => source);
    };
    const source = published.figures.find(
      ({ key, effective_from: from }) => key === 'lpr.1y' && from === '2022-01-20',
    )?.source;
    expect(sources(published)).toEqual([source]);
    expect(sources(elsewhere)).toEqual([`转载：${source}`]);
    expect(sources({ ...published, figures: [] })).toEqual(['']);
  });
});

describe('the figures that a proof carries', () => {
  const figuresOf = (text: string): readonly (readonly unknown[])[] => {
    const read = readProof(text);
    return read.ok ? read.value.figures : [];
  };

  it('are those that the sheet rests on, of each series the one year or day alone', () => {
    expect(figuresOf(printed)).toEqual([row]);
    // 诉讼费用交纳办法第十三条 needs none for a dispute over property.
    expect(
      figuresOf(
        proofOf({ calculator: 'court.fee', today, inputs: { type: 'property', amount_fen: 5_000_000 } }),
      ),
    ).toEqual([]);
  });

  it('name the year that the sheet names, though another year had the same amount', () => {
    const wage = (stat_year: number): Figure => ({
      key: 'wage.all_caliber.month',
      region: 'CN-53',
      stat_year,
      effective_from: `${stat_year + 1}-01-01`,
      effective_to: null,
      value: 7_339,
      unit: 'yuan/month',
      source: '云南省统计局',
      grade: 'B',
    });
    const others = published.figures.filter(({ key }) => key !== 'wage.all_caliber.month');
    const table = { ...published, figures: [wage(2025), wage(2024), ...others] };
    // 工伤保险条例第三十四条: nursing by the average wage of the year before.
    const text = proofOf(
      {
        calculator: 'wi.benefits',
        today,
        inputs: {
          injury_date: '2026-03-01',
          grade: 1,
          avg_contrib_wage_fen: 600_000,
          nursing_level: 'full',
        },
      },
      table,
    );
    const years = figuresOf(text).flatMap(([key, , year]) =>
      key === 'wage.all_caliber.month' ? [year] : [],
    );
    expect(years).toEqual([2025]);
  });
});
