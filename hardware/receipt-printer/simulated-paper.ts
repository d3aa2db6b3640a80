import iconv from 'iconv-lite';

import { cellColumns, receiptCells } from '../../app/domain/receipt/layout.ts';
import type { Bitmap } from './bitmap.ts';
import { word } from './simulated-command.ts';
import { readQr } from './slip.ts';
import type { Slip, SlipLine } from './slip.ts';

const inkDots = 24;

interface Style {
  scale: 1 | 2;
  bold: boolean;
  align: 'left' | 'center';
  feedDots: number;
}

const plain: Style = { scale: 1, bold: false, align: 'left', feedDots: 32 };

/** What a simulated printer has put on its paper: commands in, slips out, decoded so that they can be compared. */
export class SimulatedPaper {
  readonly #columns: number;
  #style: Style = plain;
  #text: number[] = [];
  #lines: SlipLine[] = [];
  #picture: (Bitmap & { align: 'left' | 'center' }) | undefined;
  #storedQr = '';
  #finished: Slip[] = [];

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** How many slips lie in the tray. */
  get finishedSlips(): number {
    return this.#finished.length;
  }

  /** All slips in order; the last may still hang on the roll. Blank paper is none. */
  slips(): Slip[] {
    const hanging = this.#picture ? [...this.#lines, pictureLine(this.#picture)] : this.#lines;
    return hasContent(hanging) ? [...this.#finished, { lines: hanging, cut: false }] : [...this.#finished];
  }

  /** Empties the tray, and tears off what hangs on the roll. */
  takeSlips(): Slip[] {
    const slips = this.slips();
    this.#finished = [];
    this.#lines = [];
    this.#picture = undefined;
    return slips;
  }

  /** A slip falls into the tray. */
  drop(slip: Slip): void {
    this.#finished.push(slip);
  }

  /** The slip that was cut off last, out of the tray again. */
  takeLast(): Slip | undefined {
    return this.#finished.pop();
  }

  /** Power off: what was not fed yet is gone, and so are the modes. */
  forget(): void {
    this.#text = [];
    this.#style = plain;
  }

  /** Prints or sets what the command says; how many dots the paper moves. */
  print(command: Uint8Array): number {
    const [first = 0, second = 0, value = 0] = command;
    if (first === 0x0a) return this.#feedLine();
    if (first === 0x1b && second === 0x5a) this.#code(Buffer.from(command.subarray(7)).toString('utf8'));
    else if (first === 0x1b) return this.#escape(second, value);
    if (first === 0x1d && second === 0x76) return this.#raster(command);
    if (first === 0x1d && second === 0x28) this.#nativeQr(command);
    else if (first === 0x13) this.#masungQr(command);
    else if ((first === 0x1d || first === 0x1c) && second === 0x21)
      this.#style = { ...this.#style, scale: value === 0 ? 1 : 2 };
    else if (first >= 0x20) this.#text.push(...command);
    return 0;
  }

  /** What is on the roll becomes a slip; `cut` when the blade came down. */
  endSlip(cut: boolean): void {
    this.#closePicture();
    if (hasContent(this.#lines)) this.#finished.push({ lines: this.#lines, cut });
    this.#lines = [];
    this.#text = [];
  }

  #escape(second: number, value: number): number {
    if (second === 0x40) {
      this.endSlip(false);
      this.#style = plain;
    } else if (second === 0x61) this.#style = { ...this.#style, align: value === 1 ? 'center' : 'left' };
    else if (second === 0x45) this.#style = { ...this.#style, bold: value === 1 };
    else if (second === 0x33) this.#style = { ...this.#style, feedDots: value };
    else if (second === 0x4a) return this.#feedDots(value);
    else if (second === 0x64) {
      const line = this.#text.length > 0 ? this.#feedLine() : 0;
      this.#closePicture();
      return line + value * this.#style.feedDots;
    }
    return 0;
  }

  /** Blank dots below a picture belong to it; elsewhere they are not kept. */
  #feedDots(dots: number): number {
    const picture = this.#picture;
    if (!picture) return dots;
    const rows = Buffer.concat([picture.rows, new Uint8Array((picture.width / 8) * dots)]);
    this.#picture = { ...picture, rows, height: picture.height + dots };
    this.#closePicture();
    return dots;
  }

  #feedLine(): number {
    const text = iconv.decode(Buffer.from(this.#text), 'gb18030').trimEnd();
    this.#closePicture();
    const { scale, bold, align } = this.#style;
    if (text === '') this.#lines.push({ kind: 'blank' });
    for (const part of splitAtEdge(text, this.#columns / scale)) {
      this.#lines.push({ kind: 'text', text: part, scale, bold, align });
    }
    this.#text = [];
    return Math.max(this.#style.feedDots, inkDots * scale);
  }

  #raster(command: Uint8Array): number {
    const width = word(command, 4) * 8;
    const height = word(command, 6);
    const rows = command.subarray(8);
    const open = this.#picture?.width === width ? this.#picture : undefined;
    if (!open) this.#closePicture();
    this.#picture = {
      width,
      height: height + (open?.height ?? 0),
      rows: Buffer.concat([open?.rows ?? new Uint8Array(), rows]),
      align: this.#style.align,
    };
    return height;
  }

  #nativeQr(command: Uint8Array): void {
    if (command[6] === 0x50) this.#storedQr = Buffer.from(command.subarray(8)).toString('utf8');
    if (command[6] === 0x51) this.#code(this.#storedQr);
  }

  #masungQr(command: Uint8Array): void {
    if (command[3] === 4) this.#storedQr = Buffer.from(command.subarray(4, -1)).toString('utf8');
    if (command[3] === 5) this.#code(this.#storedQr);
  }

  #code(data: string): void {
    this.#closePicture();
    this.#lines.push({ kind: 'qr', data });
  }

  #closePicture(): void {
    if (this.#picture) this.#lines.push(pictureLine(this.#picture));
    this.#picture = undefined;
  }
}

function hasContent(lines: readonly SlipLine[]): boolean {
  return lines.some((line) => line.kind !== 'blank');
}

function pictureLine(picture: Bitmap & { align: 'left' | 'center' }): SlipLine {
  const qr = readQr(picture);
  const { width, height, align } = picture;
  const rows = Buffer.from(picture.rows).toString('base64');
  return { kind: 'raster', width, height, rows, align, ...(qr === undefined ? {} : { qr }) };
}

/** A printer breaks a line that is too long wherever its edge is. */
function splitAtEdge(text: string, columns: number): string[] {
  const parts: string[] = [];
  let part = '';
  let width = 0;
  for (const cell of receiptCells(text)) {
    if (width + cellColumns(cell) > columns) {
      parts.push(part);
      part = '';
      width = 0;
    }
    part += cell;
    width += cellColumns(cell);
  }
  return part === '' ? parts : [...parts, part];
}
