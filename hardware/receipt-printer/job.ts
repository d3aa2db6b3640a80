import type { Result } from '../../app/domain/result.ts';
import type { ByteLink, WriteFailure } from '../link/index.ts';
import { sleep } from './conversation.ts';
import type { PrinterConversation, PrinterTiming } from './conversation.ts';
import { ejectSlip } from './encoder.ts';
import type { PrintOutcome } from './port.ts';
import type { PrinterProfile } from './profile.ts';
import { ReceiveWindow } from './receive-window.ts';
import type { Condition } from './status.ts';

interface PrintJobOptions {
  link: ByteLink;
  conversation: PrinterConversation;
  timing: PrinterTiming;
  profile: PrinterProfile;
  baudRate: number;
  lengthMm: number;
}

/**
 * One slip on its way to paper. The verdict is never guessed: `printed` needs the printer's word after the last byte, on
 * the connection on which the first byte left, and an answer to every question between: a question without one says that
 * the bytes before it may be lost too.
 */
export class PrintJob {
  readonly #options: PrintJobOptions;
  #sentBytes = 0;
  #marks = 0;
  #connectionLost = false;
  /** When the last bytes left us. */
  lastSentAt = 0;
  /** The last full condition seen, for the driver's status. */
  lastCondition: Condition | undefined;

  constructor(options: PrintJobOptions) {
    this.#options = options;
  }

