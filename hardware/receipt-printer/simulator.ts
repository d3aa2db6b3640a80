import { Listeners } from '../link/index.ts';
import type { SerialFlow, SimulatedDevice, SimulatedReply } from '../link/index.ts';
import { dotsPerMm } from './profile.ts';
import { commandLength } from './simulated-command.ts';
import { SimulatedMouth } from './simulated-mouth.ts';
import { SimulatedPaper } from './simulated-paper.ts';
import type { Slip } from './slip.ts';

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
  /** The paper ends when this many more bytes of slips are worked off. */
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
/** Answers to GS I, by the number that asks. */
const identities: Readonly<Record<number, readonly [Uint8Array]>> = {
  1: [Uint8Array.of(0x20)],
  2: [Uint8Array.of(0x03)],
  3: [Uint8Array.of(0x01)],
  0x41: [Buffer.from('_1.00\0')],
  0x42: [Buffer.from('_SIMULATED\0')],
  0x43: [Buffer.from('_SIMULATED 80\0')],
  0x44: [Buffer.from('_0001\0')],
  0x45: [Buffer.from('_CHINA.GB2312\0')],
};
/** XOFF, a broken byte, XON. */
const lineNoise = [0x13, 0xff, 0x11];
const xon = 0x11;
const xoff = 0x13;
/** A printer stops the line before its buffer is full, and lets it go on when there is room (Epson TM-T88III, 2.1.1). */
const stopsAtFree = 128;
const goesOnAtFree = 256;

