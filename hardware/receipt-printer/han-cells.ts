import { cellColumns } from '../../app/domain/receipt/layout.ts';
import type { Bitmap } from './bitmap.ts';
import { emptyBitmap, setDot, dotAt } from './bitmap.ts';
import { baseline, cellDots, drawTexts, lineHeightDots } from './drawing.ts';
import type { LetterStyle } from './drawing.ts';

/** The family in the Han font whose ASCII is half as wide as its Han. */
export const hanFontFamily = 'Noto Sans Mono CJK SC';
/** Codes that no font draws: shows what the font puts in place of a missing character. */
const never = '\u{10FFFE}';
const missingMark = '〓';
/** Thousands of characters stand on slips, and each is kept in some hundred bytes. */
const keptCells = 4000;

/**
 * Cells drawn with the Han font, kept once drawn: such letters neither join nor stack, and the font is so large that each
 * of them takes some milliseconds.
 */
export class HanCells {
  readonly #file: string;
  readonly #kept = new Map<string, Bitmap>();

  constructor(file: string) {
    this.#file = file;
  }

  /** The cells side by side at their columns; what the font lacks becomes 〓. */
  drawn(cells: readonly string[], style: LetterStyle): Bitmap[] {
    if (this.#kept.size > keptCells) this.#kept.clear();
    const key = (cell: string): string => `${style.scale}${style.bold ? 'b' : ''} ${cell}`;
    const wanted = [...new Set([...cells, never, missingMark])].filter((cell) => !this.#kept.has(key(cell)));
    for (const [at, bitmap] of this.#draw(wanted, style).entries())
      this.#kept.set(key(wanted[at] ?? ''), bitmap);
    const kept = (cell: string): Bitmap => this.#kept.get(key(cell)) ?? emptyBitmap(0, 0);
    const missing = inkOf(kept(never));
    return cells.map((cell) => {
      const ink = inkOf(kept(cell));
      const lacks = cellColumns(cell) === 2 && (ink === missing || !/[^A=]/.test(ink));
      return kept(lacks ? missingMark : cell);
    });
  }

  /** Draws cells in one row, each in the room of a wide one, and cuts the row up. */
  #draw(cells: readonly string[], style: LetterStyle): Bitmap[] {
    if (cells.length === 0) return [];
    const wide = 2 * cellDots;
    const row = drawTexts(
      cells.map((text, at) => ({ text, x: at * wide, y: baseline, family: hanFontFamily, size: 24 })),
      { width: cells.length * wide, height: lineHeightDots },
      style,
      [this.#file],
    );
    return cells.map((_, at) => cutOut(row, at * wide * style.scale, wide * style.scale));
  }
}

/** Copies the black dots of a picture into another, its left upper corner at this place. */
export function copyDots(from: Bitmap, to: Bitmap, left: number, top: number): void {
  for (let y = 0; y < from.height; y += 1)
    for (let x = 0; x < from.width; x += 1) if (dotAt(from, x, y)) setDot(to, left + x, top + y);
}

function cutOut(row: Bitmap, left: number, width: number): Bitmap {
  const cell = emptyBitmap(width, row.height);
  for (let y = 0; y < row.height; y += 1)
    for (let x = 0; x < width; x += 1) if (dotAt(row, left + x, y)) setDot(cell, x, y);
  return cell;
}

const inkOf = (bitmap: Bitmap): string => Buffer.from(bitmap.rows).toString('base64');
