import type { SimulatedDevice, SimulatedReply } from '../link/index.ts';
import type { QueueRefusal } from './port.ts';
import { encodeSentence, SentenceReader } from './sentence.ts';
import type { Sentence } from './sentence.ts';

/** What is wrong with the hall or its counter. */
interface CounterTroubles {
  silent: boolean;
  /** Broken bytes and a false start before each answer. */
  noise: boolean;
  /** The next answer carries a wrong check byte. */
  badChecksum: boolean;
  refusal: QueueRefusal | undefined;
}

const healthy: CounterTroubles = { silent: false, noise: false, badChecksum: false, refusal: undefined };
const noise = Buffer.from('\xff$NUM\x00', 'latin1');
const services: Readonly<Record<string, string>> = { 'legal-aid': 'A', mediation: 'B', notary: 'C' };

/** The counter of a hall with a window for each service: bytes in, bytes out. */
export class SimulatedQueueCounter implements SimulatedDevice {
  readonly #reader = new SentenceReader();
  readonly #waiting = new Map<string, number>();
  readonly #given = new Map<string, Sentence>();
  #troubles: CounterTroubles = { ...healthy };
  /** Numbers counted so far, each once. */
  readonly numbers: string[] = [];

  get troubles(): Readonly<CounterTroubles> {
    return this.#troubles;
  }

  set(change: Partial<CounterTroubles>): void {
    this.#troubles = { ...this.#troubles, ...change };
  }

  receive(bytes: Uint8Array): readonly SimulatedReply[] {
    if (this.#troubles.silent) return [];
    return this.#reader
      .push(bytes)
      .map((question) => ({ bytes: this.#sent(this.#answer(question)), delayMs: 0 }));
  }

  #answer({ word, id, fields: [service = ''] }: Sentence): Sentence {
    if (word === 'HELLO') return { word, id, fields: ['SIMULATED HALL'] };
    const letter = services[service];
    const refusal = this.#troubles.refusal ?? (letter === undefined ? 'unknown_service' : undefined);
    if (refusal) return { word: 'REFUSED', id, fields: [refusal] };
    // The same question heard again is not another person.
    const before = this.#given.get(id);
    if (before) return before;
    const waiting = this.#waiting.get(service) ?? 0;
    this.#waiting.set(service, waiting + 1);
    const number = `${letter ?? ''}${String(waiting + 1).padStart(3, '0')}`;
    this.numbers.push(number);
    const answer: Sentence = { word: 'NUMBER', id, fields: [number, String(waiting)] };
    this.#given.set(id, answer);
    return answer;
  }

  #sent(answer: Sentence): Uint8Array {
    const bytes = Buffer.from(encodeSentence(answer));
    if (this.#troubles.badChecksum) {
      const check = bytes.length - 3;
      bytes[check] = bytes[check] === 0x30 ? 0x31 : 0x30;
      this.#troubles = { ...this.#troubles, badChecksum: false };
    }
    return this.#troubles.noise ? Buffer.concat([noise, bytes]) : bytes;
  }
}
