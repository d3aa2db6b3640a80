import type { IdentityCard } from '../../app/domain/identity/card.ts';
import type { ByteLink } from '../link/index.ts';
import { isUnknownStatus, samCommands, samStatus } from './commands.ts';
import type { SamCommand } from './commands.ts';
import type { SamAnswer, SamExchange } from './exchange.ts';
import type { CardReaderStatus, CardReading } from './port.ts';
import { decodeTextBlock, newestAddress, textOfReadReply } from './text-block.ts';
import type { CardReaderTiming } from './timing.ts';

interface CardReadingOptions {
  exchange: SamExchange;
  link: ByteLink;
  today: string;
  timing: CardReaderTiming;
  signal: AbortSignal;
  timeoutMs: number;
  status: () => CardReaderStatus;
  lying: LyingCard;
}

/**
 * What may lie on the reader, as far as it has told. `read`: a card that it has read, which it does not find again until it
 * is lifted; `found`: one that it has not, which it finds each time; `perhaps_read`: its answer got lost, so either.
 */
export type LyingCard = 'none' | 'read' | 'found' | 'perhaps_read';

/** Find, select and read are one unit: after any failure it starts again, so often per placed card. */
const triesPerCard = 3;
/** Unanswered commands in a row after which the reader counts as silent. */
const silentCommands = 3;
/** Answers in one reading that no table lists, after which they are reported (hardware.md 6.3). */
const strangeAnswers = 3;

type Step =
  | { kind: 'card'; card: IdentityCard }
  | { kind: 'found' | 'none' | 'failed' | 'implausible' | 'unsupported' | 'silent' | 'broken' | 'lost' };

/** One reading, from asking for a card to its fields. */
export class CardReadingRun {
  readonly #options: CardReadingOptions;
  readonly #end: number;
  #silences = 0;
  #strange = 0;
  #over = false;
  /** The card of an earlier reading may be somebody else's, and has to be lifted before any is read. */
  #mustLift: boolean;
  lying: LyingCard;
  /** Why nothing the person does can help, when it is the reader. */
  broken: 'unauthorised' | 'unknown_status' | undefined;

  constructor(options: CardReadingOptions) {
    this.#options = options;
    this.#end = performance.now() + options.timeoutMs;
    this.lying = options.lying;
    this.#mustLift = options.lying !== 'none';
  }

