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

/** How a printer draws a code by itself (hardware.md 2.4). */
export type NativeQr = 'gs-k' | 'gs-k-31' | 'masung' | 'esc-z';

/** Commands of each method for the data in UTF-8, error correction M. */
const nativeCommands: Readonly<Record<NativeQr, (data: Buffer, moduleDots: number) => number[]>> = {
  'gs-k': (data, moduleDots) => storedAndPrinted(data, moduleDots, 0x30),
  // The VKP80III counts from 31 here.
  'gs-k-31': (data, moduleDots) => storedAndPrinted(data, moduleDots, 0x31),
  masung: (data, moduleDots) => [
    ...[0x13, 0x50, 0x48, 1, 1, 0x13, 0x50, 0x48, 2, 1, 0x13, 0x50, 0x48, 3, Math.min(moduleDots, 9)],
    ...[0x13, 0x50, 0x48, 4, ...data, 0, 0x13, 0x50, 0x48, 5],
  ],
  'esc-z': (data, moduleDots) => [
    ...[0x1d, 0x5a, 2, 0x1b, 0x5a, 0, 0x4d, Math.min(moduleDots, 8)],
    ...[data.length & 0xff, data.length >> 8, ...data],
  ],
};

function storedAndPrinted(data: Buffer, moduleDots: number, number: 0x30 | 0x31): number[] {
  const stored = data.length + 3;
  return [
    ...[0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0, 0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, moduleDots],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31],
    ...[0x1d, 0x28, 0x6b, stored & 0xff, stored >> 8, 0x31, 0x50, number, ...data],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, number],
  ];
}

/** The bytes with which a printer draws the code by itself. */
export function nativeQr(method: NativeQr, data: string, moduleDots: number): Uint8Array {
  return Uint8Array.from(nativeCommands[method](Buffer.from(data, 'utf8'), moduleDots));
}

function moduleCount(data: string): number {
  return QRCode.create(data, { errorCorrectionLevel: 'M' }).modules.size;
}
