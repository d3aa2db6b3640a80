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
  /** Takes the answer to the question that is waited for. */
  #hear: ((answer: Uint8Array) => void) | undefined;
  /** The answer that is waited for has no fixed bits: the next byte is it. */
  #unmarked = false;
  #owed = { ...settled };
  #paperOut = false;
  readonly #unsubscribe: () => void;
  readonly #dialect: PrinterProfile['status'];
  /** The beginning of a Custom printer's answer whose end is still to come, and when its last byte came. */
  #begun = { bytes: new Uint8Array() as Uint8Array, at: 0 };

  constructor(link: ByteLink, timing: PrinterTiming, dialect: PrinterProfile['status']) {
    this.#link = link;
    this.#timing = timing;
    this.#dialect = dialect;
    this.#unsubscribe = link.onBytes((bytes) => {
      if (this.#unmarked) this.#readUnmarked(bytes);
      else if (this.#dialect === 'custom') this.#readCustom(bytes);
      else this.#readMarked(bytes);
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
    const answer = await this.#insist((limit) => this.#askOnce(statusRequest(which), limit + extraMs));
    return answer?.[0];
  }

  /** The whole state; undefined when the printer is silent. */
  async condition(extraMs = 0): Promise<Condition | undefined> {
    if (this.#dialect === 'custom') {
      const answer = await this.#insist((limit) => this.#askCustomOnce(limit + extraMs));
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

  /** An answer of one byte which nothing but the question before it explains; asked again when it does not come. */
  async askUnmarked(request: Uint8Array): Promise<number | undefined> {
    const answer = await this.#insist(async (limit) => {
      this.#unmarked = true;
      return this.#askOnce(request, limit).finally(() => {
        this.#unmarked = false;
      });
    });
    return answer?.[0];
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

  #readUnmarked(bytes: Uint8Array): void {
    const [answer] = withoutFlowControl(bytes);
    if (answer === undefined) return;
    this.#enter('states');
    this.#hear?.(Uint8Array.of(answer));
  }

  #readMarked(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (isRealTimeAnswer(byte)) {
        this.#enter('states');
        this.#hear?.(Uint8Array.of(byte));
      } else if (isSensorAnswer(byte)) {
        this.#enter('sensors');
        this.#paperOut ||= sensorSaysPaperOut(byte);
      }
    }
  }

  /** Reads the answers of a Custom printer, those too that come after their question was given up, or twice. */
  #readCustom(bytes: Uint8Array): void {
    let rest = Buffer.concat([this.#begun.bytes, withoutFlowControl(bytes)]);
    for (;;) {
      const start = rest.indexOf(customStatusStart);
      // Of bytes that begin no answer only the last may be half a beginning: a line that babbles must not fill the memory.
      rest = rest.subarray(start < 0 ? -1 : start);
      if (rest.length < customStatusLength) break;
      const answer = rest.subarray(0, customStatusLength);
      rest = rest.subarray(customStatusLength);
      this.#enter('states');
      this.#hear?.(answer);
    }
    this.#begun = { bytes: rest, at: performance.now() };
  }

  /**
   * A late answer whose end is just coming must not be torn by the next question: its own would stay open for ever. One
   * that nobody waits for belongs to nobody, and one that waits longer for its end has lost it.
   */
  #askCustomOnce(limit: number): Promise<Uint8Array | undefined> {
    const waited = performance.now() - this.#begun.at;
    if (this.#owed.states === 0 || waited > this.#timing.settle)
      this.#begun = { bytes: new Uint8Array(), at: 0 };
    return this.#askOnce(customStatusRequest, limit);
  }

  async #askOnce(request: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
    const answered = new Promise<Uint8Array | undefined>((resolve) => {
      const finish = (answer?: Uint8Array): void => {
        clearTimeout(timer);
        offState();
        this.#hear = undefined;
        resolve(answer);
      };
      const timer = setTimeout(finish, limit);
      const offState = this.#link.onState(() => finish());
      this.#hear = finish;
    });
    this.#owed.states += 1;
    const sent = await this.#link.write(request);
    if (!sent.ok) this.#hear?.(new Uint8Array());
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
