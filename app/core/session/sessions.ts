import type { EndReason, Language } from '../../contract/session.ts';
import { FORGOTTEN_AFTER_MS } from '../../domain/session/index.ts';
import type { Clock, Randomness } from '../edges.ts';
import type { Journal } from '../journal/index.ts';

/**
 * One visit and everything that belongs to it. Whoever keeps something about the person keeps it here or under
 * `signal`, so that ending the visit is one act.
 */
export interface Visit {
  readonly id: string;
  readonly language: Language;
  /** Aborts when the visit ends: card reading and printing stop with it. */
  readonly signal: AbortSignal;
  /** Something was done for the visitor that can be rated. */
  served: boolean;
  rated: boolean;
  slips: number;
  /** Things in memory only, by the slice that keeps them. */
  readonly belongings: Map<string, unknown>;
  /** Called once, before the belongings are dropped. */
  readonly farewells: Set<() => void>;
}

interface ActiveVisit extends Visit {
  readonly startedMs: number;
  readonly controller: AbortController;
}

const SERVICES = [
  'consult.asked',
  'consult.opened',
  'guide.opened',
  'calculate.ran',
  'print.ended',
  'intake.submitted',
];
const RECENT_ROWS = 5_000;

/** The visit at the machine: at most one at a time. */
export class Sessions {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #random: Randomness;
  #active: ActiveVisit | null = null;
  #forgotten: NodeJS.Timeout | undefined;
  #language: Language = 'zh-CN';

  constructor({ journal, clock, random }: { journal: Journal; clock: Clock; random: Randomness }) {
    this.#journal = journal;
    this.#clock = clock;
    this.#random = random;
  }

  /** In which the last visitor was served, who may just be leaving. */
  get lastLanguage(): Language {
    return this.#language;
  }

  /** The visit if it is the one going on; each call counts as a sign of life. */
  find(id: string): Visit | null {
    if (this.#active?.id !== id) return null;
    this.#watchForForgotten();
    return this.#active;
  }

  begin(language: Language): Visit {
    this.endSession('replaced');
    const visit = this.#start(this.#random.uuid(), language);
    this.#journal.record({ type: 'session.began', payload: { session: visit.id, language } });
    return visit;
  }

  /** Lets a visit go on under its pseudonym after the core was restarted. What was in memory is gone. */
  resume(id: string, language: Language): Visit {
    const going = this.find(id);
    if (going !== null) return going;
    this.endSession('replaced');
    const visit = this.#start(id, language);
    const types = this.#typesOf(id);
    visit.served = SERVICES.some((type) => types.includes(type));
    visit.rated = types.includes('rating.given');
    this.#journal.record({ type: 'session.resumed', payload: { session: id, language } });
    return visit;
  }

  end(id: string, reason: EndReason): void {
    if (this.#active?.id === id) this.endSession(reason);
  }

  /** Wipes everything of the visit: stops the reader and the printer, drops card fields, jobs, slips and forms. */
  endSession(reason: EndReason): void {
    const visit = this.#active;
    if (visit === null) return;
    this.#active = null;
    clearTimeout(this.#forgotten);
    for (const farewell of visit.farewells) farewell();
    visit.controller.abort();
    visit.farewells.clear();
    visit.belongings.clear();
    const seconds = Math.round((this.#clock.monotonic() - visit.startedMs) / 1000);
    this.#journal.record({ type: 'session.ended', payload: { session: visit.id, reason, seconds } });
  }

  #start(id: string, language: Language): ActiveVisit {
    const controller = new AbortController();
    this.#language = language;
    this.#active = {
      id,
      language,
      controller,
      signal: controller.signal,
      startedMs: this.#clock.monotonic(),
      served: false,
      rated: false,
      slips: 0,
      belongings: new Map(),
      farewells: new Set(),
    };
    this.#watchForForgotten();
    return this.#active;
  }

  /** The screen ends visits; this is for a screen that is gone. */
  #watchForForgotten(): void {
    clearTimeout(this.#forgotten);
    this.#forgotten = setTimeout(() => this.endSession('idle'), FORGOTTEN_AFTER_MS);
    this.#forgotten.unref();
  }

  #typesOf(id: string): string[] {
    const found = this.#journal.read(
      (database) =>
        database
          .prepare(
            `SELECT DISTINCT type FROM event WHERE id > (SELECT max(id) FROM event) - ? AND instr(payload, ?) > 0`,
          )
          .pluck()
          .all(RECENT_ROWS, `"session":"${id}"`) as string[],
    );
    return found.ok ? found.value : [];
  }
}
