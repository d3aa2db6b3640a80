import type { ByteLink } from '../link/index.ts';
import type { DeviceLog } from '../log.ts';
import { isUnknownStatus, samCommands } from './commands.ts';
import type { SamCommand } from './commands.ts';
import { SamFramer } from './frame.ts';
import type { SamReply } from './frame.ts';

/** `silent`: no answer in time. `lost`: the line is gone or the caller gave up. */
export type SamAnswer = SamReply | 'silent' | 'lost';

/** One command in flight at a time; what does not fit it is dropped. Whoever gets data overwrites it after use. */
export class SamExchange {
  readonly #link: ByteLink;
  readonly #log: DeviceLog;
  readonly #settleMs: number;
  readonly #framer = new SamFramer();
  #take: ((reply: SamReply) => void) | undefined;
  #settledAt = 0;
  /** An answer with somebody's data was waited for in vain and may come yet. */
  #personalMayCome = false;

  /** After an unanswered command nothing is sent for `settleMs`, so that a late answer is not taken for the next. */
  constructor(link: ByteLink, log: DeviceLog, settleMs: number) {
    this.#link = link;
    this.#log = log;
    this.#settleMs = settleMs;
    // What was asked on one connection is not answered on the next.
    link.onState(() => {
      this.#personalMayCome = false;
    });
    link.onBytes((bytes) => {
      if (!this.#take) return;
      for (const reply of this.#framer.push(bytes)) this.#offer(reply);
    });
  }

  /** Whether an answer with somebody's data may come yet. */
  get personalMayCome(): boolean {
    return this.#personalMayCome;
  }

  /**
   * Lets go by what was meant for the person before: answers come in the order of the questions, and only the answer to
   * this one has 16 bytes. False when the reader does not answer.
   */
  async forgetPerson(timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#personalMayCome) return true;
    const answer = await this.ask(samCommands.samId, timeoutMs, signal);
    if (typeof answer === 'string') return false;
    this.#personalMayCome = false;
    return true;
  }

  async ask(command: SamCommand, timeoutMs: number, signal?: AbortSignal): Promise<SamAnswer> {
    const rest = this.#settledAt - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    if (signal?.aborted || this.#link.state !== 'open') return 'lost';
    this.#framer.reset();
    const started = performance.now();
    const answer = await this.#exchange(command, timeoutMs, signal);
    this.#framer.reset();
    const ms = Math.round(performance.now() - started);
    if (typeof answer === 'string') {
      this.#settledAt = performance.now() + this.#settleMs;
      if (command.name === 'read' || command.name === 'newAddress') this.#personalMayCome = true;
    }
    const strange = typeof answer !== 'string' && isUnknownStatus(answer.status);
    // What is asked all the time would flood the log; a change of the status is logged by the driver.
    if ((command.name === 'find' || command.name === 'status') && !strange) return answer;
    if (typeof answer === 'string') {
      this.#log.warn({ device: 'card-reader', command: command.name, answer, ms }, 'no answer');
    } else {
      const { status, data } = answer;
      this.#log.info(
        { device: 'card-reader', command: command.name, status, length: data.length, ms },
        'answer',
      );
    }
    return answer;
  }

  async #exchange(command: SamCommand, timeoutMs: number, signal?: AbortSignal): Promise<SamAnswer> {
    let finish: (answer: SamAnswer) => void = () => undefined;
    const answered = new Promise<SamAnswer>((resolve) => {
      finish = resolve;
    });
    const lose = (): void => finish('lost');
    const timer = setTimeout(() => finish('silent'), timeoutMs);
    const offState = this.#link.onState(lose);
    signal?.addEventListener('abort', lose);
    this.#take = (reply) => {
      if (!command.accepts(reply)) {
        reply.data.fill(0);
        return;
      }
      this.#take = undefined;
      finish(reply);
    };
    void this.#link.write(command.bytes).then((sent) => {
      if (!sent.ok) lose();
    });
    const answer = await answered;
    clearTimeout(timer);
    offState();
    signal?.removeEventListener('abort', lose);
    this.#take = undefined;
    return answer;
  }

  #offer(reply: SamReply): void {
    if (this.#take) this.#take(reply);
    else reply.data.fill(0);
  }
}
