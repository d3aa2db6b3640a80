import jsQR from 'jsqr';

import { dotAt } from './bitmap.ts';
import type { Bitmap } from './bitmap.ts';

/** What stands on one line of a simulated slip. */
export type SlipLine =
  | { kind: 'text'; text: string; scale: 1 | 2; bold: boolean; align: 'left' | 'center' }
  | { kind: 'blank' }
  /** `rows` in base64; `qr` is what a telephone would read in the picture. */
  | { kind: 'raster'; width: number; height: number; rows: string; align: 'left' | 'center'; qr?: string }
  | { kind: 'qr'; data: string };

/** A slip as it lies in the tray. */
export interface Slip {
  lines: readonly SlipLine[];
  /** False while it still hangs on the roll. */
  cut: boolean;
}

/** What a telephone reads in the picture, if anything. */
export function readQr(bitmap: Bitmap): string | undefined {
  if (bitmap.width === 0 || bitmap.height === 0) return undefined;
  const pixels = new Uint8ClampedArray(bitmap.width * bitmap.height * 4);
  for (let y = 0; y < bitmap.height; y += 1) {
    for (let x = 0; x < bitmap.width; x += 1) {
      pixels.fill(dotAt(bitmap, x, y) ? 0 : 255, (y * bitmap.width + x) * 4, (y * bitmap.width + x) * 4 + 4);
    }
  }
  return jsQR(pixels, bitmap.width, bitmap.height)?.data;
}
