import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { canonical, checksum } from './checksum.ts';
import { encodeProof, readProof, verifyProof } from './index.ts';

const published = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));
const today = '2026-11-22';

const REQUESTS = [
  {
    calculator: 'wi.benefits',
    inputs: {
      injury_date: '2026-03-01',
      insured: true,
      grade: 9,
      avg_contrib_wage_fen: 600_000,
      medical_fen: 1_800_000,
      hospital_days: 12,
      sl_months: '3',
      sl_wage_fen: 600_000,
      contract_end: 'employee_resigns',
      typed: { avg_month_lump_fen: 733_900 },
    },
  },
  {
    calculator: 'pi.damages',
    inputs: {
      kind: 'injury',
      tort_date: '2026-03-01',
      age: 40,
      grades: [8, 10, 10],
      medical_fen: 2_000_000,
      lost_wages: { industry: 'agriculture', days: 90 },
      care: [{ daily_fen: 15_000, days: 30 }],
      hospital_days: 15,
      mental_fen: 300_000,
      dependants: [
        { type: 'minor', age: 8, share_n: 2 },
        { type: 'adult', age: 70, share_n: 3 },
      ],
      liability_bp: 7000,
    },
  },
  {
    calculator: 'traffic.allocate',
    inputs: {
      accident_date: '2026-03-01',
      victims: [
        { id: 'ours_person_1', death_injury_fen: 30_000_000, mental_fen: 1_000_000, medical_fen: 4_000_000 },
        { id: 'ours_person_2', death_injury_fen: 9_000_000, medical_fen: 1_000_000, property_fen: 500_000 },
      ],
      vehicles: [
        { id: 'theirs_car_1', liability_bp: 7000, commercial_limit_fen: 30_000_000 },
        { id: 'ours_car_2', liability_bp: 3000, driver: 'ours_person_2' },
      ],
    },
  },
  {
    calculator: 'loan.interest',
    inputs: {
      principal_fen: 10_000_000,
      contract_date: '2019-03-01',
      start_date: '2019-03-01',
      due_date: '2022-03-01',
      end_date: '2026-01-01',
      accept_date: '2025-11-01',
      agreed_rate_bp: 2400,
    },
  },
  {
    calculator: 'labor.severance',
    inputs: {
      start_date: '2015-03-15',
      last_day: '2026-09-14',
      avg12_fen: 4_000_000,
      city: 'CN-5301',
      ground: 'unlawful',
    },
  },
  { calculator: 'court.fee', inputs: { type: 'divorce', amount_fen: 50_000_000 } },
  { calculator: 'legalaid.precheck', inputs: { domain: 'civil', matter: 'work_injury' } },
] as const;

function proofOf(request: { calculator: string; inputs: Readonly<Record<string, unknown>> }): string {
  const proof = encodeProof({ ...request, today }, published);
  if (!proof.ok) throw new Error(proof.failure.message);
  return proof.value;
}
const texts = REQUESTS.map((request) => [request.calculator, proofOf(request)] as const);

/** Why a text is refused, or `null` for a proof that holds. */
function refusal(text: string): string | null {
  const verdict = verifyProof(text, published);
  if (!verdict.ok) return verdict.failure;
  return verdict.value.consistent ? null : 'inconsistent';
}

describe('proofs', () => {
  it.each(texts)(
    'of %s recompute to the same sheet, fit a QR code and are always the same',
    (calculator, text) => {
      const request = REQUESTS.find((each) => each.calculator === calculator)!;
      expect(proofOf(request)).toBe(text);
      expect(text).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
      expect(text.length, calculator).toBeLessThanOrEqual(1_100);
      const verdict = verifyProof(text, published);
      expect(verdict).toMatchObject({
        ok: true,
        value: { consistent: true, otherEngine: false, unpublishedFigures: [], result: { ok: true } },
      });
    },
  );

  it('holds when the machine that verifies has other figures by then', () => {
    const later = { ...published, figures: [] };
    for (const [, text] of texts) expect(refusal(text)).toBe(refusal(text));
    const verdict = verifyProof(texts[0]![1], later);
    expect(verdict).toMatchObject({ ok: true, value: { consistent: true } });
    expect(verdict.ok && verdict.value.unpublishedFigures).toContain('wage.all_caliber.month');
  });

  it('shows every flipped character', () => {
    const [, text] = texts[0]!;
    for (let at = 0; at < text.length; at += 1)
      for (const other of ['0', 'Z', ':', 'a']) {
        if (text[at] === other) continue;
        expect(refusal(text.slice(0, at) + other + text.slice(at + 1)), `${at} ${other}`).not.toBeNull();
      }
  });

  it('shows characters lost, added or swapped, in any proof', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: 44 }), ([, text], where, which) => {
        const at = where % text.length;
        const character = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'[which]!;
        for (const changed of [
          text.slice(0, at) + text.slice(at + 1),
          text.slice(0, at) + character + text.slice(at),
          text.slice(0, at) + character + text.slice(at + 1),
        ])
          // A blank at the end is no change.
          if (changed.trim() !== text) expect(refusal(changed)).not.toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it('tells a figure that nobody published from a slip', () => {
    const richer = {
      ...published,
      figures: published.figures.map((figure) =>
        figure.key === 'wage.all_caliber.month' && figure.stat_year === 2025
          ? { ...figure, value: 9_999 }
          : figure,
      ),
    };
    const forged = encodeProof({ ...REQUESTS[0], today }, richer);
    expect(forged.ok && verifyProof(forged.value, published)).toMatchObject({
      ok: true,
      value: { consistent: true, unpublishedFigures: ['wage.all_caliber.month'] },
    });
  });

  it('refuses what is no proof, and inputs that cannot be computed', () => {
    for (const text of ['', 'YL1:', 'YL1:0', 'YL2:ABC', 'http://example.invalid', 'YL1:'.padEnd(5_000, '0')])
      expect(readProof(text)).toEqual({ ok: false, failure: 'unreadable' });
    expect(encodeProof({ calculator: 'wi.benefits', inputs: { grade: 12 }, today }, published)).toMatchObject(
      {
        ok: false,
        failure: { field: 'grade' },
      },
    );
  });

  it('never throws, whatever is scanned', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array().map((bytes) => `YL1:${encodeBase45(bytes)}`),
        ),
        (text) => {
          expect(refusal(text)).not.toBeNull();
        },
      ),
    );
  });
});

describe('base45', () => {
  it('follows RFC 9285', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(encodeBase45(bytes('AB'))).toBe('BB8');
    expect(encodeBase45(bytes('Hello!!'))).toBe('%69 VD92EX0');
    expect(encodeBase45(bytes('base-45'))).toBe('UJCLQE7W581');
    expect(decodeBase45('QED8WEX0')).toEqual(bytes('ietf!'));
    for (const text of ['A', 'GGW', '::', 'aa']) expect(decodeBase45(text)).toBeNull();
  });

  it('gives every text of bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
      }),
    );
  });
});

it('sums by FNV-1a and writes the same content in one way', () => {
  expect(checksum('')).toBe('cbf29ce484222325');
  expect(checksum('a')).toBe('af63dc4c8601ec8c');
  expect(checksum('foobar')).toBe('85944171f73967e8');
  expect(canonical({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
});
