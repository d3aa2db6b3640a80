import { Announced } from '../announced.ts';
import type { ByteLink } from '../link/index.ts';
import type { DeviceLog } from '../log.ts';
import { samCommands, samStatus } from './commands.ts';
import { SamExchange } from './exchange.ts';
import type { CardReaderStatus, CardReading, IdCardReaderPort } from './port.ts';
import { CardReadingRun } from './reading.ts';
import type { LyingCard } from './reading.ts';
import { samIdText } from './sam-id.ts';
import { cardReaderTiming } from './timing.ts';
import type { CardReaderTiming } from './timing.ts';

/** Speeds a reader may be set to, the usual one first. */
export const cardReaderSpeeds: readonly number[] = [115_200, 57_600, 38_400, 19_200, 9600];
/** Somebody who set a reader to another speed can wait; one that came back at its own speed is ready within 5 s. */
const fullRoundEvery = 5;
const manyRounds = 10;

interface IdCardReaderOptions {
  link: ByteLink;
  log: DeviceLog;
  /** Today as an ISO date: a card that is valid from a later day was misread. */
  today: () => string;
  timing?: CardReaderTiming;
}

/** SAM_V card reader on a byte link: probes its speed, reads one card when asked to, heals with the link. */
export class IdCardReader implements IdCardReaderPort {
  readonly #options: IdCardReaderOptions;
  readonly #timing: CardReaderTiming;
  readonly #exchange: SamExchange;
  readonly #status = new Announced<CardReaderStatus>({ state: 'absent' });
  readonly #watching: Promise<void>;
  #probing = false;
  #closed = false;
  #speed = 0;
  /** A reader has answered at this port, at this speed. */
  #known = false;
  #silentRounds = 0;
  #samId: string | undefined;
  /** What earlier readings left there. */
  #lying: LyingCard = 'none';
  #current: CardReadingRun | undefined;
  #turn: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(options: IdCardReaderOptions) {
    this.#options = options;
    this.#timing = options.timing ?? cardReaderTiming;
    this.#exchange = new SamExchange(options.link, options.log, this.#timing.settle);
    options.link.onState((state) => {
      if (state !== 'open' && !this.#probing) {
        this.#become({ state: 'absent' });
        this.#silentRounds = 0;
      }
      if (state !== 'open') this.#lying = 'none';
      this.#wake();
    });
    this.#watching = this.#watch();
  }

  status(): CardReaderStatus {
    return this.#status.value;
  }

  onStatus(listener: (status: CardReaderStatus) => void): () => void {
    return this.#status.onChange(listener);
  }

  samId(): string | undefined {
    return this.#samId;
  }

  cardLies(): boolean {
    return (this.#current?.lying ?? this.#lying) !== 'none';
  }

  async lifted(options: {
    signal: AbortSignal;
    timeoutMs: number;
  }): Promise<'lifted' | 'still_there' | 'unknown'> {
    const release = await this.#takeTurn();
    const run = this.#run(options);
    try {
      return await run.lifted();
    } finally {
      this.#leave(run);
      release();
    }
  }

  async *read(options: { signal: AbortSignal; timeoutMs: number }): AsyncGenerator<CardReading, void> {
    if (this.#status.value.state === 'fault') {
      yield { kind: 'failed', reason: 'reader_silent' };
      return;
    }
    const release = await this.#takeTurn();
    const run = this.#run(options);
    try {
      if (options.signal.aborted) return;
      for await (const reading of run.readings()) {
        if (
          reading.kind === 'failed' &&
          reading.reason === 'reader_silent' &&
          this.#status.value.state === 'ready'
        ) {
          this.#become({ state: 'fault', fault: run.broken ?? 'silent' });
        }
        yield reading;
      }
    } finally {
      // However the reading ended: a screen that has gone leaves the card where it is.
      this.#leave(run);
      release();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#options.link.close();
    await this.#watching;
    this.#status.close();
  }

  #run(options: { signal: AbortSignal; timeoutMs: number }): CardReadingRun {
    const run = new CardReadingRun({
      exchange: this.#exchange,
      link: this.#options.link,
      today: this.#options.today(),
      timing: this.#timing,
      signal: options.signal,
      timeoutMs: options.timeoutMs,
      status: () => this.#status.value,
      lying: this.#lying,
    });
    this.#current = run;
    return run;
  }

  /** A reader that was pulled out in the middle does not know what lies on it. */
  #leave(run: CardReadingRun): void {
    this.#current = undefined;
    this.#lying = this.#options.link.state === 'open' ? run.lying : 'none';
  }

  /** One user of the line at a time. */
  async #takeTurn(): Promise<() => void> {
    const before = this.#turn;
    let release: () => void = () => undefined;
    this.#turn = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }

  async #watch(): Promise<void> {
    while (!this.#closed) {
      if (this.#options.link.state !== 'open') {
        await this.#pause(undefined);
        continue;
      }
      if (this.#status.value.state === 'ready') {
        if ((await this.#pause(this.#timing.keepAlive)) === 'over') await this.#checkAlive();
        continue;
      }
      const release = await this.#takeTurn();
      this.#silentRounds = (await this.#probe().finally(release)) ? 0 : this.#silentRounds + 1;
      if (this.#silentRounds === 0) continue;
      const swapped = !this.#known && this.#silentRounds >= manyRounds;
      await this.#pause(swapped ? this.#timing.idleRound : this.#timing.probeRound);
    }
  }

  /**
   * Asks for the reader's state until it answers; true when it is well. A reader that was known is asked at its own speed,
   * and now and then, like one that never answered, at each speed.
   */
  async #probe(): Promise<boolean> {
    this.#probing = true;
    try {
      const all = !this.#known || this.#silentRounds % fullRoundEvery === fullRoundEvery - 1;
      const speeds = all ? cardReaderSpeeds.length : 1;
      for (let tried = 0; tried < speeds && !this.#closed; tried += 1) {
        if (tried > 0 && !(await this.#changeSpeed())) return this.#become({ state: 'absent' });
        const answer = await this.#exchange.ask(
          samCommands.status,
          this.#limit(samCommands.status.timeoutMs),
        );
        if (answer === 'lost') return this.#become({ state: 'absent' });
        if (answer === 'silent') continue;
        const broken = answer.status === samStatus.selfTestFailed || answer.status === samStatus.unauthorised;
        if (broken) return this.#become({ state: 'fault', fault: 'unauthorised' });
        this.#known = true;
        await this.#learnSamId();
        return this.#become({ state: 'ready' });
      }
      // Back to the first speed after all of them, on a new connection: the port may be hung rather than the reader.
      if (all) await this.#changeSpeed();
      return this.#become({ state: 'fault', fault: 'silent' });
    } finally {
      this.#probing = false;
    }
  }

  /** Some firmware does not tell; the reader works without. */
  async #learnSamId(): Promise<void> {
    const answer = await this.#exchange.ask(samCommands.samId, this.#limit(samCommands.samId.timeoutMs));
    if (typeof answer === 'string' || answer.status !== samStatus.done) return;
    this.#samId = samIdText(answer.data);
    this.#options.log.info({ device: 'card-reader', samId: this.#samId }, 'security module');
  }

  /** Next speed on a fresh connection; false when the port does not come back soon. */
  async #changeSpeed(): Promise<boolean> {
    const { link } = this.#options;
    this.#speed = (this.#speed + 1) % cardReaderSpeeds.length;
    link.reopen(cardReaderSpeeds[this.#speed]);
    const end = performance.now() + 3500;
    const isOpen = (): boolean => link.state === 'open';
    while (!isOpen() && performance.now() < end && !this.#closed) {
      await this.#pause(Math.max(1, end - performance.now()));
    }
    return isOpen();
  }

  async #checkAlive(): Promise<void> {
    const release = await this.#takeTurn();
    try {
      for (let tries = 0; tries < 3; tries += 1) {
        if (this.#options.link.state !== 'open') return;
        const answer = await this.#exchange.ask(
          samCommands.status,
          this.#limit(samCommands.status.timeoutMs),
        );
        if (answer !== 'silent') return;
      }
      this.#become({ state: 'fault', fault: 'silent' });
    } finally {
      release();
    }
  }

  #limit(ms: number): number {
    return ms * this.#timing.patience;
  }

  /** Takes on a status and tells it if it is new; true when the reader is ready. */
  #become(status: CardReaderStatus): boolean {
    if (this.#status.become(status)) {
      this.#options.log.info({ device: 'card-reader', ...status }, 'status');
      this.#wake();
    }
    return status.state === 'ready';
  }

  /** Waits until woken, or until `ms` are over. */
  #pause(ms: number | undefined): Promise<'woken' | 'over'> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => resolve('over'), ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve('woken');
      };
      if (this.#closed) this.#wake();
    });
  }
}
