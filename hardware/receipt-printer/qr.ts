import QRCode from 'qrcode';

import { emptyBitmap, setDot } from './bitmap.ts';
import type { Bitmap } from './bitmap.ts';

const quietModules = 4;

/** Dots of one module so that the code with its quiet zone fits the paper; modules are never under 3 dots. */
export function qrModuleDots(data: string, wish: number, paperDots: number): number {
  return Math.max(3, Math.min(wish, Math.floor(paperDots / (moduleCount(data) + 2 * quietModules))));
}

/** Height in dots of the printed code with its quiet zone. */
export function qrHeightDots(data: string, moduleDots: number): number {
  return (moduleCount(data) + 2 * quietModules) * moduleDots;
}

/** The code drawn, error correction M, with a quiet zone of four modules. */
export function drawQr(data: string, moduleDots: number): Bitmap {
  const { modules } = QRCode.create(data, { errorCorrectionLevel: 'M' });
  const side = (modules.size + 2 * quietModules) * moduleDots;
  const bitmap = emptyBitmap(side, side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const row = Math.floor(y / moduleDots) - quietModules;
      const column = Math.floor(x / moduleDots) - quietModules;
      if (row < 0 || column < 0 || row >= modules.size || column >= modules.size) continue;
      if (modules.get(row, column)) setDot(bitmap, x, y);
    }
  }
  return bitmap;
}

function moduleCount(data: string): number {
  return QRCode.create(data, { errorCorrectionLevel: 'M' }).modules.size;
}
