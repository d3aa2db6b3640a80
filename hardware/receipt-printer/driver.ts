import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { Listeners, SilentRounds } from '../link/index.ts';
import type { ByteLink } from '../link/index.ts';
import type { DeviceLog } from '../log.ts';
import { PrinterConversation, printerTiming, sleep } from './conversation.ts';
import type { PrinterTiming } from './conversation.ts';
import { automaticStatusOff, encodeReceipt, printLayout } from './encoder.ts';
import type { LineArtist } from './glyphs.ts';
import { PrintJob, wireMs } from './job.ts';
import { Presenter } from './presenter.ts';
import type {
  PrinterFault,
  PrinterStatus,
  PrintLayout,
  PrintOutcome,
  ReceiptPrinterPort,
  SlipPlace,
} from './port.ts';
import type { PrinterProfile } from './profile.ts';
import { SlipRemains } from './remains.ts';
import type { Condition } from './status.ts';

interface ReceiptPrinterOptions {
  link: ByteLink;
  baudRate: number;
  profile: PrinterProfile;
  log: DeviceLog;
  /** Draws lines with characters that the printer's font lacks; without it they become 〓. */
  artist?: LineArtist | undefined;
  timing?: PrinterTiming;
}

/** ESC/POS printer on a byte link: watches it when idle, prints one job at a time, heals with the link. */
export class ReceiptPrinter implements ReceiptPrinterPort {
  readonly #options: ReceiptPrinterOptions;
  readonly #timing: PrinterTiming;
  readonly #conversation: PrinterConversation;
  readonly #presenter: Presenter;
  readonly #remains: SlipRemains;
  readonly #listeners = new Listeners<PrinterStatus>();
  readonly #watching: Promise<void>;
  /** Undefined until the printer on this connection has been asked; `silent` after it stopped answering. */
  #condition: Condition | 'silent' | undefined;
  #printing = false;
  #closed = false;
  #told: PrinterStatus;
  /** Ends when the look at the printer that is under way ends. */
  #looking: Promise<unknown> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(options: ReceiptPrinterOptions) {
    this.#options = options;
    this.#timing = options.timing ?? printerTiming;
    this.#conversation = new PrinterConversation(options.link, this.#timing, options.profile.status);
    const parts = {
      profile: options.profile,
      conversation: this.#conversation,
      timing: this.#timing,
      send: (bytes: Uint8Array) => this.#send(bytes),
    };
    this.#presenter = new Presenter(parts);
    this.#remains = new SlipRemains(parts);
    this.#told = this.status();
    options.link.onState(() => {
      this.#remains.connectionBroke();
      if (this.#condition !== 'silent') this.#condition = undefined;
      this.#tell();
      this.#wake();
    });
    this.#watching = this.#watch();
  }

