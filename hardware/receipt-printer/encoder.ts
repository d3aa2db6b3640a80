import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { layoutReceipt, receiptCells } from '../../app/domain/receipt/layout.ts';
import type { ReceiptLine } from '../../app/domain/receipt/layout.ts';
import type { Bitmap } from './bitmap.ts';
import type { LineArtist } from './glyphs.ts';
import type { PrintLayout } from './port.ts';
import { cellBytes, gapFor, lineBytes } from './printer-text.ts';
import { dotsPerMm } from './profile.ts';
import type { PrinterProfile } from './profile.ts';
import { drawQr, qrHeightDots, qrModuleDots } from './qr.ts';
import { scriptFontOf, tallLineDots } from './script-fonts.ts';

/** Slack below the text, where the blade stands above the head: 5 lines on printers that do not feed by themselves. */
const feedLines = 5;
const inkDots = 24;
/** After so long the printer takes an untaken slip back by itself. */
export const retractSeconds = 30;
/** Bytes of one raster command, so that the printer can be asked in between. */
const rasterBytes = 2000;

/**
 * Ends whatever command an interrupted slip broke off in: longer than any piece we send, white inside a picture and
 * without meaning elsewhere. Until then the printer may take our questions for the missing bytes.
 */
export const commandFiller = new Uint8Array(rasterBytes + 100);

/** Automatic status off: its frames differ per brand and would mix with the answers. */
export const automaticStatusOff = Uint8Array.of(0x1d, 0x61, 0x00);
/** Asks for the paper sensors; answered only when all before it is worked off. */
export const paperSensorRequest = Uint8Array.of(0x1d, 0x72, 0x01);

/**
 * The bytes of one slip, in pieces between which the printer may be asked for its state. A line with a character that
 * the printer's font lacks is drawn whole; without an artist the character becomes 〓.
 */
export function encodeReceipt(
  lines: readonly ReceiptLine[],
  profile: PrinterProfile,
  artist?: LineArtist,
): Uint8Array[] {
  return [
    // Initialise, Chinese mode, our own line feed.
    Uint8Array.of(0x1b, 0x40, ...chineseMode(profile), 0x1b, 0x33, profile.lineDots),
    ...lines.flatMap((line) => encodeLine(line, profile, artist)),
    ejectSlip(profile),
  ];
}

/** Chinese mode without gaps between Han; a printer without such a font does not know the commands. */
function chineseMode({ fontRom }: PrinterProfile): number[] {
  return fontRom === 'ascii' ? [] : [0x1c, 0x26, 0x1c, 0x53, 0x00, 0x00];
}

/** Gets rid of what an interrupted slip left in the printer, apart from the next one. */
export function ejectRemains(profile: PrinterProfile): Uint8Array {
  return Buffer.concat([commandFiller, Uint8Array.of(0x0a), ejectSlip(profile)]);
}

/** Feeds the slip out, cuts it off and holds it out. */
export function ejectSlip(profile: PrinterProfile): Uint8Array {
  const presented = profile.presenter === 'gs-e' ? [0x1d, 0x65, 0x03, profile.presentSteps] : [];
  return Uint8Array.of(...cutOff(profile), ...presented);
}

function cutOff({ cut, presentSteps }: PrinterProfile): number[] {
  switch (cut) {
    case 'gs-v-66':
      return [0x1d, 0x56, 0x42, 0x00];
    case 'gs-v-1':
      return [0x1b, 0x64, feedLines, 0x1d, 0x56, 0x01];
    case 'fs-p':
      return [0x1b, 0x64, feedLines, 0x1c, 0x50, presentSteps, 0x01, 0x52, retractSeconds];
    case 'tear-bar':
      return [0x1b, 0x64, feedLines];
  }
}

/** The slip as it will stand on this printer's paper; the length in whole millimetres. */
export function printLayout(document: ReceiptDocument, profile: PrinterProfile): PrintLayout {
  const lines = layoutReceipt(document, profile.columns);
  const dots = lines.reduce((sum, line) => sum + lineHeightDots(line, profile), feedLines * profile.lineDots);
  return { lines, widthMm: profile.paperMm, lengthMm: Math.ceil(dots / dotsPerMm) };
}

function lineHeightDots(line: ReceiptLine, profile: PrinterProfile): number {
  if (line.kind === 'text') {
    const ink = receiptCells(line.text).some(scriptFontOf) ? tallLineDots : inkDots;
    return profile.lineDots - inkDots + ink * line.scale;
  }
  if (line.kind === 'qr')
    return qrHeightDots(line.data, qrModuleDots(line.data, profile.qrModuleDots, profile.dots));
  return profile.lineDots;
}

function encodeLine(
  line: ReceiptLine,
  profile: PrinterProfile,
  artist: LineArtist | undefined,
): Uint8Array[] {
  switch (line.kind) {
    case 'space':
      return [Uint8Array.of(0x0a)];
    case 'rule':
      return [Buffer.from(`${'-'.repeat(profile.columns)}\n`, 'latin1')];
    case 'qr':
      return encodeQr(line.data, profile);
    case 'text':
      return encodeText(line, profile, artist);
  }
}

