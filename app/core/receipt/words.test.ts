import { describe, expect, test } from 'vitest';

import { LEGAL_AID_PAPERS } from '../../domain/intake/index.ts';
import { calculate, parseParameterTable, type ParameterTable } from '../../domain/compensation/index.ts';
import { interviews } from '../../domain/interview/index.ts';
import { readParameters } from '../../../tools/content/parameters.ts';
import { calculationSlip } from './slips/calculation.ts';
import { intakeSlip } from './slips/intake.ts';
import { wordsIn } from './words.ts';
import intakeEnglish from '../../../locales/en/intake.json' with { type: 'json' };
import receiptEnglish from '../../../locales/en/receipt.json' with { type: 'json' };
import intakeChinese from '../../../locales/zh-CN/intake.json' with { type: 'json' };
import receiptChinese from '../../../locales/zh-CN/receipt.json' with { type: 'json' };

function keysOf(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null
      ? keysOf(inner as object, `${path}${key}.`)
      : [`${path}${key}`],
  );
}

const table = (): ParameterTable => {
  const parsed = parseParameterTable(readParameters('content').table);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
};

test('both languages have the same keys', () => {
  expect(keysOf(receiptEnglish).sort()).toEqual(keysOf(receiptChinese).sort());
  expect(keysOf(intakeEnglish).sort()).toEqual(keysOf(intakeChinese).sort());
});

/** Sheets that between them use each kind of input, item, note, flag and gap. */
const SHEETS: readonly [string, Readonly<Record<string, unknown>>][] = [
  [
    'wi.benefits',
    {
      injury_date: '2026-03-02',
      grade: 5,
      insured: false,
      avg_contrib_wage_fen: 100_000,
      hospital_days: 10,
      medical_fen: 1_000_000,
      medical_paid_by_third_party_fen: 200_000,
      sl_months: '14.5',
      sl_wage_fen: 500_000,
      sl_paid_fen: 100_000,
      sl_nursing_fen: 30_000,
      sl_extension_approved: true,
      nursing_level: 'part',
      contract_end: 'employee_resigns',
      contract_end_date: '2026-10-01',
      hard_to_place: true,
      min_wage_class: 'II',
      occupational_disease: true,
      retired: false,
    },
  ],
  [
    'wi.benefits',
    { injury_date: '2026-03-02', grade: 3, insured: true, avg_contrib_wage_fen: null, nursing_level: 'full' },
  ],
  ['wi.benefits', { injury_date: '2026-03-02', grade: 0, hospital_days: 3 }],
  [
    'wi.death',
    {
      injury_date: '2026-03-02',
      death_date: '2026-05-01',
      death_type: 'accident',
      insured: true,
      avg_contrib_wage_fen: 600_000,
      survivors: [{ relation: 'spouse' }, { relation: 'child' }],
    },
  ],
  ['wi.missing', { accident_date: '2026-02-01', month_wage_fen: 500_000, hardship: true }],
];

describe.each(['zh-CN', 'en'] as const)('slips in %s', (language) => {
  test.each(SHEETS)('%s %j: every word is there', (id, inputs) => {
    const result = calculate(id, inputs, table(), { today: '2026-11-22' });
    if (!result.ok) throw new Error(`${result.failure.code} ${String(result.failure.field)}`);
    const calculation = { ...result.value, info: { ...result.value.info, person_apply_by: '2026-01-01' } };
    const slip = calculationSlip(
      {
        interview: interviews['work-injury'],
        answers: { situation: 'injured', worker: null, injury_date: '2026-03-02' },
        bothSides: false,
        sheets: [
          { label: 'insured', calculation, proof: 'YL1:ABC' },
          { label: 'uninsured', calculation, proof: null },
        ],
        missing: ['missing.grade'],
        remarks: ['two_tracks'],
        times: ['decision_days'],
        ...{ today: '2026-11-22', packIsOld: true },
      },
      wordsIn(language),
      [],
    );
    const text = JSON.stringify(slip.blocks);
    expect(text).not.toMatch(/\{\{|undefined|NaN/);
    expect(text).not.toMatch(
      /"(?:label|text)":"(?:question|section|item|info|flag|note|term|withheld|figure|deadline|stale|variant|remark|time|missing)[._]/,
    );
    expect(slip.blocks.filter(({ kind }) => kind === 'qr')).toEqual([
      { kind: 'qr', data: 'YL1:ABC', caption: wordsIn(language).receipt('proof') },
    ]);
    // The same figure serves both possibilities, and is named once.
    const standards = slip.blocks.filter(
      (block) => block.kind === 'text' && /^(标准：|Standard)/.test(block.text),
    );
    expect(new Set(standards.map((block) => JSON.stringify(block))).size).toBe(standards.length);
  });

  test('the receipt of a pre-application', () => {
    const slip = intakeSlip(
      {
        receiptNumber: '261122-0483-7',
        status: 'saved_not_sent',
        papersHave: ['identity'],
        papersMissing: LEGAL_AID_PAPERS,
      },
      wordsIn(language),
      [],
    );
    expect(JSON.stringify(slip.blocks)).not.toMatch(/paper\.|status\.|section\.|\{\{/);
  });
});
