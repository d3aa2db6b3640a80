import { existsSync } from 'node:fs';

import { Resvg } from '@resvg/resvg-js';

import { cellColumns, receiptCells } from '../../app/domain/receipt/layout.ts';
import { emptyBitmap, setDot } from './bitmap.ts';
import type { Bitmap } from './bitmap.ts';

/**
 * Draws one line of text, 12 × 24 dots per column; what the font lacks becomes 〓. Undefined when nothing can be drawn.
 */
export type LineArtist = (text: string, style: { scale: 1 | 2; bold: boolean }) => Bitmap | undefined;

/** Where Linux distributions install Noto Sans CJK; the technician's manual names the package. */
const fontFiles = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc',
];
/** The family in that font whose ASCII is half as wide as its Han. */
export const hanFontFamily = 'Noto Sans Mono CJK SC';
const cellDots = 12;
const heightDots = 24;
const baseline = 21;
/** Codes that no font draws: shows what the font puts in place of a missing character. */
const never = '\u{10FFFE}';

/** File of the installed Noto Sans CJK font, if any. */
export function findHanFont(): string | undefined {
  return fontFiles.find((candidate) => existsSync(candidate));
}

/** A line artist on the installed Noto CJK font, or undefined where none is installed. */
export function findLineArtist(): LineArtist | undefined {
  const file = findHanFont();
  if (file === undefined) return undefined;
  const known = new Map<string, boolean>();
  let missing: string | undefined;
  const has = (cell: string): boolean => {
    missing ??= inkOf(never, file);
    const drawn = known.get(cell) ?? isDrawn(inkOf(cell, file), missing);
    if (known.size < 500) known.set(cell, drawn);
    return drawn;
  };
  return (text, style) => {
    const cells = receiptCells(text).map((cell) => (cellColumns(cell) === 2 && !has(cell) ? '〓' : cell));
    return drawLine(cells, style, file);
  };
}

function drawLine(cells: readonly string[], style: { scale: 1 | 2; bold: boolean }, file: string): Bitmap {
  let column = 0;
  const marks: string[] = [];
  for (const cell of cells) {
    marks.push(`<text x="${column * cellDots}" y="${baseline}">${escapeXml(cell)}</text>`);
    column += cellColumns(cell);
  }
  return render(marks.join(''), column * cellDots, style, file);
}

function inkOf(cell: string, file: string): string {
  const bitmap = render(
    `<text x="0" y="${baseline}">${escapeXml(cell)}</text>`,
    2 * cellDots,
    { scale: 1, bold: false },
    file,
  );
  return Buffer.from(bitmap.rows).toString('base64');
}

function isDrawn(ink: string, missing: string): boolean {
  return ink !== missing && /[^A=]/.test(ink);
}

function render(marks: string, width: number, style: { scale: 1 | 2; bold: boolean }, file: string): Bitmap {
  const outline = style.bold ? ' stroke="black" stroke-width="0.8"' : '';
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * style.scale}" height="${heightDots * style.scale}" ` +
    `viewBox="0 0 ${width} ${heightDots}"><g font-family="${hanFontFamily}" font-size="24"${outline}>${marks}</g></svg>`;
  const image = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [file] } }).render();
  const { pixels } = image;
  const bitmap = emptyBitmap(image.width, image.height);
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      if ((pixels[(y * image.width + x) * 4 + 3] ?? 0) > 110) setDot(bitmap, x, y);
    }
  }
  return bitmap;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