function encodeText(
  line: ReceiptLine & { kind: 'text' },
  profile: PrinterProfile,
  artist: LineArtist | undefined,
): Uint8Array[] {
  const align = line.align === 'center' ? 1 : 0;
  const whole = lineBytes(line.text, profile.fontRom);
  if (!whole) {
    const drawn = artist?.(line.text, line);
    if (drawn && drawn.width <= profile.dots) {
      const gap = Uint8Array.of(0x1b, 0x4a, profile.lineDots - inkDots);
      return [...encodeRaster(drawn, align), gap];
    }
  }
  const text =
    whole ??
    Buffer.concat(
      receiptCells(line.text).map((cell) => cellBytes(cell, profile.fontRom) ?? gapFor(cell, profile)),
    );
  const double = line.scale === 2;
  const feed = double ? profile.lineDots + inkDots : profile.lineDots;
  const style = Buffer.from([
    ...[0x1b, 0x61, align, 0x1b, 0x45, line.bold ? 1 : 0, 0x1b, 0x33, feed],
    // ASCII and Han are sized by different commands.
    ...[0x1d, 0x21, double ? 0x11 : 0x00, ...hanSize(profile, double ? 0x0c : 0x00)],
  ]);
  return [Buffer.concat([style, text, Buffer.from([0x0a, ...plainStyle(profile)])])];
}

function plainStyle(profile: PrinterProfile): number[] {
  return [0x1b, 0x61, 0, 0x1b, 0x45, 0, 0x1b, 0x33, profile.lineDots, 0x1d, 0x21, 0, ...hanSize(profile, 0)];
}

function hanSize({ fontRom }: PrinterProfile, size: number): number[] {
  return fontRom === 'ascii' ? [] : [0x1c, 0x21, size];
}

function encodeQr(data: string, profile: PrinterProfile): Uint8Array[] {
  const moduleDots = qrModuleDots(data, profile.qrModuleDots, profile.dots);
  // Control bytes inside a stored code could act as real-time commands.
  if (profile.qr === 'raster' || /\p{Cc}/u.test(data)) return encodeRaster(drawQr(data, moduleDots), 1);
  const bytes = Buffer.from(data, 'utf8');
  const stored = bytes.length + 3;
  const native = Buffer.from([
    ...[0x1b, 0x61, 1, 0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, moduleDots, 0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31],
    ...[0x1d, 0x28, 0x6b, stored & 0xff, stored >> 8, 0x31, 0x50, 0x30, ...bytes],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30, 0x1b, 0x61, 0],
  ]);
  return [native];
}

/** Raster commands (GS v 0) of a picture, split in slices. */
function encodeRaster(picture: Bitmap, align: 0 | 1): Uint8Array[] {
  const bitmap = withoutRealTimeCommands(picture);
  const rowBytes = bitmap.width / 8;
  const sliceRows = Math.max(8, Math.floor(rasterBytes / rowBytes));
  const slices: Uint8Array[] = [];
  for (let row = 0; row < bitmap.height; row += sliceRows) {
    const rows = Math.min(sliceRows, bitmap.height - row);
    slices.push(
      Buffer.concat([
        Buffer.from([
          0x1b,
          0x61,
          align,
          0x1d,
          0x76,
          0x30,
          0,
          rowBytes & 0xff,
          rowBytes >> 8,
          rows & 0xff,
          rows >> 8,
        ]),
        bitmap.rows.subarray(row * rowBytes, (row + rows) * rowBytes),
        Buffer.from([0x1b, 0x61, 0]),
      ]),
    );
  }
  return slices;
}

/** Some firmware obeys 10 04 n and 10 14 even inside a picture: the picture is moved by a dot until it has none. */
function withoutRealTimeCommands(bitmap: Bitmap): Bitmap {
  let moved = bitmap;
  for (let dots = 0; dots < 8; dots += 1) {
    if (!hasRealTimeCommand(moved.rows)) return moved;
    moved = movedRight(moved);
  }
  return moved;
}

function hasRealTimeCommand(bytes: Uint8Array): boolean {
  return bytes.some((byte, at) => {
    const next = bytes[at + 1];
    if (byte !== 0x10 || next === undefined) return false;
    const third = bytes[at + 2] ?? 0;
    return (
      next === 0x14 || next === 0x05 || (next === 0x04 && ((third >= 1 && third <= 5) || third === 0x14))
    );
  });
}

/** Shifts by one dot; what leaves at the right edge comes in at the left of the same row, where both are margin. */
function movedRight(bitmap: Bitmap): Bitmap {
  const rowBytes = bitmap.width / 8;
  const rows = new Uint8Array(bitmap.rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const from = at % rowBytes === 0 ? at + rowBytes - 1 : at - 1;
    rows[at] = ((bitmap.rows[at] ?? 0) >> 1) | (((bitmap.rows[from] ?? 0) & 1) << 7);
  }
  return { ...bitmap, rows };
}
