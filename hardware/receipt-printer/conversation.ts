import type { Result } from '../../app/domain/result.ts';
import type { ByteLink, WriteFailure } from '../link/index.ts';
import { paperSensorRequest, retractSeconds } from './encoder.ts';
import {
  customCondition,
  customStatusLength,
  customStatusRequest,
  customStatusStart,
} from './custom-status.ts';
import type { PresenterTiming } from './presenter.ts';
import type { PrinterProfile } from './profile.ts';
import {
  conditionOf,
  isRealTimeAnswer,
  isSensorAnswer,
  saysOffline,
  sensorSaysPaperOut,
  statusRequest,
} from './status.ts';
import type { Condition } from './status.ts';

/** All waits of the printer driver in ms; tests shorten them. */
export interface PrinterTiming extends PresenterTiming {
  /** DLE EOT 1 when idle. Often enough that a pulled cable shows within 3 s. */
  heartbeat: number;
  /** All four states when idle. */
  fullRound: number;
  /** Limits for an answer, one per try. */
  answers: readonly number[];
  /** After a missed answer: what comes in this time belongs to the missed one. */
  settle: number;
  /** Between looks at the printer while it works off a job. */
  finishing: number;
  /** Beyond the printing time, for cutter and buffers. */
  finishSlack: number;
  /** After so long without an answer in line none will come: between two of them lies some print. */
  quiet: number;
  /** No kiosk printer is slower; says when the end of a job is overdue. */
  slowestMmPerSecond: number;
}

export const printerTiming: PrinterTiming = {
  heartbeat: 1500,
  fullRound: 5000,
  answers: [200, 300, 500],
  settle: 100,
  finishing: 300,
  finishSlack: 8000,
  quiet: 1000,
  slowestMmPerSecond: 40,
  remind: 10_000,
  retract: retractSeconds * 1000,
  grace: 5000,
};

const xon = 0x11;
const xoff = 0x13;

/** Questions since a job began that have no answer yet, and answers that nobody asked for. */
interface Account {
  states: number;
  sensors: number;
  strays: number;
}

const settled: Account = { states: 0, sensors: 0, strays: 0 };

/** One question after the other to the printer; answers are told apart by their fixed bits. */
export class PrinterConversation {
  readonly #link: ByteLink;
  readonly #timing: PrinterTiming;
  #realTime: ((byte: number) => void) | undefined;
  #owed = { ...settled };
  #paperOut = false;
  readonly #unsubscribe: () => void;
  readonly #dialect: PrinterProfile['status'];
  #raw: ((bytes: Uint8Array) => void) | undefined;
  /** What came since the last question and may be the beginning of a late answer of several bytes. */
  #late: Uint8Array = new Uint8Array();

