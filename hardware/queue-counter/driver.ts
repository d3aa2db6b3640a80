import { Announced } from '../announced.ts';
import { SilentRounds } from '../link/index.ts';
import type { ByteLink } from '../link/index.ts';
import type { DeviceLog } from '../log.ts';
import type { QueueCounterPort, QueueCounterStatus, QueueNumber, QueueRefusal } from './port.ts';
import { encodeSentence, SentenceReader } from './sentence.ts';
import type { Sentence } from './sentence.ts';

/** All waits in ms; tests shorten them. */
export interface QueueCounterTiming {
  /** Between looks whether the counter is there. Often enough that a pulled cable shows within 3 s. */
  heartbeat: number;
  /** The same at a port where nobody has answered for long: another device may be there. */
  idleHeartbeat: number;
  /** Limits for an answer, one per try. */
  answers: readonly number[];
}

export const queueCounterTiming: QueueCounterTiming = {
  heartbeat: 1000,
  idleHeartbeat: 60_000,
  answers: [400, 600, 1000],
};

interface QueueCounterOptions {
  link: ByteLink;
  log: DeviceLog;
  /** Where the names of questions begin, so that a kiosk that starts again does not repeat those of before. */
  firstId: number;
  timing?: QueueCounterTiming;
}

const refusals: readonly QueueRefusal[] = ['closed', 'full', 'unknown_service'];
const serviceName = /^[a-z][a-z-]{0,19}$/;

/** A hall's counter on a byte link: one question at a time, asked again under the same name until it is answered. */
export class QueueCounter implements QueueCounterPort {
  readonly #options: QueueCounterOptions;
  readonly #timing: QueueCounterTiming;
  readonly #status = new Announced<QueueCounterStatus>({ state: 'absent' });
  readonly #watching: Promise<void>;
  #reader = new SentenceReader();
  #nextId: number;
  #answer: (sentence: Sentence) => void = () => undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;
  #wake: () => void = () => undefined;

  constructor(options: QueueCounterOptions) {
    this.#options = options;
    this.#timing = options.timing ?? queueCounterTiming;
    this.#nextId = options.firstId;
    options.link.onBytes((bytes) => {
      for (const sentence of this.#reader.push(bytes)) this.#answer(sentence);
    });
    options.link.onState((state) => {
      this.#reader = new SentenceReader();
      if (state !== 'open') this.#become({ state: 'absent' });
      this.#wake();
    });
    this.#watching = this.#watch();
  }

  status(): QueueCounterStatus {
    return this.#status.value;
  }

  onStatus(listener: (status: QueueCounterStatus) => void): () => void {
    return this.#status.onChange(listener);
  }

  async take(service: string): Promise<QueueNumber> {
    if (!serviceName.test(service)) return { kind: 'refused', reason: 'unknown_service' };
    if (!this.#isOpen()) return { kind: 'failed', reason: 'absent' };
    const answer = await this.#ask('TAKE', [service]);
    const outcome = answer ? numberIn(answer) : undefined;
    if (outcome) return outcome;
    return { kind: 'failed', reason: this.#isOpen() ? 'silent' : 'absent' };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#options.link.close();
    await this.#watching;
    this.#status.close();
  }

  async #watch(): Promise<void> {
    const silence = new SilentRounds();
    while (!this.#closed) {
      if (this.#isOpen()) {
        const there = (await this.#ask('HELLO', [])) !== undefined;
        if (this.#isOpen()) this.#become(there ? { state: 'ready' } : { state: 'fault', fault: 'silent' });
        if (there) silence.answered();
        else if (silence.missed()) this.#options.link.reopen();
      }
      await this.#pause(silence.many ? this.#timing.idleHeartbeat : this.#timing.heartbeat);
    }
  }

  #isOpen(): boolean {
    return this.#options.link.state === 'open';
  }

  /** One question; the same name on every try, so that the counter counts once however often it hears it. */
  #ask(word: string, fields: readonly string[]): Promise<Sentence | undefined> {
    const asking = this.#turn.then(async () => {
      const id = (this.#nextId >>> 0).toString(16);
      this.#nextId += 1;
      for (const limit of this.#timing.answers) {
        const answer = await this.#askOnce({ word, id, fields }, limit);
        if (answer || !this.#isOpen()) return answer;
      }
      return undefined;
    });
    this.#turn = asking;
    return asking;
  }

  async #askOnce(question: Sentence, limit: number): Promise<Sentence | undefined> {
    const answered = new Promise<Sentence | undefined>((resolve) => {
      const finish = (sentence?: Sentence): void => {
        clearTimeout(timer);
        unsubscribe();
        this.#answer = () => undefined;
        resolve(sentence);
      };
      const timer = setTimeout(finish, limit);
      const unsubscribe = this.#options.link.onState(() => finish());
      this.#answer = (sentence) => {
        if (sentence.id === question.id) finish(sentence);
      };
    });
    await this.#options.link.write(encodeSentence(question));
    return answered;
  }

  #become(status: QueueCounterStatus): void {
    if (this.#status.become(status)) this.#options.log.info({ device: 'queue-counter', ...status }, 'status');
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#closed) this.#wake();
    });
  }
}

/** What the answer to TAKE says; undefined for one that makes no sense. */
function numberIn({ word, fields: [first = '', second = ''] }: Sentence): QueueNumber | undefined {
  if (word === 'NUMBER' && /^[A-Z0-9]{1,8}$/.test(first) && /^\d{1,4}$/.test(second))
    return { kind: 'taken', number: first, waiting: Number(second) };
  const reason = refusals.find((each) => each === first);
  return word === 'REFUSED' && reason ? { kind: 'refused', reason } : undefined;
}