  async *readings(): AsyncGenerator<CardReading, void> {
    const ready = this.#readiness();
    if (ready) {
      yield ready;
      return;
    }
    yield { kind: 'waiting' };
    let tries = 0;
    let lifted = true;
    while (!this.#over) {
      const stop = this.#stop();
      if (stop) {
        yield* stop;
        return;
      }
      if (!(await this.#inStep())) {
        yield* this.#failures({ kind: 'silent' });
        continue;
      }
      if (this.#mustLift || this.lying === 'read' || this.lying === 'perhaps_read') {
        if (yield* this.#untilLifted()) tries = 0;
        lifted = true;
        yield* this.#failures({ kind: 'silent' });
        continue;
      }
      const found = await this.#find();
      if (found.kind === 'none') {
        if (tries > 0) yield { kind: 'retry', reason: 'pulled_early' };
        if (tries > 0 || !lifted) yield { kind: 'waiting' };
        tries = 0;
        lifted = true;
      } else if (found.kind === 'found' && lifted) {
        if (tries === 0) yield { kind: 'reading' };
        const step = await this.#selectAndRead();
        if (step.kind === 'card') {
          if (this.#options.signal.aborted) return;
          yield { kind: 'read', card: step.card };
          return;
        }
        tries += 1;
        yield* this.#failures(step);
        if (tries >= triesPerCard && !this.#isOver()) {
          yield { kind: 'retry', reason: 'unreadable' };
          tries = 0;
          lifted = false;
        }
        continue;
      } else {
        yield* this.#failures(found);
      }
      if (!this.#isOver()) await this.#wait();
    }
  }

  /** Asks until the card that lies there is gone, the time is over or nobody wants to know. */
  async lifted(): Promise<'lifted' | 'still_there' | 'unknown'> {
    while (this.lying !== 'none') {
      if (this.#options.signal.aborted || this.#options.link.state !== 'open') return 'unknown';
      if (performance.now() >= this.#end) return 'still_there';
      const present = await this.#present();
      if (present === undefined) return 'unknown';
      if (!present) this.lying = 'none';
      else await this.#wait();
    }
    return 'lifted';
  }

  /** Whether a card lies there, read or not; undefined when nobody can be asked. */
  async #present(): Promise<boolean | undefined> {
    if (this.lying !== 'found') {
      const answer = await this.#ask(samCommands.newAddress);
      if (answer === 'lost') return undefined;
      if (saysPresent(answer)) return true;
      // In the same reading it is the same person's card, found again.
      if (this.lying === 'read' || !this.#mustLift) return false;
    }
    const { kind } = await this.#find();
    return kind === 'lost' || kind === 'silent' ? undefined : kind === 'found' || kind === 'unsupported';
  }

  /** Nothing of the person before is under way any more. */
  async #inStep(): Promise<boolean> {
    const { exchange, timing, signal } = this.#options;
    if (!exchange.personalMayCome) return true;
    const done = await exchange.forgetPerson(samCommands.samId.timeoutMs * timing.patience, signal);
    this.#silences = done ? 0 : this.#silences + 1;
    return done;
  }

  /** A card that was there before is read only after it was lifted; true when one lay there. */
  async *#untilLifted(): AsyncGenerator<CardReading, boolean> {
    let lay = false;
    while (!this.#stop()) {
      const present = await this.#present();
      if (present === undefined) return lay;
      if (present && !lay) yield { kind: 'retry', reason: 'unreadable' };
      if (!present && lay) yield { kind: 'waiting' };
      lay ||= present;
      if (!present) {
        this.#mustLift = false;
        this.lying = 'none';
        return lay;
      }
      await this.#wait();
    }
    return lay;
  }

  async #find(): Promise<Step> {
    const answer = await this.#ask(samCommands.find);
    if (typeof answer === 'string') return { kind: answer };
    const { status } = answer;
    if (status === samStatus.noCard) this.lying = 'none';
    if (status === samStatus.cardFound || status === samStatus.notACard) this.lying = 'found';
    if (status === samStatus.cardFound) return { kind: 'found' };
    return status === samStatus.noCard ? { kind: 'none' } : this.#refusal(status);
  }

  async #selectAndRead(): Promise<Step> {
    const selected = await this.#ask(samCommands.select);
    if (typeof selected === 'string') return { kind: selected };
    if (selected.status !== samStatus.done) return this.#refusal(selected.status);
    let read = await this.#ask(samCommands.read);
    // A card whose answer was lost on the wire counts as read and would not be found again; it is still selected.
    if (read === 'silent') read = await this.#ask(samCommands.read);
    // The reader may have read it, and then finds it no more, whether its answer came or not (hardware.md 1.8).
    if (typeof read === 'string') this.lying = 'perhaps_read';
    else this.lying = read.status === samStatus.done ? 'read' : 'found';
    if (typeof read === 'string') return { kind: read };
    if (read.status !== samStatus.done) return this.#refusal(read.status);
    const text = textOfReadReply(read.data);
    const card = text && decodeTextBlock(text, this.#options.today);
    // Text and photo end here; the fields wanted were copied.
    read.data.fill(0);
    if (card?.ok) return { kind: 'card', card: await this.#withNewestAddress(card.value) };
    return { kind: card?.failure === 'unsupported' ? 'unsupported' : 'implausible' };
  }

  /** A card without answer to this was lifted already: the printed address stands, and the form shows it for checking. */
  async #withNewestAddress(card: IdentityCard): Promise<IdentityCard> {
    if (card.kind !== 'resident' && card.kind !== 'hmt-resident') return card;
    const answer = await this.#ask(samCommands.newAddress);
    if (typeof answer === 'string') return card;
    const address = answer.status === samStatus.done ? newestAddress(answer.data) : undefined;
    answer.data.fill(0);
    return address ? { ...card, address } : card;
  }

  async #refusal(status: number): Promise<Step> {
    if (status === samStatus.notACard) return { kind: 'unsupported' };
    if (status === samStatus.selfTestFailed || status === samStatus.unauthorised) {
      this.broken = 'unauthorised';
      return { kind: 'broken' };
    }
    if (status === samStatus.randomFailed || status === samStatus.unknownError)
      await this.#ask(samCommands.reset);
    if (!isUnknownStatus(status)) return { kind: 'failed' };
    this.#strange += 1;
    if (this.#strange < strangeAnswers) return { kind: 'failed' };
    this.broken = 'unknown_status';
    return { kind: 'broken' };
  }

  /** Ends the reading where nothing the person does can help. */
  *#failures(step: Step): Generator<CardReading, void> {
    if (step.kind === 'unsupported') yield this.#fail('unsupported_card');
    else if (step.kind === 'broken') yield this.#fail('reader_silent');
    else if (step.kind === 'silent' && this.#silences >= silentCommands) yield this.#fail('reader_silent');
  }

  #fail(reason: Extract<CardReading, { kind: 'failed' }>['reason']): CardReading {
    this.#over = true;
    return { kind: 'failed', reason };
  }

  #isOver(): boolean {
    return this.#over;
  }

  #readiness(): CardReading | undefined {
    const status = this.#options.status();
    if (status.state === 'ready') return undefined;
    return this.#fail(status.state === 'absent' ? 'reader_absent' : 'reader_silent');
  }

  /** Why the reading must end now, as what is still to be said; undefined while it may go on. */
  #stop(): CardReading[] | undefined {
    if (this.#options.signal.aborted) return [];
    if (this.#options.link.state !== 'open') return [{ kind: 'failed', reason: 'reader_absent' }];
    return performance.now() >= this.#end ? [{ kind: 'failed', reason: 'timed_out' }] : undefined;
  }

  async #ask(command: SamCommand): Promise<SamAnswer> {
    const { exchange, timing, signal } = this.#options;
    const answer = await exchange.ask(command, command.timeoutMs * timing.patience, signal);
    this.#silences = answer === 'silent' ? this.#silences + 1 : 0;
    return answer;
  }

  #wait(): Promise<void> {
    const { signal, timing } = this.#options;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, Math.min(timing.find, this.#end - performance.now())));
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }
}

/** Whether an answer to `newAddress` comes from a card that lies there; what it holds is dropped. */
function saysPresent(answer: SamAnswer): boolean {
  if (typeof answer === 'string') return false;
  answer.data.fill(0);
  return answer.status === samStatus.done || answer.status === samStatus.noSuchItem;
}