/** ESC/POS printer as a state machine over bytes: decodes what it prints, so that tests can compare it with a document. */
export class SimulatedPrinter implements SimulatedDevice {
  readonly #paper: SimulatedPaper;
  readonly #mmPerSecond: number;
  readonly #holdsSlips: boolean;
  readonly #bufferBytes: number;
  readonly #flow: SerialFlow;
  readonly #speaking = new Listeners<SimulatedReply>();
  /** Where a presenter holds the slip. */
  readonly mouth = new SimulatedMouth((slip) => this.#paper.drop(slip));
  #troubles: PrinterTroubles = { ...healthy };
  #buffer: Uint8Array = new Uint8Array();
  #pending: Uint8Array[] = [];
  #chinese = true;
  #pendingBytes = 0;
  /** The buffer is so full that the line is stopped, if the printer stops lines. */
  #full = false;
  #timer: NodeJS.Timeout | undefined;
  /** When the motor will have fed all that was worked off. */
  #motorUntil = 0;
  /** Bytes of jobs worked off so far. */
  workedOff = 0;
  /** Bytes that came when the buffer was full. */
  lostBytes = 0;

  /**
   * `mmPerSecond`: how fast it works off what waits in its buffer of `bufferBytes`; `flow`: how it stops the line when
   * that is full. `holdsSlips`: each cut leaves the slip in the mouth.
   */
  constructor({
    columns = 48,
    mmPerSecond = Infinity,
    holdsSlips = false,
    bufferBytes = Infinity,
    flow = 'none',
  }: {
    columns?: number;
    mmPerSecond?: number;
    holdsSlips?: boolean;
    bufferBytes?: number;
    flow?: SerialFlow;
  } = {}) {
    this.#paper = new SimulatedPaper(columns);
    this.#holdsSlips = holdsSlips;
    this.#bufferBytes = bufferBytes;
    this.#flow = flow;
    this.#mmPerSecond = mmPerSecond;
  }

  get troubles(): Readonly<PrinterTroubles> {
    return this.#troubles;
  }

  get busy(): boolean {
    return this.#full && this.#flow !== 'none';
  }

  onSpeak(listener: (reply: SimulatedReply) => void): () => void {
    return this.#speaking.add(listener);
  }

  /** Makes or mends troubles; a mended printer prints what it still holds. */
  set(change: Partial<PrinterTroubles>): void {
    if (this.#blocked() || this.#troubles.silent) this.#startMotor();
    this.#troubles = { ...this.#troubles, ...change };
    this.#speak(this.#work());
  }

  /** Power off and on: buffers and modes are gone, the paper stays. */
  powerCycle(): void {
    clearTimeout(this.#timer);
    this.#buffer = new Uint8Array();
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#full = false;
    this.#motorUntil = 0;
    this.#paper.forget();
  }

  /** How many slips came out since the tray was emptied. */
  get finishedSlips(): number {
    return this.#paper.finishedSlips;
  }

  /** All slips in order; the last may still hang on the roll. Blank paper is none. */
  slips(): Slip[] {
    return this.#paper.slips();
  }

  /** Empties tray and mouth. */
  takeSlips(): Slip[] {
    this.mouth.eject();
    return this.#paper.takeSlips();
  }

  receive(bytes: Uint8Array): readonly SimulatedReply[] {
    if (this.#troubles.silent) return [];
    const room = Math.max(0, this.#bufferBytes - this.#pendingBytes);
    this.#buffer = Buffer.concat([this.#buffer, bytes.subarray(0, room)]);
    const replies: number[][] = [];
    const inLine: SimulatedReply[] = [];
    for (;;) {
      const length = this.#buffer.length === 0 ? undefined : commandLength(this.#buffer, this.#chinese);
      if (length === undefined) break;
      const command = this.#buffer.subarray(0, length);
      this.#buffer = this.#buffer.subarray(length);
      if (command[0] === 0x10) replies.push(this.#realTime(command));
      else {
        if (this.#pending.length === 0) this.#startMotor();
        this.#pending.push(command);
        this.#pendingBytes += command.length;
      }
      // Chinese mode decides where the next character ends.
      if (command[0] === 0x1c && command[1] === 0x26) this.#chinese = true;
      if (command[0] === 0x1c && command[1] === 0x2e) this.#chinese = false;
      inLine.push(...this.#work());
    }
    replies.push(...this.#lose(bytes.subarray(room)));
    const delayMs = this.#troubles.answerDelayMs;
    const before = this.#troubles.noise ? lineNoise : [];
    const answers = replies.filter((reply) => reply.length > 0);
    return [...answers.map((reply) => ({ bytes: Uint8Array.of(...before, ...reply), delayMs })), ...inLine];
  }

  /** What comes into a full buffer is lost, but for real-time commands, which go past it. */
  #lose(bytes: Uint8Array): number[][] {
    const replies: number[][] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      if (bytes[at] === 0x10 && bytes[at + 1] === 0x04 && at + 2 < bytes.length) {
        replies.push(this.#realTime(bytes.subarray(at, at + 3)));
        at += 2;
      } else this.lostBytes += 1;
    }
    return replies;
  }

  #speak(replies: readonly SimulatedReply[]): void {
    for (const reply of replies) this.#speaking.emit(reply);
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

  /** Works off what is pending until something blocks or the motor is still at it; gives the in-line answers. */
  #work(): SimulatedReply[] {
    clearTimeout(this.#timer);
    const answers: SimulatedReply[] = [];
    while (!this.#blocked() && !this.#troubles.silent) {
      const command = this.#pending[0];
      if (!command) break;
      const motorMs = this.#motorUntil - performance.now();
      if (motorMs > 0) {
        this.#timer = setTimeout(() => this.#speak(this.#work()), motorMs);
        break;
      }
      const { paperOutAt } = this.#troubles;
      if (paperOutAt !== undefined && belongsToSlip(command)) {
        const ends = paperOutAt < command.length;
        this.#troubles = {
          ...this.#troubles,
          ...(ends ? { paperOut: true, paperOutAt: undefined } : { paperOutAt: paperOutAt - command.length }),
        };
        if (ends) break;
      }
      this.#pending.shift();
      this.#pendingBytes -= command.length;
      this.workedOff += command.length;
      answers.push(...this.#execute(command));
    }
    this.#tellFlow();
    return answers;
  }

  #tellFlow(): void {
    const free = this.#bufferBytes - this.#pendingBytes;
    const full = this.#full ? free < goesOnAtFree : free <= stopsAtFree;
    if (full === this.#full) return;
    this.#full = full;
    if (this.#flow === 'xonxoff') this.#speak([{ bytes: Uint8Array.of(full ? xoff : xon), delayMs: 0 }]);
  }

  #execute(command: Uint8Array): SimulatedReply[] {
    const [first = 0, second = 0, value = 0] = command;
    if (first === 0x1c && second === 0x50) this.#present(command[5] ?? 0);
    else if (isCut(first, second)) {
      this.#cut();
      if (this.#holdsSlips) this.#offer(0);
    } else if (first === 0x1d && second === 0x65) return this.#moveSlip(value);
    else if (first === 0x1d && second === 0x72) return [this.#answer(this.#troubles.nearEnd ? 0x03 : 0x00)];
    else if (first === 0x1b && second === 0x76) return [this.#answer(this.#troubles.nearEnd ? 0x03 : 0x00)];
    else if (first === 0x1d && second === 0x49)
      return (identities[value] ?? []).map((told) => this.#answer(...told));
    else this.#feed(this.#paper.print(command));
    return [];
  }

  #answer(...bytes: number[]): SimulatedReply {
    return { bytes: Uint8Array.from(bytes), delayMs: this.#troubles.answerDelayMs };
  }

  #feed(dots: number): void {
    this.#motorUntil += (dots / dotsPerMm / this.#mmPerSecond) * 1000;
  }

  /** A motor that stood still does not make up for it; one that is only seen late has not stood still. */
  #startMotor(): void {
    this.#motorUntil = Math.max(this.#motorUntil, performance.now());
  }

  /** Cuts, and holds the slip in the mouth. */
  #present(seconds: number): void {
    this.#cut();
    if (!this.#troubles.cutterJam) this.#offer(seconds);
  }

  #offer(seconds: number): void {
    const slip = this.#paper.takeLast();
    if (slip) this.mouth.offer(slip, seconds);
  }

  #moveSlip(how: number): SimulatedReply[] {
    if (how === 0x03) this.#offer(0);
    else if (how === 0x05) this.mouth.eject();
    else if (how === 0x02) this.mouth.retract();
    else if (how === 0x06) return [this.#answer(this.mouth.holdsSlip ? 0x08 : 0)];
    return [];
  }

  #cut(): void {
    if (this.#troubles.jamAtCut) {
      this.#troubles = { ...this.#troubles, jamAtCut: false, cutterJam: true };
      return;
    }
    this.#paper.endSlip(true);
  }
}

/** Bytes without meaning and questions use no paper. */
function belongsToSlip([first, second]: Uint8Array): boolean {
  return first !== 0x00 && !(first === 0x1d && (second === 0x72 || second === 0x61));
}

function isCut(first: number, second: number): boolean {
  return first === 0x1b ? second === 0x69 || second === 0x6d : first === 0x1d && second === 0x56;
}
