import { sleep } from './conversation.ts';
import type { PrinterConversation, PrinterTiming } from './conversation.ts';
import { commandFiller, ejectRemains } from './encoder.ts';
import type { PrintOutcome } from './port.ts';
import type { PrinterProfile } from './profile.ts';

interface RemainsOptions {
  profile: PrinterProfile;
  conversation: PrinterConversation;
  timing: PrinterTiming;
  send: (bytes: Uint8Array) => Promise<boolean>;
}

/**
 * What an earlier slip left in the printer, which belongs to somebody else: in its buffer, on the roll, or a command that
 * broke off in the middle. It comes out by itself, before anything of the next person.
 */
export class SlipRemains {
  readonly #options: RemainsOptions;
  /** Who was here before a fresh driver is not known. `leaving`: the printer was told to push it out. */
  #state: 'none' | 'perhaps' | 'surely' | 'leaving' = 'perhaps';
  /** The connection has not broken since the last job began, nor has the printer fallen silent: its answers will come. */
  #unbroken = false;
  #printMs = 0;

  constructor(options: RemainsOptions) {
    this.#options = options;
  }

  /** Whether something of ours surely lies there: nobody may be told that the printer is ready. */
  get ours(): boolean {
    return this.#state === 'surely';
  }

  /** A job of `printMs` at the slowest begins. */
  jobBegan(printMs: number): void {
    this.#unbroken = true;
    this.#printMs = printMs;
  }

  jobEnded(outcome: PrintOutcome): void {
    if (outcome.kind === 'printed') this.#state = 'none';
    else if (outcome.kind === 'interrupted')
      this.#state = outcome.reason === 'cancelled' ? 'leaving' : 'surely';
  }

  connectionBroke(): void {
    this.#unbroken = false;
  }

  /** Ends a command that broke off, in which our questions would be lost; `silent`: the printer has not answered before. */
  async wake(silent: boolean): Promise<void> {
    if (this.#state === 'surely' || (this.#state === 'perhaps' && silent))
      await this.#options.send(commandFiller);
  }

  /**
   * Lets out and cuts off what lies there: of our own before anybody is told that the printer is ready, of whoever was here
   * before this driver only before the first job. `out`: something may have come out; `stuck`: it does not.
   */
  async clear(): Promise<'nothing' | 'out' | 'stuck'> {
    const { profile, send } = this.#options;
    if (this.#state === 'none') return 'nothing';
    // A full buffer would lose the very bytes that part the slips.
    const settled = await this.#settle();
    if (this.#state === 'leaving') {
      if (settled) this.#state = 'none';
      return settled ? 'nothing' : 'stuck';
    }
    // One that answers is not in the middle of a command.
    const eject = settled ? ejectRemains(profile) : Buffer.concat([commandFiller, ejectRemains(profile)]);
    if (!(await send(eject))) return 'stuck';
    const tells = profile.endOfJob === 'gs-r' || profile.status === 'custom';
    if (tells && !(await this.#settle())) return 'stuck';
    this.#state = 'none';
    return 'out';
  }

  /** Waits until the printer has worked off what it holds, as far as the model tells; false when it does not. */
  #settle(): Promise<boolean> {
    return this.#options.profile.endOfJob === 'gs-r' ? this.#settledInLine() : this.#settledByStatus();
  }

  async #settledInLine(): Promise<boolean> {
    const { conversation, timing } = this.#options;
    if (!(await conversation.askSensors()).ok) return false;
    const limitMs = this.#unbroken ? this.#printMs + timing.finishSlack : timing.quiet;
    let owed = conversation.sensorsOwed;
    let since = performance.now();
    for (;;) {
      await sleep(Math.min(timing.finishing, 20));
      const now = conversation.sensorsOwed;
      if (now === 0) return true;
      if (now < owed) since = performance.now();
      owed = now;
      if ((await conversation.glance()) !== 'well') return false;
      if (performance.now() - since <= limitMs || conversation.sensorsOwed === 0) continue;
      conversation.forgetSensors();
      return false;
    }
  }

  async #settledByStatus(): Promise<boolean> {
    const { conversation, timing } = this.#options;
    const started = performance.now();
    // One that never tells is given the time in which most of a buffer is printed, where surely something is in it.
    const untoldMs = this.#state === 'perhaps' ? 0 : 2 * timing.quiet;
    for (;;) {
      const condition = await conversation.condition();
      if (!condition || condition.fault) return false;
      if (condition.working === false) return true;
      const elapsed = performance.now() - started;
      if (condition.working === undefined && elapsed >= untoldMs) return true;
      if (elapsed >= this.#printMs + timing.finishSlack) return false;
      await sleep(timing.finishing);
    }
  }
}