  status(): PrinterStatus {
    if (this.#options.link.state !== 'open' || this.#condition === undefined) return { state: 'absent' };
    if (this.#condition === 'silent') return { state: 'fault', fault: 'offline' };
    if (this.#condition.fault) return { state: 'fault', fault: this.#condition.fault };
    if (this.#printing) return { state: 'busy' };
    return { state: 'ready', paperLow: this.#condition.paperLow };
  }

  onStatus(listener: (status: PrinterStatus) => void): () => void {
    return this.#listeners.add(listener);
  }

  slipPlace(): SlipPlace {
    return this.#presenter.place;
  }

  onSlipPlace(listener: (place: SlipPlace) => void): () => void {
    return this.#presenter.onPlace(listener);
  }

  takeSlipBack(): Promise<void> {
    this.#presenter.dismiss();
    this.#wake();
    return Promise.resolve();
  }

  layout(document: ReceiptDocument): PrintLayout {
    return printLayout(document, this.#options.profile);
  }

  async print(
    document: ReceiptDocument,
    options: { signal?: AbortSignal; onProgress?: (share: number) => void; testsFont?: boolean } = {},
  ): Promise<PrintOutcome> {
    if (this.#printing) return { kind: 'not_started', reason: 'busy' };
    if (this.#options.link.state !== 'open') return { kind: 'not_started', reason: 'absent' };
    this.#printing = true;
    this.#tell();
    try {
      await this.#looking;
      const started = performance.now();
      const outcome = await this.#run(document, options);
      this.#options.log.info(
        { device: 'printer', ...outcome, ms: Math.round(performance.now() - started) },
        'job ended',
      );
      return outcome;
    } finally {
      this.#printing = false;
      this.#tell();
      this.#wake();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#options.link.close();
    await this.#watching;
    this.#conversation.close();
    this.#presenter.close();
    this.#listeners.clear();
  }

  async #run(
    document: ReceiptDocument,
    {
      signal,
      onProgress,
      testsFont = false,
    }: { signal?: AbortSignal; onProgress?: (share: number) => void; testsFont?: boolean },
  ): Promise<PrintOutcome> {
    const before = await this.#conversation.condition();
    this.#learn(before);
    if (!before)
      return { kind: 'not_started', reason: this.#options.link.state === 'open' ? 'offline' : 'absent' };
    if (before.fault) return { kind: 'not_started', reason: before.fault };
    const cleared = await this.#remains.clear();
    if (cleared === 'stuck') return { kind: 'not_started', reason: await this.#whyStuck() };
    if (cleared === 'out') await this.#presenter.swallow();
    await this.#presenter.makeRoom();
    const { artist } = this.#options;
    const profile = testsFont ? testing(this.#options.profile) : this.#options.profile;
    const { lines, lengthMm } = printLayout(document, profile);
    if (signal?.aborted) return { kind: 'not_started', reason: 'cancelled' };
    const job = new PrintJob({
      link: this.#options.link,
      conversation: this.#conversation,
      timing: this.#timing,
      profile,
      baudRate: this.#options.baudRate,
      lengthMm,
    });
    this.#remains.jobBegan((lengthMm / this.#timing.slowestMmPerSecond) * 1000);
    const outcome = await job.run(encodeReceipt(lines, profile, artist), signal, onProgress);
    this.#remains.jobEnded(outcome);
    if (outcome.kind !== 'not_started') {
      // A cancelled slip is pushed out like a whole one, and is as little anybody else's business.
      const isOut = outcome.kind === 'printed' || outcome.reason === 'cancelled';
      if (isOut) this.#presenter.presented(job.lastSentAt);
    }
    if (job.lastCondition) this.#learn(job.lastCondition);
    else if (outcome.kind === 'interrupted' && outcome.reason === 'offline') this.#learn(undefined);
    return outcome;
  }

  async #watch(): Promise<void> {
    let nextRound = 0;
    const silence = new SilentRounds();
    while (!this.#closed) {
      if (this.#options.link.state === 'open' && !this.#printing) {
        const fresh = this.#condition === undefined || this.#condition === 'silent';
        const full = fresh || performance.now() >= nextRound;
        if (full) nextRound = performance.now() + this.#timing.fullRound;
        const look = this.#look(fresh, full).then(async (answered) => {
          if (answered) await this.#presenter.look();
          return answered;
        });
        this.#looking = look;
        const answered = await look;
        if (answered) silence.answered();
        else if (silence.missed()) this.#options.link.reopen();
      }
      await this.#pause();
    }
  }

  async #look(fresh: boolean, full: boolean): Promise<boolean> {
    // Not at the first look: a printer that answers is not disturbed before somebody wants to print.
    if (fresh) await this.#remains.wake(this.#condition === 'silent');
    if (fresh) await this.#options.link.write(automaticStatusOff);
    if (!full) {
      const glance = await this.#conversation.glance();
      // A fault that DLE EOT 1 does not show is looked for in full; so is the end of one.
      if (glance === 'well' && this.#condition !== 'silent' && !this.#condition?.fault) return true;
      if (glance === undefined || glance !== 'well') return this.#learn(glance);
    }
    const condition = await this.#conversation.condition();
    if (!condition || condition.fault || !this.#remains.ours) return this.#learn(condition);
    if ((await this.#remains.clear()) === 'stuck') {
      await this.#whyStuck();
      return true;
    }
    this.#presenter.presented(performance.now());
    return this.#learn(condition);
  }

  /** The fault for which the printer keeps what an earlier slip left; one that is well all the same does not answer. */
  async #whyStuck(): Promise<PrinterFault | 'absent'> {
    const condition = await this.#conversation.condition();
    this.#learn(condition?.fault ? condition : undefined);
    if (this.#options.link.state !== 'open') return 'absent';
    return condition?.fault ?? 'offline';
  }

  /** Writes and waits until the bytes are over the wire: a question behind them would be answered late. */
  async #send(bytes: Uint8Array): Promise<boolean> {
    const sent = await this.#options.link.write(bytes);
    if (sent.ok) await sleep(wireMs(bytes.length, this.#options.baudRate));
    return sent.ok;
  }

  #learn(condition: Condition | undefined): boolean {
    if (this.#options.link.state !== 'open') return condition !== undefined;
    this.#condition = condition ?? 'silent';
    if (!condition) this.#remains.connectionBroke();
    this.#tell();
    return condition !== undefined;
  }

  #tell(): void {
    const status = this.status();
    if (JSON.stringify(status) === JSON.stringify(this.#told)) return;
    this.#told = status;
    this.#options.log.info({ device: 'printer', ...status }, 'status');
    this.#listeners.emit(status);
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), this.#timing.heartbeat);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The profile with all that a GBK font holds; a printer without Chinese font does not know its commands. */
function testing(profile: PrinterProfile): PrinterProfile {
  return profile.fontRom === 'ascii' ? profile : { ...profile, fontRom: 'gbk' };
}
