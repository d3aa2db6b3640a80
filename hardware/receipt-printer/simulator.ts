import iconv from 'iconv-lite';

import { cellColumns, receiptCells } from '../../app/domain/receipt/layout.ts';
import type { SimulatedDevice, SimulatedReply } from '../link/index.ts';
import type { Bitmap } from './bitmap.ts';
import { dotsPerMm } from './profile.ts';
import { commandLength, word } from './simulated-command.ts';
import { SimulatedMouth } from './simulated-mouth.ts';
import { readQr } from './slip.ts';
import type { Slip, SlipLine } from './slip.ts';

/** What a hand, time or a defect did to the simulated printer. */
interface PrinterTroubles {
  nearEnd: boolean;
  paperOut: boolean;
  coverOpen: boolean;
  cutterJam: boolean;
  overheated: boolean;
  /** No answer to anything; nothing is printed. */
  silent: boolean;
  /** Flow control and broken bytes before each answer. */
  noise: boolean;
  /** Added to each answer. */
  answerDelayMs: number;
  /** The paper ends when this many more bytes of jobs are worked off. */
  paperOutAt: number | undefined;
  /** The cutter jams at the next cut. */
  jamAtCut: boolean;
}

const healthy: PrinterTroubles = {
  ...{
    nearEnd: false,
    paperOut: false,
    coverOpen: false,
    cutterJam: false,
    overheated: false,
    silent: false,
  },
  ...{ noise: false, answerDelayMs: 0, paperOutAt: undefined, jamAtCut: false },
};
const inkDots = 24;
/** XOFF, a broken byte, XON. */
const lineNoise = [0x13, 0xff, 0x11];

interface Style {
  scale: 1 | 2;
  bold: boolean;
  align: 'left' | 'center';
  feedDots: number;
}

const plain: Style = { scale: 1, bold: false, align: 'left', feedDots: 32 };

