import type { Answer, Candidate, TopicShelf } from '../../contract/consult.ts';
import { loadIntentModel } from '../../../models/intent/index.ts';
import type { IntentModel } from '../../../models/intent/index.ts';
import type { ContentPack } from '../content/index.ts';
import type { ContentDatabase, SynonymRecord } from '../store/content/index.ts';
import { openAnswer } from './answer.ts';
import { createSearcher } from './evidence.ts';
import type { Searcher } from './evidence.ts';
import { createUrgentRules } from './urgent.ts';
import type { UrgentRules } from './urgent.ts';

/** All that the stages read of a pack, loaded once. */
export interface Library {
  database: ContentDatabase;
  model: IntentModel;
  searcher: Searcher;
  synonyms: readonly SynonymRecord[];
  urgentRules: UrgentRules;
  /** Pinyin syllables that occur in the pack. */
  syllables: ReadonlySet<string>;
  /** Topic number by answer number, both in the model's order. */
  topicOf: readonly number[];
  candidate: (id: string) => Candidate;
  open: (id: string) => Answer | null;
  /** What people ask most, in the order of the shelves. */
  popular: readonly Candidate[];
  shelves: readonly TopicShelf[];
}

/** Throws only when the pack contradicts itself; a verified pack does not. */
export async function loadLibrary(pack: ContentPack, today: () => string): Promise<Library> {
  const { database } = pack;
  const model = await loadIntentModel(pack.directory);
  const { answers, topics } = model.settings;
  const heads = new Map(database.answers().map((head) => [head.id, head]));
  const candidate = (id: string): Candidate => {
    const head = heads.get(id);
    return { id, title: head?.title ?? id, topic: head?.topic ?? '' };
  };
  const shelves = database.topics().map(({ code, title }) => ({
    topic: code,
    title,
    answers: [...heads.values()].filter(({ topic }) => topic === code).map(({ id }) => candidate(id)),
  }));
  return {
    database,
    model,
    searcher: createSearcher(database, answers),
    synonyms: database.synonyms(),
    urgentRules: createUrgentRules(database.urgent()),
    syllables: new Set(database.syllables()),
    topicOf: answers.map((id) => topics.indexOf(candidate(id).topic)),
    candidate,
    open: (id) => openAnswer(database, id, today(), (other) => heads.get(other)?.title),
    popular: shelves.flatMap((shelf) => shelf.answers).filter(({ id }) => heads.get(id)?.tile !== null),
    shelves,
  };
}
