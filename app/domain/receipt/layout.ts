import type { ReceiptBlock, ReceiptDocument } from './document.ts';

/** One line of a slip. The text of a line is at most `columns / scale` columns wide. */
export type ReceiptLine =
  | { kind: 'text'; text: string; scale: 1 | 2; bold: boolean; align: 'left' | 'center' }
  | { kind: 'rule' }
  | { kind: 'space' }
  | { kind: 'qr'; data: string };

/** More does not fit a code that a telephone still reads from 58 mm paper; it is printed as text instead. */
const qrLimitBytes = 400;

/** Whether `data` fits a code on paper; longer data is printed as text. */
export const fitsCode = (data: string): boolean => new TextEncoder().encode(data).length <= qrLimitBytes;

const clusters = new Intl.Segmenter('zh', { granularity: 'grapheme' });
/** Marks that must not begin a line, and those that must not end one. */
const closing = /^[，。、；：！？）》〉」』】〕”’…,.;:!?)\]}%℃]/u;
const opening = /[（《〈「『【〔“‘([{]$/u;
const word = /^[\x21-\x7e]$/;
const ink = /[\p{L}\p{N}\p{P}\p{S}\p{M}\p{Zs}]/u;

/**
 * Text fit for paper: composed, one kind of white space, and nothing that a printer could take for a command: control,
 * format and private characters are gone. Line breaks stay.
 */
export function printableText(text: string): string {
  let result = '';
  for (const character of text.normalize('NFC').replace(/\r\n?|[\u2028\u2029]/g, '\n')) {
    if (character === '\n') result += '\n';
    else if (/[\t\p{Zs}]/u.test(character)) result += character === '\u3000' ? character : ' ';
    else if (ink.test(character)) result += character;
  }
  return result;
}

/** The characters of a text as a reader sees them, each to be printed in one cell. */
export function receiptCells(text: string): string[] {
  return Array.from(clusters.segment(text), ({ segment }) => segment);
}

/** Columns a cell takes: one for ASCII, two for everything else, as on a GB18030 printer. */
export function cellColumns(cell: string): 1 | 2 {
  return cell.length === 1 && cell.charCodeAt(0) < 0x80 ? 1 : 2;
}

/** Columns a text takes. */
export function textColumns(text: string): number {
  return receiptCells(text).reduce((sum, cell) => sum + cellColumns(cell), 0);
}

/**
 * Lays a document out for paper that is `columns` ASCII characters wide (48 on 80 mm, 32 on 58 mm). The one source of
 * the preview, the printed bytes and the picture. `small` prints like plain text: the printers have one size of Han.
 */
export function layoutReceipt(document: ReceiptDocument, columns: number): ReceiptLine[] {
  return document.blocks.flatMap((block) => layoutBlock(block, columns));
}

/** The slip as plain text without line wrapping: to be read aloud, searched or compared. */
export function receiptText(document: ReceiptDocument): string {
  return document.blocks.flatMap(blockText).map(printableText).join('\n');
}

function layoutBlock(block: ReceiptBlock, columns: number): ReceiptLine[] {
  switch (block.kind) {
    case 'title':
      return wrap(block.text, columns / 2).map((text) => ({
        kind: 'text',
        text,
        scale: 2,
        bold: true,
        align: 'center',
      }));
    case 'heading':
      return wrap(block.text, columns).map((text) => line(text, true));
    case 'text':
      return wrap(block.text, columns).map((text) => line(text, block.emphasis === 'strong', block.align));
    case 'pair':
      return pairLines(block.label, block.value, columns).map((text) =>
        line(text, block.emphasis === 'strong'),
      );
    case 'steps':
      return block.items.flatMap((item, index) => hanging(`${index + 1}. `, item, columns));
    case 'checklist':
      return block.items.flatMap((item) => hanging('□ ', item, columns));
    case 'rule':
    case 'space':
      return [{ kind: block.kind }];
    case 'qr': {
      const caption =
        block.caption === undefined
          ? []
          : wrap(block.caption, columns).map((text) => line(text, false, 'center'));
      if (fitsCode(block.data)) return [{ kind: 'qr', data: block.data }, ...caption];
      return [...wrap(block.data, columns).map((text) => line(text, false)), ...caption];
    }
  }
}

function blockText(block: ReceiptBlock): string[] {
  switch (block.kind) {
    case 'title':
    case 'heading':
    case 'text':
      return [block.text];
    case 'pair':
      return [`${block.label} ${block.value}`];
    case 'steps':
      return block.items.map((item, index) => `${index + 1}. ${item}`);
    case 'checklist':
      return block.items.map((item) => `□ ${item}`);
    case 'rule':
    case 'space':
      return [];
    case 'qr':
      return block.caption === undefined ? [] : [block.caption];
  }
}

function line(text: string, bold: boolean, align: 'left' | 'center' = 'left'): ReceiptLine {
  return { kind: 'text', text, scale: 1, bold, align };
}

function hanging(mark: string, item: string, columns: number): ReceiptLine[] {
  const indent = textColumns(mark);
  return wrap(item, columns - indent).map((text, index) =>
    line((index === 0 ? mark : ' '.repeat(indent)) + text, false),
  );
}

/** The value stands at the right edge of the label's last line, or on lines of its own when both do not fit. */
function pairLines(label: string, value: string, columns: number): string[] {
  const labels = wrap(label, columns);
  const values = wrap(value, columns);
  const last = labels.at(-1) ?? '';
  const first = values[0] ?? '';
  const gap = columns - textColumns(last) - textColumns(first);
  const right = (text: string): string => ' '.repeat(Math.max(0, columns - textColumns(text))) + text;
  if (values.length > 1 || gap < 1) return [...labels, ...values.map(right)];
  return [...labels.slice(0, -1), last + ' '.repeat(gap) + first];
}

/** Lines of at most `columns` columns; breaks at spaces, else anywhere but inside a word or before closing marks. */
function wrap(text: string, columns: number): string[] {
  return printableText(text)
    .split('\n')
    .flatMap((paragraph) => wrapParagraph(paragraph.trimEnd(), columns));
}

function wrapParagraph(paragraph: string, columns: number): string[] {
  const lines: string[] = [];
  let current: string[] = [];
  let width = 0;
  for (const cell of receiptCells(paragraph)) {
    if (width + cellColumns(cell) > columns) {
      if (cell === ' ') continue;
      const rest = current.splice(breakPoint(current, cell));
      lines.push(current.join('').trimEnd());
      while (rest[0] === ' ') rest.shift();
      current = rest;
      width = rest.reduce((sum, each) => sum + cellColumns(each), 0);
    }
    current.push(cell);
    width += cellColumns(cell);
  }
  return [...lines, current.join('').trimEnd()];
}

/** Where to cut the full line `cells` before `next`: at the end if allowed there, else a little earlier. */
function breakPoint(cells: readonly string[], next: string): number {
  for (let at = cells.length; at > cells.length / 2; at -= 1) {
    const before = cells[at - 1] ?? '';
    const after = cells[at] ?? next;
    const insideWord = word.test(before) && word.test(after);
    if (!insideWord && !closing.test(after) && !opening.test(before)) return at;
  }
  return cells.length;
}
