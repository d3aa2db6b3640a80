import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Answer, Candidate, GuideHead, PublicityCard, TopicShelf } from '../../contract/consult.ts';
import type { Guide, GuideFamily } from '../../contract/guide.ts';
import { openIntentModel } from '../../../models/intent/index.ts';
import type { IntentModel } from '../../../models/intent/index.ts';
import { createEvidence, LANGUAGE_FILE, readLanguage } from '../../../models/retrieval/index.ts';
import type { Evidence } from '../../../models/retrieval/index.ts';
import type { ContentPack } from '../content/index.ts';
import type { ContentDatabase } from '../store/content/index.ts';
import { openAnswer } from './answer.ts';
import type { Leads } from './entry.ts';
import { createGuideSearch, openGuide } from './guide.ts';
import { createWidening } from './normalise.ts';
import type { Widening } from './normalise.ts';
import { isOffered } from './offer.ts';
import type { Whereabouts } from './offer.ts';
import { createUrgentOpinion, createUrgentRules } from './urgent.ts';
import type { UrgentOpinion, UrgentRules } from './urgent.ts';

/** All that the stages read of a pack, loaded once. What depends on the day is read anew each time. */
export interface Library {
  database: ContentDatabase;
  model: IntentModel;
  evidence: Evidence;
  /** Number of the answer that a normalised text is a known way of asking for; null when nobody wrote it down. */
  knownAs: (text: string) => number | null;
  widening: Widening;
  urgentRules: UrgentRules;
  urgentOpinion: UrgentOpinion;
  /** Pinyin syllables that occur in the pack. */
  syllables: ReadonlySet<string>;
  /** Topic number by answer number, both in the model's order. */
  topicOf: readonly number[];
  candidate: (id: string) => Candidate;
  topicTitle: (code: string) => string;
  /** Whether an answer holds here and now; one that does not is neither opened nor listed. */
  offers: (id: string) => boolean;
  /** All of them. */
  offered: () => ReadonlySet<string>;
  open: (id: string) => Answer | null;
  /** What people ask most. */
  readonly popular: readonly Candidate[];
  /** On each what many people ask stands first. */
  readonly shelves: readonly TopicShelf[];
  /** Families that have guides, in the order of the screen. */
  readonly families: readonly GuideFamily[];
  openGuide: (id: string) => Guide | null;
  /** Guides by the words of a normalised text, best first, with their likeness from 0 to 1: those above the least. */
  searchGuides: (text: string, least: number) => { guide: GuideHead; likeness: number }[];
  /** Makes ready now what else waits for the first question, with a pause between its parts. */
  load: () => Promise<void>;
  /** The laws of this month. */
  readonly publicity: readonly PublicityCard[];
}

