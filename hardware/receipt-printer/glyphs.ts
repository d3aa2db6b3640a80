import { existsSync } from 'node:fs';

import { Resvg } from '@resvg/resvg-js';

import { cellColumns, receiptCells } from '../../app/domain/receipt/layout.ts';
import { emptyBitmap, setDot } from './bitmap.ts';
import type { Bitmap } from './bitmap.ts';
import { findScriptFonts, scriptFontOf, tallBaseline, tallLineDots } from './script-fonts.ts';
import type { ScriptFont } from './script-fonts.ts';

/**
 * Draws one line of text, 12 × 24 dots per column, and twice as high with a script that stacks; what the font lacks
 * becomes 〓. Undefined when it cannot be drawn.
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

/**
 * A line artist on the installed Noto CJK font and the shipped fonts of the scripts of Yunnan, or undefined where there is
 * neither. Without Noto CJK it draws lines of those scripts only.
 */
export function findLineArtist(scriptFontFiles = findScriptFonts()): LineArtist | undefined {
  const han = findHanFont();
  const files = [...(han === undefined ? [] : [han]), ...scriptFontFiles];
  if (files.length === 0) return undefined;
  const known = new Map<string, boolean>();
  let missing: string | undefined;
  const has = (cell: string): boolean => {
    missing ??= inkOf(never, files);
    const drawn = known.get(cell) ?? isDrawn(inkOf(cell, files), missing);
    if (known.size < 500) known.set(cell, drawn);
    return drawn;
  };
  return (text, style) => {
    const runs = runsOf(text, scriptFontFiles.length > 0);
    if (han === undefined && runs.some(({ font, cells }) => !font && cells.join('').trim() !== ''))
      return undefined;
    return drawLine(
      runs.map((run) =>
        run.font
          ? run
          : { ...run, cells: run.cells.map((cell) => (cellColumns(cell) === 2 && !has(cell) ? '〓' : cell)) },
      ),
      style,
      files,
    );
  };
}

/** Cells that stand side by side and are drawn with the same font; without `font` with that of Han. */
interface Run {
  font: ScriptFont | undefined;
  cells: string[];
}

function runsOf(text: string, hasScripts: boolean): Run[] {
  const runs: Run[] = [];
  for (const cell of receiptCells(text)) {
    const font = hasScripts ? scriptFontOf(cell) : undefined;
    const last = runs.at(-1);
    if (last?.font === font && last) last.cells.push(cell);
    else runs.push({ font, cells: [cell] });
  }
  return runs;
}

function drawLine(
  runs: readonly Run[],
  style: { scale: 1 | 2; bold: boolean },
  files: readonly string[],
): Bitmap {
  const tall = runs.some(({ font }) => font);
  const y = tall ? tallBaseline : baseline;
  let column = 0;
  const marks: string[] = [];
  for (const { font, cells } of runs) {
    // Letters of these scripts join and stack across cells: the run is drawn as one text, in its own widths.
    if (font) {
      const attributes = `font-family="${font.family}" font-size="${font.size}"`;
      marks.push(`<text x="${column * cellDots}" y="${y}" ${attributes}>${escapeXml(cells.join(''))}</text>`);
    }
    for (const cell of cells) {
      if (!font) marks.push(`<text x="${column * cellDots}" y="${y}">${escapeXml(cell)}</text>`);
      column += cellColumns(cell);
    }
  }
  const size = { width: column * cellDots, height: tall ? tallLineDots : heightDots };
  return render(marks.join(''), size, style, files);
}

function inkOf(cell: string, files: readonly string[]): string {
  const bitmap = render(
    `<text x="0" y="${baseline}">${escapeXml(cell)}</text>`,
    { width: 2 * cellDots, height: heightDots },
    { scale: 1, bold: false },
    files,
  );
  return Buffer.from(bitmap.rows).toString('base64');
}

function isDrawn(ink: string, missing: string): boolean {
  return ink !== missing && /[^A=]/.test(ink);
}

function render(
  marks: string,
  { width, height }: { width: number; height: number },
  style: { scale: 1 | 2; bold: boolean },
  files: readonly string[],
): Bitmap {
  const outline = style.bold ? ' stroke="black" stroke-width="0.8"' : '';
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * style.scale}" height="${height * style.scale}" ` +
    `viewBox="0 0 ${width} ${height}"><g font-family="${hanFontFamily}" font-size="24"${outline}>${marks}</g></svg>`;
  const image = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [...files] } }).render();
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
