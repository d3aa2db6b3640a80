import { Resvg } from '@resvg/resvg-js';

import { emptyBitmap, setDot } from './bitmap.ts';
import type { Bitmap } from './bitmap.ts';

/** How letters are drawn; twice as large with scale 2. */
export interface LetterStyle {
  scale: 1 | 2;
  bold: boolean;
}

/** One text at its place in a picture, from the left edge and the base line. */
export interface DrawnText {
  x: number;
  y: number;
  text: string;
  family: string;
  /** Letter size in dots. */
  size: number;
}

/** Where a line of letters stands in its height, in dots from above. */
export const baseline = 21;
/** Dots of a column, and of a line. */
export const cellDots = 12;
export const lineHeightDots = 24;

/** More than this of a dot is ink; the scale is 0 to 255. */
const inkFrom = 110;

/** Draws texts with the fonts in these files. Each call reads them anew: the fewer calls, the better. */
export function drawTexts(
  texts: readonly DrawnText[],
  { width, height }: { width: number; height: number },
  style: LetterStyle,
  files: readonly string[],
): Bitmap {
  const outline = style.bold ? ' stroke="black" stroke-width="0.8"' : '';
  const marks = texts.map(
    ({ x, y, text, family, size }) =>
      `<text x="${x}" y="${y}" font-family="${family}" font-size="${size}">${escapeXml(text)}</text>`,
  );
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * style.scale}" height="${height * style.scale}" ` +
    `viewBox="0 0 ${width} ${height}"><g${outline}>${marks.join('')}</g></svg>`;
  const image = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [...files] } }).render();
  const { pixels } = image;
  const bitmap = emptyBitmap(image.width, image.height);
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      if ((pixels[(y * image.width + x) * 4 + 3] ?? 0) > inkFrom) setDot(bitmap, x, y);
    }
  }
  return bitmap;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
