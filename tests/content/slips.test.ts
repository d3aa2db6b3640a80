import { expect, test } from 'vitest';

import { answerSlip } from '../../app/core/receipt/slips/answer.ts';
import { ending } from '../../app/core/receipt/slips/ending.ts';
import { guideSlip } from '../../app/core/receipt/slips/guide.ts';
import { wordsIn } from '../../app/core/receipt/words.ts';
import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { printLayout, shippedPrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { library } from '../e2e/fixtures/library.ts';

const LONGEST_MM = 300;

const words = wordsIn('zh-CN');
const lines = [words.receipt('contentAsOf', { pack: 'starter 2026-11-22.01234567', date: '2026-11-22' })];
const end = ending(words, { today: '2026-11-22', site: '昆明南站 2 楼候车厅', lines });

function lengthOf(document: ReceiptDocument): number {
  const profile = shippedPrinterProfile('generic-80mm');
  if (!profile.ok) throw new Error(profile.failure);
  return printLayout(document, profile.value).lengthMm;
}

const tooLong = (slips: readonly { id: string; document: ReceiptDocument }[]) =>
  slips
    .map(({ id, document }) => ({ id, mm: lengthOf(document) }))
    .filter(({ mm }) => mm > LONGEST_MM)
    .map(({ id, mm }) => `${id}: ${mm} mm`);

const { answers, guides } = library;

test('every answer fits on a slip of 30 cm', () => {
  expect(answers.length).toBeGreaterThan(0);
  expect(
    tooLong(answers.map((answer) => ({ id: answer.id, document: answerSlip(answer, words, end) }))),
  ).toEqual([]);
});

test('every guide fits on a slip of 30 cm', () => {
  expect(guides.length).toBeGreaterThan(0);
  expect(tooLong(guides.map((guide) => ({ id: guide.id, document: guideSlip(guide, words, end) })))).toEqual(
    [],
  );
});