/** Throws, now or in `load`, only when the pack contradicts itself; a verified pack does not. */
export async function openLibrary(pack: ContentPack, here: () => Whereabouts): Promise<Library> {
  const { database } = pack;
  const [model, language] = await Promise.all([
    openIntentModel(pack.directory),
    readFile(join(pack.directory, LANGUAGE_FILE)).then(readLanguage),
  ]);
  const { answers, topics } = model.settings;
  const widening = createWidening(database.synonyms());
  const numbers = new Map(answers.map((id, number) => [id, number]));
  const numberOf = (id: string | null) => (id === null ? null : (numbers.get(id) ?? null));
  const known = new Map(database.spoken().map(({ answerId, text }) => [text, numberOf(answerId)]));
  const heads = new Map(database.answers().map((head) => [head.id, head]));
  const guideHeads = database.guides();
  const topicTitles = new Map(database.topics().map(({ code, title }) => [code, title]));
  const families = database.families();
  const shelfParts = Map.groupBy(database.shelfParts(), ({ topic }) => topic);
  const popular = database.popular();
  const urgent = database.urgent();
  const places = new Map(database.places().map((place) => [place.id, place]));
  let guideSearch: ReturnType<typeof createGuideSearch> | undefined;
  const searchGuides = () => (guideSearch ??= createGuideSearch(database, widening));
  const candidate = (id: string): Candidate => {
    const head = heads.get(id);
    return { id, title: head?.title ?? id, topic: head?.topic ?? '' };
  };
  const offered = onceThere(here, (there) => ({
    answers: new Set([...heads.values()].filter((head) => isOffered(head, there)).map(({ id }) => id)),
    guides: guideHeads
      .filter((head) => isOffered(head, there))
      .map(({ id, title, family }) => ({ id, title, family })),
  }));
  const offers = (id: string) => offered().answers.has(id);
  const leads: Leads = {
    answer: (id) => (offers(id) ? candidate(id) : null),
    guide: (id) => offered().guides.find((head) => head.id === id) ?? null,
    place: (id) => {
      const place = places.get(id);
      const everywhen = { validFrom: null, validTo: null };
      if (place === undefined || !isOffered({ ...everywhen, regions: [place.region] }, here())) return null;
      const { name, kind, address, phone, hours, free } = place;
      return { name, kind, address, phone, hours, free } as ReturnType<Leads['place']>;
    },
  };
  return {
    database,
    model,
    knownAs: (text) => known.get(text) ?? null,
    evidence: createEvidence(language, model.settings.matterOf),
    widening,
    urgentRules: createUrgentRules(urgent),
    urgentOpinion: createUrgentOpinion(urgent, answers),
    syllables: new Set(database.syllables()),
    topicOf: answers.map((id) => topics.indexOf(candidate(id).topic)),
    candidate,
    topicTitle: (code) => topicTitles.get(code) ?? code,
    offers,
    offered: () => offered().answers,
    open: (id) => (offers(id) ? openAnswer(database, id, here().today, leads) : null),
    get popular() {
      return popular.filter(offers).map(candidate);
    },
    get shelves() {
      const shown = [...heads.values()].filter(({ id }) => offers(id));
      const isAsked = ({ tile }: { tile: string | null }) => tile !== null;
      const all = [...shown.filter(isAsked), ...shown.filter((head) => !isAsked(head))];
      return database
        .topics()
        .map(({ code, title }) => {
          const answers = all.filter(({ topic }) => topic === code).map(({ id }) => candidate(id));
          return { topic: code, title, answers, parts: partsOf(answers, shelfParts.get(code) ?? []) };
        })
        .filter((shelf) => shelf.answers.length > 0);
    },
    get families() {
      const all = offered().guides;
      return families
        .map(({ code, title }) => ({
          family: code,
          title,
          guides: all.filter(({ family }) => family === code),
        }))
        .filter(({ guides }) => guides.length > 0);
    },
    openGuide: (id) => (leads.guide(id) === null ? null : openGuide(database, id, here().today, leads)),
    searchGuides: (text, least) => searchGuides()(text, offered().guides, least),
    load: async () => {
      searchGuides();
      await new Promise(setImmediate);
      await model.load();
    },
    get publicity() {
      const month = Number(here().today.slice(5, 7));
      return database
        .publicity()
        .filter(({ months }) => months.length === 0 || months.includes(month))
        .map(({ title, sentences, law, article }) => ({ title, sentences: [...sentences], law, article }));
    },
  };
}

/** A shelf under its headings, what stands under none at the end; nothing where it has no headings. */
function partsOf(
  answers: readonly Candidate[],
  headings: readonly { title: string; answers: readonly string[] }[],
): TopicShelf['parts'] {
  if (headings.length === 0) return [];
  const under = new Set(headings.flatMap((heading) => heading.answers));
  return [
    ...headings.map((heading) => ({
      title: heading.title,
      answers: heading.answers.flatMap((id) => answers.find((answer) => answer.id === id) ?? []),
    })),
    { title: null, answers: answers.filter(({ id }) => !under.has(id)) },
  ].filter((part) => part.answers.length > 0);
}

/** What depends on day and place alone is made anew only when one of them changes. */
function onceThere<Value>(here: () => Whereabouts, make: (there: Whereabouts) => Value): () => Value {
  let made: { at: string; value: Value } | null = null;
  return () => {
    const there = here();
    const at = `${there.today} ${there.region}`;
    if (made?.at !== at) made = { at, value: make(there) };
    return made.value;
  };
}
