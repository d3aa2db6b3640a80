import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { layoutReceipt, receiptCells } from '../../app/domain/receipt/layout.ts';
import type { ReceiptLine } from '../../app/domain/receipt/layout.ts';
import type { LineArtist } from './glyphs.ts';
import type { PrintLayout } from './port.ts';
import { cellBytes, gapFor, lineBytes } from './printer-text.ts';
import { dotsPerMm } from './profile.ts';
import type { PrinterProfile } from './profile.ts';
import { drawQr, nativeQr, qrHeightDots, qrModuleDots } from './qr.ts';
import { encodeRaster, rasterBytes } from './raster.ts';
import { scriptFontOf, tallLineDots } from './script-fonts.ts';

/** Slack below the text, where the blade stands above the head: 5 lines on printers that do not feed by themselves. */
const feedLines = 5;
const inkDots = 24;
/** After so long the printer takes an untaken slip back by itself. */
export const retractSeconds = 30;
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
  const plain = plainSetting(profile);
  // Initialise, Chinese mode, our own line feed.
  const pieces: Uint8Array[] = [
    Uint8Array.of(0x1b, 0x40, ...chineseMode(profile), 0x1b, 0x33, profile.lineDots),
  ];
  let setting = plain;
  for (const line of lines) {
    const { wanted, bytes } = encodeLine(line, profile, artist);
    const [first = new Uint8Array(), ...rest] = bytes;
    pieces.push(Buffer.concat([settingBytes(setting, wanted, profile), first]), ...rest);
    setting = wanted;
  }
  return [...pieces, Buffer.concat([settingBytes(setting, plain, profile), ejectSlip(profile)])];
}

/** How the printer sets the next line; it stays so until told otherwise. */
interface Setting {
  align: 0 | 1;
  bold: boolean;
  double: boolean;
  feedDots: number;
}

function plainSetting({ lineDots }: PrinterProfile): Setting {
  return { align: 0, bold: false, double: false, feedDots: lineDots };
}

/** Only what changes: bytes that say nothing new take their time on the line and their room in the printer's buffer. */
function settingBytes(from: Setting, to: Setting, profile: PrinterProfile): Uint8Array {
  const size = to.double
    ? [0x1d, 0x21, 0x11, ...hanSize(profile, 0x0c)]
    : [0x1d, 0x21, 0, ...hanSize(profile, 0)];
  return Uint8Array.of(
    ...(from.align === to.align ? [] : [0x1b, 0x61, to.align]),
    ...(from.bold === to.bold ? [] : [0x1b, 0x45, to.bold ? 1 : 0]),
    ...(from.feedDots === to.feedDots ? [] : [0x1b, 0x33, to.feedDots]),
    // ASCII and Han are sized by different commands.
    ...(from.double === to.double ? [] : size),
  );
}

/** Chinese mode without gaps between Han; a printer without such a font does not know the commands. */
function chineseMode({ fontRom }: PrinterProfile): number[] {
  return fontRom === 'ascii' ? [] : [0x1c, 0x26, 0x1c, 0x53, 0x00, 0x00];
}

/** Gets rid of what an interrupted slip left in the printer, apart from the next one. */
export function ejectRemains(profile: PrinterProfile): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x0a), ejectSlip(profile)]);
}

/** Feeds the slip out, cuts it off and holds it out. */
export function ejectSlip(profile: PrinterProfile): Uint8Array {
  const presented = profile.presenter === 'gs-e' ? [0x1d, 0x65, 0x03, profile.presentSteps] : [];
  return Uint8Array.of(...cutOff(profile), ...presented);
}

function cutOff({ cut, presentSteps, lineDots }: PrinterProfile): number[] {
  // A cancelled slip may end in a line of double height.
  const feed = [0x1b, 0x33, lineDots, 0x1b, 0x64, feedLines];
  switch (cut) {
    case 'gs-v-66':
      return [0x1d, 0x56, 0x42, 0x00];
    case 'gs-v-0':
      return [...feed, 0x1d, 0x56, 0x00];
    case 'gs-v-1':
      return [...feed, 0x1d, 0x56, 0x01];
    // MASUNG wants a byte behind each, which means nothing elsewhere.
    case 'esc-i':
      return [...feed, 0x1b, 0x69, 0x00];
    case 'esc-m':
      return [...feed, 0x1b, 0x6d, 0x01];
    case 'fs-p':
      return [...feed, 0x1c, 0x50, presentSteps, 0x01, 0x52, retractSeconds];
    case 'tear-bar':
      return feed;
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

/** A line as the printer takes it, and the setting that it wants. */
interface EncodedLine {
  wanted: Setting;
  bytes: Uint8Array[];
}

function encodeLine(line: ReceiptLine, profile: PrinterProfile, artist: LineArtist | undefined): EncodedLine {
  const wanted = plainSetting(profile);
  switch (line.kind) {
    case 'space':
      return { wanted, bytes: [Uint8Array.of(0x0a)] };
    case 'rule':
      return { wanted, bytes: [Buffer.from(`${'-'.repeat(profile.columns)}\n`, 'latin1')] };
    case 'qr':
      return { wanted: { ...wanted, align: 1 }, bytes: encodeQr(line.data, profile) };
    case 'text':
      return encodeText(line, profile, artist);
  }
}

function encodeText(
  line: ReceiptLine & { kind: 'text' },
  profile: PrinterProfile,
  artist: LineArtist | undefined,
): EncodedLine {
  const wanted: Setting = { ...plainSetting(profile), align: line.align === 'center' ? 1 : 0 };
  const whole = lineBytes(line.text, profile.fontRom);
  if (!whole) {
    const drawn = artist?.(line.text, line);
    if (drawn && drawn.width <= profile.dots) {
      const gap = Uint8Array.of(0x1b, 0x4a, profile.lineDots - inkDots);
      return { wanted, bytes: [...encodeRaster(drawn), gap] };
    }
  }
  const text =
    whole ??
    Buffer.concat(
      receiptCells(line.text).map((cell) => cellBytes(cell, profile.fontRom) ?? gapFor(cell, profile)),
    );
  const double = line.scale === 2;
  const feedDots = double ? profile.lineDots + inkDots : profile.lineDots;
  return {
    wanted: { ...wanted, bold: line.bold, double, feedDots },
    bytes: [Buffer.concat([text, Uint8Array.of(0x0a)])],
  };
}

function hanSize({ fontRom }: PrinterProfile, size: number): number[] {
  return fontRom === 'ascii' ? [] : [0x1c, 0x21, size];
}

function encodeQr(data: string, profile: PrinterProfile): Uint8Array[] {
  const moduleDots = qrModuleDots(data, profile.qrModuleDots, profile.dots);
  // Control bytes inside a stored code could act as real-time commands.
  if (profile.qr === 'raster' || /\p{Cc}/u.test(data)) return encodeRaster(drawQr(data, moduleDots));
  return [nativeQr(profile.qr, data, moduleDots)];
}