/** ESC/POS printer as a state machine over bytes: decodes what it prints, so that tests can compare it with a document. */
export class SimulatedPrinter implements SimulatedDevice {
  readonly #columns: number;
  readonly #mmPerSecond: number;
  readonly #holdsSlips: boolean;
  /** Where a presenter holds the slip. */
  readonly mouth = new SimulatedMouth((slip) => this.#slips.push(slip));
  #troubles: PrinterTroubles = { ...healthy };
  #buffer: Uint8Array = new Uint8Array();
  #pending: Uint8Array[] = [];
  #chinese = true;
  #style: Style = plain;
  #text: number[] = [];
  #lines: SlipLine[] = [];
  #picture: (Bitmap & { align: 'left' | 'center' }) | undefined;
  #storedQr = '';
  #slips: Slip[] = [];
  /** Dots fed since the last in-line answer: what the motor still has to do. */
  #fedDots = 0;
  /** When the motor will have fed all that was worked off. */
  #motorUntil = 0;
  /** Bytes of jobs worked off so far. */
  workedOff = 0;

  /**
   * `mmPerSecond` delays the answer that proves the end of a job, as the motor does. `holdsSlips`: each cut leaves the
   * slip in the mouth.
   */
  constructor({
    columns = 48,
    mmPerSecond = Infinity,
    holdsSlips = false,
  }: { columns?: number; mmPerSecond?: number; holdsSlips?: boolean } = {}) {
    this.#holdsSlips = holdsSlips;
    this.#columns = columns;
    this.#mmPerSecond = mmPerSecond;
  }

  get troubles(): Readonly<PrinterTroubles> {
    return this.#troubles;
  }

  /** Makes or mends troubles; a mended printer prints what it still holds. */
  set(change: Partial<PrinterTroubles>): void {
    this.#troubles = { ...this.#troubles, ...change };
    this.#work();
  }

  /** Power off and on: buffers and modes are gone, the paper stays. */
  powerCycle(): void {
    this.#buffer = new Uint8Array();
    this.#pending = [];
    this.#text = [];
    this.#style = plain;
  }

  /** How many slips came out since the tray was emptied. */
  get finishedSlips(): number {
    return this.#slips.length;
  }

  /** All slips in order; the last may still hang on the roll. Blank paper is none. */
  slips(): Slip[] {
    const hanging = this.#picture ? [...this.#lines, pictureLine(this.#picture)] : this.#lines;
    return hasContent(hanging) ? [...this.#slips, { lines: hanging, cut: false }] : [...this.#slips];
  }

  /** Empties tray and mouth. */
  takeSlips(): Slip[] {
    this.mouth.eject();
    const slips = this.slips();
    this.#slips = [];
    this.#lines = [];
    this.#picture = undefined;
    return slips;
  }

  receive(bytes: Uint8Array): readonly SimulatedReply[] {
    if (this.#troubles.silent) return [];
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const replies: number[] = [];
    const inLine: SimulatedReply[] = [];
    for (;;) {
      const length = this.#buffer.length === 0 ? undefined : commandLength(this.#buffer, this.#chinese);
      if (length === undefined) break;
      const command = this.#buffer.subarray(0, length);
      this.#buffer = this.#buffer.subarray(length);
      if (command[0] === 0x10) replies.push(...this.#realTime(command));
      else this.#pending.push(command);
      // Chinese mode decides where the next character ends.
      if (command[0] === 0x1c && command[1] === 0x26) this.#chinese = true;
      if (command[0] === 0x1c && command[1] === 0x2e) this.#chinese = false;
      inLine.push(...this.#work());
    }
    const delayMs = this.#troubles.answerDelayMs;
    const before = this.#troubles.noise ? lineNoise : [];
    return [...replies.map((byte) => ({ bytes: Uint8Array.of(...before, byte), delayMs })), ...inLine];
  }

  #blocked(): boolean {
    const { paperOut, coverOpen, cutterJam, overheated } = this.#troubles;
    return paperOut || coverOpen || cutterJam || overheated;
  }

  #realTime(command: Uint8Array): number[] {
    if (command[1] !== 0x04) return [];
    if (command[2] === 0x14) return this.#customStatus();
    const { paperOut, coverOpen, cutterJam, overheated, nearEnd } = this.#troubles;
    switch (command[2]) {
      case 1:
        return [this.#blocked() ? 0x1a : 0x12];
      case 2:
        return [0x12 | (coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0) | (cutterJam || overheated ? 0x40 : 0)];
      case 3:
        return [0x12 | (cutterJam ? 0x08 : 0) | (overheated ? 0x40 : 0)];
      case 5:
        return [this.mouth.holdsSlip ? 0x04 : 0x00];
      case 4:
        return [paperOut ? 0x7e : nearEnd ? 0x1e : 0x12];
      default:
        return [];
    }
  }

  #customStatus(): number[] {
    const { paperOut, coverOpen, cutterJam, overheated, nearEnd } = this.#troubles;
    const paper = (paperOut ? 0x01 : 0) | (nearEnd ? 0x04 : 0) | (this.mouth.holdsSlip ? 0x20 : 0);
    const user =
      (coverOpen ? 0x03 : 0) |
      (this.#pending.length > 0 ? 0x04 : 0) |
      (performance.now() < this.#motorUntil ? 0x08 : 0);
    return [0x10, 0x0f, paper, user, overheated ? 0x01 : 0, cutterJam ? 0x01 : 0];
  }

  /** Works off what is pending until something blocks; gives the in-line answers. */
  #work(): SimulatedReply[] {
    const answers: SimulatedReply[] = [];
    while (!this.#blocked()) {
      const command = this.#pending[0];
      if (!command) break;
      const { paperOutAt } = this.#troubles;
      if (paperOutAt !== undefined && paperOutAt < command.length) {
        this.#troubles = { ...this.#troubles, paperOut: true, paperOutAt: undefined };
        break;
      }
      if (paperOutAt !== undefined)
        this.#troubles = { ...this.#troubles, paperOutAt: paperOutAt - command.length };
      this.#pending.shift();
      this.workedOff += command.length;
      answers.push(...this.#execute(command));
    }
    return answers;
  }

  #execute(command: Uint8Array): SimulatedReply[] {
    const [first = 0, second = 0, value = 0] = command;
    if (first === 0x0a) this.#feedLine();
    else if (first === 0x1b) this.#escape(second, value);
    else if (first === 0x1c && second === 0x50) this.#present(command[5] ?? 0);
    else if (first === 0x1c && second === 0x21) this.#style = { ...this.#style, scale: value === 0 ? 1 : 2 };
    else if (first === 0x1d) return this.#group(command, second, value);
    else if (first >= 0x20) this.#text.push(...command);
    return [];
  }

  #escape(second: number, value: number): void {
    if (second === 0x40) {
      this.#endSlip(false);
      this.#style = plain;
    } else if (second === 0x61) this.#style = { ...this.#style, align: value === 1 ? 'center' : 'left' };
    else if (second === 0x45) this.#style = { ...this.#style, bold: value === 1 };
    else if (second === 0x33) this.#style = { ...this.#style, feedDots: value };
    else if (second === 0x4a) this.#feedDots(value);
    else if (second === 0x64) {
      if (this.#text.length > 0) this.#feedLine();
      this.#closePicture();
      this.#feed(value * this.#style.feedDots);
    }
  }

  #feed(dots: number): void {
    this.#fedDots += dots;
    const motorMs = (dots / dotsPerMm / this.#mmPerSecond) * 1000;
    this.#motorUntil = Math.max(this.#motorUntil, performance.now()) + motorMs;
  }

  /** Blank dots below a picture belong to it; elsewhere they are not kept. */
  #feedDots(dots: number): void {
    this.#feed(dots);
    const picture = this.#picture;
    if (!picture) return;
    const rows = Buffer.concat([picture.rows, new Uint8Array((picture.width / 8) * dots)]);
    this.#picture = { ...picture, rows, height: picture.height + dots };
    this.#closePicture();
  }

  #group(command: Uint8Array, second: number, value: number): SimulatedReply[] {
    if (second === 0x56) {
      this.#cut();
      if (this.#holdsSlips) this.#offer(0);
    } else if (second === 0x65) return this.#moveSlip(value);
    else if (second === 0x76) this.#raster(command);
    else if (second === 0x28) this.#nativeQr(command);
    else if (second === 0x49 && value === 0x43)
      return [{ bytes: Buffer.from('_SIMULATED 80\0'), delayMs: this.#troubles.answerDelayMs }];
    else if (second === 0x72) return this.#sensors();
    else if (second === 0x21) this.#style = { ...this.#style, scale: value === 0 ? 1 : 2 };
    return [];
  }

  /** Cuts, and holds the slip in the mouth. */
  #present(seconds: number): void {
    this.#cut();
    if (!this.#troubles.cutterJam) this.#offer(seconds);
  }

  #offer(seconds: number): void {
    const slip = this.#slips.pop();
    if (slip) this.mouth.offer(slip, seconds);
  }

  #moveSlip(how: number): SimulatedReply[] {
    if (how === 0x03) this.#offer(0);
    else if (how === 0x05) this.mouth.eject();
    else if (how === 0x02) this.mouth.retract();
    else if (how === 0x06)
      return [
        { bytes: Uint8Array.of(this.mouth.holdsSlip ? 0x08 : 0), delayMs: this.#troubles.answerDelayMs },
      ];
    return [];
  }

  #sensors(): SimulatedReply[] {
    const motorMs = (this.#fedDots / dotsPerMm / this.#mmPerSecond) * 1000;
    this.#fedDots = 0;
    const delayMs = this.#troubles.answerDelayMs + motorMs;
    return [{ bytes: Uint8Array.of(this.#troubles.nearEnd ? 0x03 : 0x00), delayMs }];
  }

  #feedLine(): void {
    const text = iconv.decode(Buffer.from(this.#text), 'gb18030').trimEnd();
    this.#closePicture();
    const { scale, bold, align } = this.#style;
    if (text === '') this.#lines.push({ kind: 'blank' });
    for (const part of splitAtEdge(text, this.#columns / scale)) {
      this.#lines.push({ kind: 'text', text: part, scale, bold, align });
    }
    this.#text = [];
    this.#feed(Math.max(this.#style.feedDots, inkDots * scale));
  }

  #raster(command: Uint8Array): void {
    const width = word(command, 4) * 8;
    const height = word(command, 6);
    const rows = command.subarray(8);
    this.#feed(height);
    const open = this.#picture?.width === width ? this.#picture : undefined;
    if (!open) this.#closePicture();
    this.#picture = {
      width,
      height: height + (open?.height ?? 0),
      rows: Buffer.concat([open?.rows ?? new Uint8Array(), rows]),
      align: this.#style.align,
    };
  }

  #nativeQr(command: Uint8Array): void {
    this.#closePicture();
    if (command[6] === 0x50) this.#storedQr = Buffer.from(command.subarray(8)).toString('utf8');
    if (command[6] === 0x51) this.#lines.push({ kind: 'qr', data: this.#storedQr });
  }

  #closePicture(): void {
    if (this.#picture) this.#lines.push(pictureLine(this.#picture));
    this.#picture = undefined;
  }

  #cut(): void {
    if (this.#troubles.jamAtCut) {
      this.#troubles = { ...this.#troubles, jamAtCut: false, cutterJam: true };
      return;
    }
    this.#endSlip(true);
  }

  #endSlip(cut: boolean): void {
    this.#closePicture();
    if (hasContent(this.#lines)) this.#slips.push({ lines: this.#lines, cut });
    this.#lines = [];
    this.#text = [];
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