  async run(
    pieces: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    onProgress: ((share: number) => void) | undefined,
  ): Promise<PrintOutcome> {
    const { link, conversation } = this.#options;
    conversation.openAccount();
    const unsubscribe = link.onState(() => {
      this.#connectionLost = true;
    });
    try {
      return (await this.#deliver(pieces, signal, onProgress)) ?? (await this.#finish());
    } finally {
      unsubscribe();
    }
  }

  /** Sends all; the outcome when it ends before the last byte. */
  async #deliver(
    pieces: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    onProgress: ((share: number) => void) | undefined,
  ): Promise<PrintOutcome | undefined> {
    const { profile, baudRate } = this.#options;
    const chunks = chunksOf(pieces, profile.chunkBytes);
    const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const window = new ReceiveWindow({ bufferBytes: profile.bufferBytes, total });
    const started = performance.now();
    for (const chunk of chunks) {
      const unready = await this.#waitForRoom(window, chunk.length, { started, signal });
      if (unready) return unready;
      if (signal?.aborted) return this.#cancel();
      const stopped =
        (await this.#send(chunk)) ??
        (await this.#mark(window, chunk.length)) ??
        (await this.#check(wireMs(chunk.length, baudRate)));
      if (stopped) return stopped;
      this.#sentBytes += chunk.length;
      onProgress?.(this.#sentBytes / total);
    }
    return undefined;
  }

  /** Lets the printer work off what it holds, until it can take so many bytes more; the outcome when it stops. */
  async #waitForRoom(
    window: ReceiveWindow,
    bytes: number,
    { started, signal }: { started: number; signal: AbortSignal | undefined },
  ): Promise<PrintOutcome | undefined> {
    const waitingSince = performance.now();
    const limitMs = this.#printMs() + this.#options.timing.finishSlack;
    while (!window.hasRoom(bytes) && !signal?.aborted) {
      if (performance.now() - waitingSince > limitMs) return { kind: 'interrupted', reason: 'offline' };
      await this.#pause(waitingSince);
      const wrong = await this.#workOff(window, performance.now() - started);
      if (wrong) return wrong;
    }
    return undefined;
  }

  /** Learns how much the printer has worked off since the job began; the outcome when it has stopped. */
  async #workOff(window: ReceiveWindow, elapsedMs: number): Promise<PrintOutcome | undefined> {
    const { conversation, profile } = this.#options;
    if (profile.endOfJob === 'gs-r') {
      window.answered(this.#marks - conversation.sensorsOwed);
      return this.#check(0);
    }
    const seen = await conversation.condition();
    if (!seen) return this.#gone();
    this.lastCondition = seen;
    if (seen.working === false) window.emptied();
    window.passed(elapsedMs / this.#printMs());
    return seen.fault ? { kind: 'interrupted', reason: seen.fault } : undefined;
  }

  /**
   * Asks in line behind a chunk: the answer says that it is worked off, and does not come from a printer that lost power
   * for a moment, and with it what waited in its buffer.
   */
  async #mark(window: ReceiveWindow, bytes: number): Promise<PrintOutcome | undefined> {
    window.send(bytes);
    if (this.#options.profile.endOfJob !== 'gs-r') return undefined;
    window.mark();
    this.#marks += 1;
    return this.#written(await this.#options.conversation.askSensors());
  }

  /** How long the slowest printer takes for the slip. */
  #printMs(): number {
    return (this.#options.lengthMm / this.#options.timing.slowestMmPerSecond) * 1000;
  }

  /** Lets the half slip out, so that it does not wait inside for the next person. */
  async #cancel(): Promise<PrintOutcome> {
    if (this.#sentBytes === 0) return { kind: 'not_started', reason: 'cancelled' };
    const stopped = await this.#send(ejectSlip(this.#options.profile));
    return stopped ?? { kind: 'interrupted', reason: 'cancelled' };
  }

  async #send(chunk: Uint8Array): Promise<PrintOutcome | undefined> {
    // The rest of a slip does not belong on a later connection.
    if (this.#connectionLost) return this.#gone();
    const sent = await this.#options.link.write(chunk);
    this.lastSentAt = performance.now();
    return this.#written(sent);
  }

  #written(sent: Result<undefined, WriteFailure>): PrintOutcome | undefined {
    if (sent.ok) return undefined;
    if (sent.failure === 'not_open' && this.#sentBytes === 0)
      return { kind: 'not_started', reason: 'absent' };
    return { kind: 'interrupted', reason: sent.failure === 'timed_out' ? 'offline' : 'absent' };
  }

  /** Waits for the printer's word on the last byte; the outcome when it does not come. */
  async #wordInLine(limitMs: number): Promise<PrintOutcome | undefined> {
    const { conversation } = this.#options;
    const stopped = this.#written(await conversation.askSensors());
    if (stopped) return stopped;
    const started = performance.now();
    const owed = (): boolean => conversation.sensorsOwed > 0;
    while (owed()) {
      if (performance.now() - started > limitMs) return { kind: 'interrupted', reason: 'offline' };
      await this.#pause(started);
      const wrong = owed() ? await this.#check(0) : undefined;
      if (wrong) return wrong;
    }
    return undefined;
  }

  /**
   * Waits until the printer has had the time to print and, where it tells, has emptied its buffer and stopped its motor
   * (hardware.md 2.9). A slip that comes into its empty mouth ends the waiting sooner.
   */
  async #wordOfStatus(printMs: number, limitMs: number): Promise<PrintOutcome | undefined> {
    const started = performance.now();
    let mouthWasEmpty = false;
    for (;;) {
      const { conversation, timing } = this.#options;
      const seen = (await conversation.condition()) ?? (await conversation.condition(timing.heartbeat));
      if (!seen) return this.#gone();
      this.lastCondition = seen;
      if (seen.fault) return { kind: 'interrupted', reason: seen.fault };
      const elapsed = performance.now() - started;
      const presented = mouthWasEmpty && seen.slipInMouth === true;
      if (seen.working !== true && (presented || elapsed >= printMs)) return undefined;
      mouthWasEmpty ||= seen.slipInMouth === false;
      if (elapsed > limitMs) return { kind: 'interrupted', reason: 'offline' };
      await this.#pause(started);
    }
  }

  /** Short at first: many slips are. */
  #pause(started: number): Promise<void> {
    return sleep(Math.min(this.#options.timing.finishing, 20 + (performance.now() - started) / 4));
  }

  /** Looks whether the printer is well; `extraMs` for bytes still on the wire before the question. */
  async #check(extraMs: number): Promise<PrintOutcome | undefined> {
    const { conversation, timing } = this.#options;
    // Half a slip is a loss for the person waiting: a printer at work gets more patience than an idle one.
    const seen =
      (await conversation.glance(extraMs)) ?? (await conversation.glance(extraMs + timing.heartbeat));
    if (seen === 'well') return undefined;
    if (!seen) return this.#gone();
    this.lastCondition = seen;
    return seen.fault ? { kind: 'interrupted', reason: seen.fault } : undefined;
  }

  async #finish(): Promise<PrintOutcome> {
    const { conversation, timing, profile } = this.#options;
    const printMs = this.#printMs();
    const limit = printMs + timing.finishSlack;
    const unfinished =
      profile.endOfJob === 'gs-r' ? await this.#wordInLine(limit) : await this.#wordOfStatus(printMs, limit);
    if (unfinished) return unfinished;
    if (conversation.sensorsSaidPaperOut) return { kind: 'interrupted', reason: 'paper_out' };
    const after = await conversation.condition();
    if (!after) return this.#gone();
    this.lastCondition = after;
    if (after.fault) return { kind: 'interrupted', reason: after.fault };
    return conversation.balanced && !this.#connectionLost ? { kind: 'printed' } : this.#gone();
  }

  /** The printer was out of reach for a while: what it got of the slip nobody knows. */
  #gone(): PrintOutcome {
    const away = this.#connectionLost || this.#options.link.state !== 'open';
    return { kind: 'interrupted', reason: away ? 'absent' : 'offline' };
  }
}

/** How long `bytes` take on a serial line, in ms. */
export function wireMs(bytes: number, baudRate: number): number {
  return ((bytes * 10) / baudRate) * 1000;
}

/** Joins pieces up to `limit` bytes; a piece is never split, since a question inside a command would be eaten by it. */
function chunksOf(pieces: readonly Uint8Array[], limit: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let current: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    if (length > 0 && length + piece.length > limit) {
      chunks.push(Buffer.concat(current));
      current = [];
      length = 0;
    }
    current.push(piece);
    length += piece.length;
  }
  return length > 0 ? [...chunks, Buffer.concat(current)] : chunks;
}
