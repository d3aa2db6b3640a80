import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ReceiptDocument } from './document.ts';
import { layoutReceipt, printableText, receiptText, textColumns } from './layout.ts';

const documentOf = (...blocks: ReceiptDocument['blocks'][number][]): ReceiptDocument => ({
  title: '小票',
  blocks,
});
const texts = (document: ReceiptDocument, columns: number): string[] =>
  layoutReceipt(document, columns).map((line) => (line.kind === 'text' ? line.text : line.kind));

describe('receipt layout', () => {
  it('sets a pair at both edges', () => {
    const [text] = texts(documentOf({ kind: 'pair', label: '一次性伤残补助金', value: '63,000.00 元' }), 32);
    expect(text).toBe('一次性伤残补助金    63,000.00 元');
    expect(textColumns(text!)).toBe(32);
  });

  it('moves a value that does not fit to a line of its own', () => {
    expect(
      texts(documentOf({ kind: 'pair', label: '一次性工伤医疗补助金合计', value: '1,263,000.00 元' }), 32),
    ).toEqual(['一次性工伤医疗补助金合计', ' '.repeat(17) + '1,263,000.00 元']);
  });

  it('wraps Han by two columns and hangs numbered steps', () => {
    expect(texts(documentOf({ kind: 'steps', items: ['带上身份证和劳动合同到仲裁委员会立案'] }), 20)).toEqual(
      ['1. 带上身份证和劳动', '   合同到仲裁委员会', '   立案'],
    );
  });

  it('starts no line with a closing mark and cuts no number', () => {
    expect(texts(documentOf({ kind: 'text', text: '请在三十日内申请，逾期' }), 16)).toEqual([
      '请在三十日内申',
      '请，逾期',
    ]);
    expect(texts(documentOf({ kind: 'text', text: '请拨打电话号码 12348 咨询' }), 18)).toEqual([
      '请拨打电话号码',
      '12348 咨询',
    ]);
  });

  it('cannot be made to command the printer', () => {
    expect(printableText('张\x1B@三\x10\x04\x01\u0085\u200E\uE000')).toBe('张@三');
    const every = Array.from({ length: 160 }, (_, code) => String.fromCharCode(code)).join('');
    expect(texts(documentOf({ kind: 'text', text: every }), 48).join('')).not.toMatch(/\p{C}/u);
  });

  it('prints as text what is too long for a code', () => {
    const lines = layoutReceipt(documentOf({ kind: 'qr', data: 'x'.repeat(401), caption: '扫码' }), 48);
    expect(lines.every((line) => line.kind === 'text')).toBe(true);
  });

  it('reads the slip as plain text', () => {
    const document = documentOf(
      { kind: 'title', text: '工伤待遇' },
      { kind: 'pair', label: '合计', value: '1 元' },
      { kind: 'rule' },
      { kind: 'checklist', items: ['身份证'] },
      { kind: 'qr', data: 'https://example.invalid', caption: '12348' },
    );
    expect(receiptText(document)).toBe('工伤待遇\n合计 1 元\n□ 身份证\n12348');
  });

  it('never exceeds the paper and loses no ink', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'云岭，。（《ab 1é𠮷\n', 'e\u0301', '👨‍👩‍👧'),
      maxLength: 120,
    });
    fc.assert(
      fc.property(text, fc.constantFrom(32, 48), (value, columns) => {
        const lines = texts(documentOf({ kind: 'text', text: value }), columns);
        for (const each of lines) expect(textColumns(each)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replace(/ /g, '')).toBe(printableText(value).replace(/[ \n]/g, ''));
      }),
      { numRuns: 500 },
    );
  });
});
