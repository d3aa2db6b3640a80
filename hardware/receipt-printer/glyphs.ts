import { existsSync } from 'node:fs';

import { cellColumns, receiptCells } from '../../app/domain/receipt/layout.ts';
import { emptyBitmap } from './bitmap.ts';
import type { Bitmap } from './bitmap.ts';
import { baseline, cellDots, drawTexts, lineHeightDots } from './drawing.ts';
import type { LetterStyle } from './drawing.ts';
import { copyDots, HanCells } from './han-cells.ts';
import { findScriptFonts, scriptFontOf, tallBaseline, tallLineDots } from './script-fonts.ts';
import type { ScriptFont } from './script-fonts.ts';

/**
 * Draws one line of text, 12 × 24 dots per column, and twice as high with a script that stacks; what the font lacks
 * becomes 〓. Undefined when it cannot be drawn.
 */
export type LineArtist = (text: string, style: LetterStyle) => Bitmap | undefined;

/** Where Linux distributions install Noto Sans CJK; the technician's manual names the package. */
const fontFiles = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc',
];

/** File of the installed Noto Sans CJK font, if any. */
export function findHanFont(): string | undefined {
  return fontFiles.find((candidate) => existsSync(candidate));
}

/**
 * A line artist on the installed Noto CJK font and the shipped fonts of the scripts of Yunnan, or undefined where there is
 * neither. Without Noto CJK it draws lines of those scripts only.
 */
export function findLineArtist(scriptFontFiles = findScriptFonts()): LineArtist | undefined {
  const file = findHanFont();
  const han = file === undefined ? undefined : new HanCells(file);
  if (!han && scriptFontFiles.length === 0) return undefined;
  return (text, style) => {
    const runs = runsOf(text, scriptFontFiles.length > 0);
    const ofHan = runs.some(({ font, cells }) => !font && cells.join('').trim() !== '');
    return ofHan && !han ? undefined : drawLine(runs, style, han, scriptFontFiles);
  };
}

/** Cells that stand side by side and are drawn with the same font; without `font` with that of Han. */
interface Run {
  font: ScriptFont | undefined;
  /** Where it begins, in columns. */
  column: number;
  cells: string[];
}

function runsOf(text: string, hasScripts: boolean): Run[] {
  const runs: Run[] = [];
  let column = 0;
  for (const cell of receiptCells(text)) {
    const font = hasScripts ? scriptFontOf(cell) : undefined;
    const last = runs.at(-1);
    if (last?.font === font && last) last.cells.push(cell);
    else runs.push({ font, column, cells: [cell] });
    column += cellColumns(cell);
  }
  return runs;
}

function drawLine(
  runs: readonly Run[],
  style: LetterStyle,
  han: HanCells | undefined,
  files: readonly string[],
): Bitmap {
  const tall = runs.some(({ font }) => font);
  const columns = runs.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + cellColumns(cell), 0);
  const size = { width: columns * cellDots, height: tall ? tallLineDots : lineHeightDots };
  // Letters of these scripts join and stack across cells: a run is drawn as one text, in its own widths.
  const texts = runs.flatMap(({ font, column, cells }) =>
    font
      ? [
          {
            x: column * cellDots,
            y: tallBaseline,
            text: cells.join(''),
            family: font.family,
            size: font.size,
          },
        ]
      : [],
  );
  const line = tall
    ? drawTexts(texts, size, style, files)
    : emptyBitmap(size.width * style.scale, size.height * style.scale);
  for (const { font, column, cells } of runs) {
    if (font || !han) continue;
    const top = (tall ? tallBaseline - baseline : 0) * style.scale;
    let left = column * cellDots * style.scale;
    for (const [at, drawn] of han.drawn(cells, style).entries()) {
      copyDots(drawn, line, left, top);
      left += cellColumns(cells[at] ?? '') * cellDots * style.scale;
    }
  }
  return line;
}