  constructor(link: ByteLink, timing: PrinterTiming, dialect: PrinterProfile['status']) {
    this.#link = link;
    this.#timing = timing;
    this.#dialect = dialect;
    this.#unsubscribe = link.onBytes((bytes) => {
      if (this.#raw) {
        this.#raw(bytes);
        return;
      }
      if (this.#dialect === 'custom') {
        this.#enterLate(bytes);
        return;
      }
      for (const byte of bytes) {
        if (isRealTimeAnswer(byte)) {
          this.#enter('states');
          this.#realTime?.(byte);
        } else if (isSensorAnswer(byte)) {
          this.#enter('sensors');
          this.#paperOut ||= sensorSaysPaperOut(byte);
        }
      }
    });
  }

  /** Opens the account of a job: from here on every question and every answer counts. */
  openAccount(): void {
    this.#owed = { ...settled };
    this.#paperOut = false;
  }

  /**
   * Whether each question since `openAccount` has exactly one answer, late ones included. A printer that was deaf for a
   * moment, and may have missed the bytes before the question too, owes one for ever; a line that makes bytes up has one
   * too many.
   */
  get balanced(): boolean {
    return this.#owed.states === 0 && this.#owed.sensors === 0 && this.#owed.strays === 0;
  }

  /** Asks for the paper sensors in line: the answer comes when all before it is worked off. */
  async askSensors(): Promise<Result<undefined, WriteFailure>> {
    this.#owed.sensors += 1;
    return this.#link.write(paperSensorRequest);
  }

  /** How many answers to `askSensors` are still to come; they come in the order of the questions. */
  get sensorsOwed(): number {
    return this.#owed.sensors;
  }

  /** What is still to be answered in line is not waited for any more. */
  forgetSensors(): void {
    this.#owed.sensors = 0;
  }

  /** Whether an answer to `askSensors` said that the paper has ended. */
  get sensorsSaidPaperOut(): boolean {
    return this.#paperOut;
  }

  /** One real-time state, asked again when no answer comes; `extraMs` for bytes still on the wire before it. */
  async ask(which: 1 | 2 | 3 | 4, extraMs = 0): Promise<number | undefined> {
    return this.#insist((limit) => this.#askOnce(which, limit + extraMs));
  }

  /** The whole state; undefined when the printer is silent. */
  async condition(extraMs = 0): Promise<Condition | undefined> {
    if (this.#dialect === 'custom') {
      const answer = await this.askBytes(
        customStatusRequest,
        { start: customStatusStart, length: customStatusLength },
        extraMs,
      );
      return answer && customCondition(answer);
    }
    const bytes: number[] = [];
    for (const which of [1, 2, 3, 4] as const) {
      const answer = await this.ask(which);
      if (answer === undefined) return undefined;
      bytes.push(answer);
    }
    const [printer = 0, offline = 0, error = 0, paper = 0] = bytes;
    return conditionOf([printer, offline, error, paper]);
  }

  /** A quick look: the full condition only when the printer says that something is wrong. */
  async glance(extraMs = 0): Promise<Condition | 'well' | undefined> {
    if (this.#dialect === 'custom') {
      const condition = await this.condition(extraMs);
      return condition && condition.fault === undefined ? 'well' : condition;
    }
    const answer = await this.ask(1, extraMs);
    if (answer === undefined) return undefined;
    return saysOffline(answer) ? this.condition() : 'well';
  }

  /** An answer of several bytes, which begins with `start`; asked again when it does not come. */
  async askBytes(
    request: Uint8Array,
    answer: { start?: Uint8Array; length: number },
    extraMs = 0,
  ): Promise<Uint8Array | undefined> {
    return this.#insist((limit) => this.#askBytesOnce(request, answer, limit + extraMs));
  }

  close(): void {
    this.#unsubscribe();
  }

  /**
   * Asks until an answer comes. After a miss, the answers to both tries may still come: the next question must not take
   * one for its own, nor the account of a job be closed without them.
   */
  async #insist<Answer>(once: (limit: number) => Promise<Answer | undefined>): Promise<Answer | undefined> {
    for (const [tries, limit] of this.#timing.answers.entries()) {
      const answer = await once(limit);
      if (this.#link.state !== 'open') return undefined;
      if (answer !== undefined && tries === 0) return answer;
      await sleep(this.#timing.settle + (answer === undefined ? 0 : limit));
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  #enter(kind: 'states' | 'sensors'): void {
    if (this.#owed[kind] > 0) this.#owed[kind] -= 1;
    else this.#owed.strays += 1;
  }

  /** Enters the answers of a Custom printer that came after their question was given up, or twice. */
  #enterLate(bytes: Uint8Array): void {
    this.#late = withoutFlowControl(Buffer.concat([this.#late, bytes]));
    for (;;) {
      const at = Buffer.from(this.#late).indexOf(customStatusStart);
      if (at < 0 || this.#late.length < at + customStatusLength) return;
      this.#enter('states');
      this.#late = this.#late.subarray(at + customStatusLength);
    }
  }

  async #askBytesOnce(
    request: Uint8Array,
    { start = new Uint8Array(), length }: { start?: Uint8Array; length: number },
    limit: number,
  ): Promise<Uint8Array | undefined> {
    let seen = Buffer.alloc(0);
    this.#late = new Uint8Array();
    const answered = new Promise<Uint8Array | undefined>((resolve) => {
      const finish = (bytes?: Uint8Array): void => {
        clearTimeout(timer);
        offState();
        this.#raw = undefined;
        resolve(bytes);
      };
      const timer = setTimeout(finish, limit);
      const offState = this.#link.onState(() => finish());
      this.#raw = (bytes) => {
        seen = Buffer.concat([seen, withoutFlowControl(bytes)]);
        const at = seen.indexOf(start);
        if (at < 0 || seen.length < at + length) return;
        this.#enter('states');
        finish(seen.subarray(at, at + length));
        if (this.#dialect === 'custom') this.#enterLate(seen.subarray(at + length));
      };
    });
    this.#owed.states += 1;
    const sent = await this.#link.write(request);
    if (!sent.ok) this.#raw?.(new Uint8Array());
    return sent.ok ? answered : undefined;
  }

  async #askOnce(which: 1 | 2 | 3 | 4, limit: number): Promise<number | undefined> {
    const answered = new Promise<number | undefined>((resolve) => {
      const finish = (byte?: number): void => {
        clearTimeout(timer);
        offState();
        this.#realTime = undefined;
        resolve(byte);
      };
      const timer = setTimeout(finish, limit);
      const offState = this.#link.onState(() => finish());
      this.#realTime = finish;
    });
    this.#owed.states += 1;
    const sent = await this.#link.write(statusRequest(which));
    if (!sent.ok) this.#realTime?.(0);
    const answer = await answered;
    return sent.ok ? answer : undefined;
  }
}

function withoutFlowControl(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte) => byte !== xon && byte !== xoff);
}

/** Waits `ms`. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
