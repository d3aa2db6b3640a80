import type { Answer, Candidate, Place, Step, TopicShelf } from '../../app/contract/consult.ts';
import type { Guide, GuideFamily } from '../../app/contract/guide.ts';
import type { ContentSources } from './read.ts';
import type { AnswerSource, GuideSource, PlacesSource } from './source.ts';

export interface ContentViews {
  answers: Answer[];
  guides: Guide[];
  shelves: TopicShelf[];
  families: GuideFamily[];
}

const asCandidate = ({ id, title, topic }: Answer): Candidate => ({ id, title, topic });

/** Answers and guides of a content folder as the screens and slips take them, without a pack. */
export function contentViews(sources: ContentSources): ContentViews {
  const answerSources = sources.answers.map(({ value }) => value);
  const guideSources = sources.guides.map(({ value }) => value);
  const places = new Map((sources.places?.value ?? []).map((place) => [place.id, place]));
  const titles = new Map(answerSources.map(({ id, title }) => [id, title]));
  const guideTitles = new Map(guideSources.map(({ id, title }) => [id, title]));
  const actionsOf = (actions: AnswerSource['actions']) =>
    actions.flatMap((action): Answer['actions'] => {
      if ('calculate' in action) return [{ kind: 'calculate', calculator: action.calculate }];
      if ('intake' in action) return [{ kind: 'intake', form: 'legal-aid' }];
      if ('call' in action) return [{ kind: 'call', ...action.call }];
      if ('guide' in action) {
        const title = guideTitles.get(action.guide);
        return title === undefined ? [] : [{ kind: 'guide', guideId: action.guide, title }];
      }
      const title = titles.get(action.answer);
      return title === undefined ? [] : [{ kind: 'answer', answerId: action.answer, title }];
    });
  const answers = answerSources.map((source): Answer => ({
    id: source.id,
    topic: source.topic,
    title: source.title,
    plain: source.plain,
    audience: source.audience ?? [],
    risks: source.risk ?? [],
    steps: source.steps.map((step) => asStep(step, places)),
    dependsOn: source.depends_on.map((fact) =>
      typeof fact === 'string'
        ? { fact, answer: null }
        : { fact: fact.fact, answer: { id: fact.answer, title: titles.get(fact.answer) ?? '', topic: '' } },
    ),
    citations: source.basis,
    actions: actionsOf(source.actions),
    reviewedOn: source.reviewed_on,
    stale: false,
    discreet: source.discreet,
  }));
  const guides = guideSources.map((source): Guide => ({
    ...asGuideWords(source, places),
    actions: actionsOf(source.actions),
  }));
  const shelves = sources.topics
    .map(({ code, title }) => {
      const own = answers.filter(({ topic }) => topic === code).map(asCandidate);
      const parts = (sources.shelves?.value[code] ?? []).map((part) => ({
        title: part.title,
        answers: part.answers.flatMap((name) => own.find(({ id }) => id === `${code}.${name}`) ?? []),
      }));
      return { topic: code, title, answers: own, parts };
    })
    .filter((shelf) => shelf.answers.length > 0);
  const families = (sources.families?.value ?? [])
    .map(({ code, title }) => ({
      family: code,
      title,
      guides: guides
        .filter(({ family }) => family === code)
        .map(({ id, title: name, family }) => ({ id, title: name, family })),
    }))
    .filter((family) => family.guides.length > 0);
  return { answers, guides, shelves, families };
}

type Places = ReadonlyMap<string, PlacesSource[number]>;

function placeOf(id: string | undefined, places: Places): Place | null {
  const place = id === undefined ? undefined : places.get(id);
  if (place === undefined) return null;
  const { name, kind, address = null, phone = null, hours = null, free } = place;
  return { name, kind, address, phone, hours, free };
}

const asStep = (step: AnswerSource['steps'][number], places: Places): Step => ({
  do: step.do,
  where: step.where ?? null,
  deadline: step.deadline ?? null,
  place: placeOf(step.where_place, places),
});

const asGuideWords = (source: GuideSource, places: Places): Omit<Guide, 'actions'> => ({
  id: source.id,
  family: source.family,
  topic: source.topic,
  title: source.title,
  summary: source.summary,
  conditions: source.conditions,
  materials: source.materials.map(({ what, note }) => ({ what, note: note ?? null })),
  steps: source.steps.map((step) => asStep(step, places)),
  timeLimit: source.time_limit,
  fee: source.fee,
  result: source.result,
  ifRefused: source.if_refused,
  where: source.where,
  place: placeOf(source.where_place, places),
  citations: source.basis,
  reviewedOn: source.reviewed_on,
  stale: false,
  discreet: source.discreet,
});
