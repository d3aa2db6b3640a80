import { normalise } from '../../app/core/consult/index.ts';
import type { SourceDocument } from './document.ts';
import type { StatuteLibrary } from './library.ts';
import type { Problem } from './problem.ts';
import type { ContentSources } from './read.ts';
import type { AnswerSource, GuideSource, PublicitySource } from './source.ts';
import { unreadable } from './wording.ts';

type Report = (
  document: SourceDocument<unknown>,
  path: PropertyKey[],
  message: string,
  severity?: Problem['severity'],
) => void;

/** An answer or a guide: what both have. */
type Entry = SourceDocument<AnswerSource> | SourceDocument<GuideSource>;

const DAY = 86_400_000;

/**
 * Checks what crosses files: ids, targets, phrasings said twice, wording, and (with a library) every citation. `today`
 * (ISO) makes what is past its review an error; null leaves that to the kiosk, which says that it is due.
 */
export function lint(
  sources: ContentSources,
  library: StatuteLibrary | null,
  today: string | null = null,
): Problem[] {
  const problems: Problem[] = [];
  const report: Report = ({ file, lineOf }, path, message, severity = 'error') =>
    void problems.push({ severity, file, line: lineOf(path), message });
  const entries: Entry[] = [...sources.answers, ...sources.guides];
  checkIdentity(sources, report);
  checkGuideFamilies(sources, report);
  checkTargets(sources, report);
  checkPopular(sources, report);
  checkUrgent(sources, report);
  checkShelves(sources, report);
  checkPlaces(sources, report);
  checkPhrasings(sources, report);
  checkUtterances(sources, report);
  checkQuestions(sources, library, report);
  checkHeldOut(sources, report);
  for (const document of entries) {
    checkWording(document, report);
    checkDates(document, today, report);
    if (library !== null) checkCitations(document, document.value.basis, ['basis'], library, report);
  }
  if (sources.publicity !== null) checkPublicity(sources.publicity, library, today, report);
  return problems;
}

function checkIdentity({ answers, guides, topics }: ContentSources, report: Report): void {
  const codes = new Set(topics.filter(({ shelf }) => shelf).map(({ code }) => code));
  const matters = new Set(topics.map(({ code }) => code));
  const check = (folder: string, head: string, documents: readonly Entry[]) => {
    const files = new Map<string, string>();
    for (const document of documents) {
      const { id, topic } = document.value;
      const before = files.get(id);
      if (before !== undefined) report(document, ['id'], `id ${id} is already used by ${before}`);
      files.set(id, document.file);
      if (!codes.has(topic)) report(document, ['topic'], `topic ${topic} is not in topics.yaml`);
      const first = head === 'topic' || !('family' in document.value) ? topic : document.value.family;
      if (!id.startsWith(`${first}.`))
        report(document, ['id'], `id ${id} does not begin with its ${head} ${first}`);
      const place = `${folder}/${id.replace('.', '/')}.yaml`;
      if (document.file !== place) report(document, ['id'], `file should be ${place}`, 'warning');
    }
  };
  check('answers', 'topic', answers);
  check('guides', 'family', guides);
  for (const document of answers) {
    const { matter } = document.value;
    if (matter !== undefined && !matters.has(matter))
      report(document, ['matter'], `topic ${matter} is not in topics.yaml`);
  }
}

function checkGuideFamilies({ guides, families }: ContentSources, report: Report): void {
  const codes = new Set((families?.value ?? []).map(({ code }) => code));
  for (const document of guides) {
    const { family } = document.value;
    if (!codes.has(family)) report(document, ['family'], `family ${family} is not in families.yaml`);
  }
}

/** Every answer and guide that is led to must exist, and none may lead to itself. */
function checkTargets({ answers, guides }: ContentSources, report: Report): void {
  const answerIds = new Set(answers.map(({ value }) => value.id));
  const guideIds = new Set(guides.map(({ value }) => value.id));
  const isGuide = new Set<Entry>(guides);
  const check = (document: Entry, path: PropertyKey[], kind: 'answer' | 'guide', id: string) => {
    if (!(kind === 'answer' ? answerIds : guideIds).has(id))
      report(document, path, `${kind} ${id} does not exist`);
    else if (id === document.value.id && isGuide.has(document) === (kind === 'guide'))
      report(document, path, `${kind === 'answer' ? 'an answer' : 'a guide'} must not lead to itself`);
  };
  for (const document of [...answers, ...guides]) {
    document.value.actions.forEach((action, index) => {
      if ('answer' in action) check(document, ['actions', index], 'answer', action.answer);
      if ('guide' in action) check(document, ['actions', index], 'guide', action.guide);
    });
  }
  for (const document of answers)
    document.value.depends_on.forEach((fact, index) => {
      if (typeof fact !== 'string') check(document, ['depends_on', index], 'answer', fact.answer);
    });
}

function checkPopular({ answers, popular }: ContentSources, report: Report): void {
  const answerIds = new Set(answers.map(({ value }) => value.id));
  popular?.value.forEach((id, index, all) => {
    if (!answerIds.has(id)) report(popular, [index], `answer ${id} does not exist`);
    if (all.indexOf(id) < index) report(popular, [index], `answer ${id} is already listed`);
  });
}

/** A heading names answers of its own topic, each once; an answer without one is only shown last. */
function checkShelves({ answers, shelves, topics }: ContentSources, report: Report): void {
  if (shelves === null) return;
  const codes = new Set(topics.map(({ code }) => code));
  for (const [topic, parts] of Object.entries(shelves.value)) {
    if (!codes.has(topic)) report(shelves, [topic], `topic ${topic} is not in topics.yaml`);
    const left = new Set(
      answers.filter(({ value }) => value.topic === topic).map(({ value }) => value.id.split('.')[1]),
    );
    parts.forEach(({ answers: names }, part) =>
      names.forEach((name, place) => {
        if (!left.delete(name))
          report(
            shelves,
            [topic, part, 'answers', place],
            `${topic}.${name} does not exist, or stands twice`,
          );
      }),
    );
    if (left.size > 0) report(shelves, [topic], `under no heading: ${[...left].join(', ')}`, 'warning');
  }
}

function checkUrgent({ answers, urgent }: ContentSources, report: Report): void {
  const answerIds = new Set(answers.map(({ value }) => value.id));
  urgent?.value.forEach(({ model }, index) =>
    model?.answers.forEach((id, place) => {
      if (!answerIds.has(id))
        report(urgent, [index, 'model', 'answers', place], `answer ${id} does not exist`);
    }),
  );
}

function checkPlaces({ answers, guides, places }: ContentSources, report: Report): void {
  const known = new Set<string>();
  (places?.value ?? []).forEach(({ id }, index) => {
    if (places !== null && known.has(id)) report(places, [index, 'id'], `id ${id} is already used`);
    known.add(id);
  });
  const check = (document: Entry, path: PropertyKey[], id: string | undefined) => {
    if (id !== undefined && !known.has(id)) report(document, path, `place ${id} is not in places.yaml`);
  };
  for (const document of [...answers, ...guides])
    document.value.steps.forEach(({ where_place: place }, index) =>
      check(document, ['steps', index, 'where_place'], place),
    );
  for (const document of guides) check(document, ['where_place'], document.value.where_place);
}

function checkPhrasings({ answers, guides, outOfScope }: ContentSources, report: Report): void {
  const owner = new Map<string, string>();
  for (const { kind, utterances } of outOfScope) {
    for (const text of utterances) owner.set(normalise(text).text, `out-of-scope.yaml (${kind})`);
  }
  for (const document of [...answers, ...guides]) {
    const name = 'family' in document.value ? `guide ${document.value.id}` : document.value.id;
    document.value.phrasings.forEach((phrasing, index) => {
      const { text, script } = normalise(phrasing);
      if (script !== 'chinese') return report(document, ['phrasings', index], 'a phrasing must be Chinese');
      const before = owner.get(text);
      if (before === name) report(document, ['phrasings', index], `“${phrasing}” stands twice`, 'warning');
      else if (before !== undefined)
        report(document, ['phrasings', index], `“${phrasing}” is also a phrasing of ${before}`);
      else owner.set(text, name);
    });
  }
}

/** All that the kiosk says itself must be spoken Chinese; phrasings are what others say. */
function checkWording(document: Entry, report: Report): void {
  const check = (path: PropertyKey[], value: unknown): void => {
    if (typeof value === 'string') for (const message of unreadable(value)) report(document, path, message);
    else if (Array.isArray(value)) value.forEach((one, index) => check([...path, index], one));
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) if (!NOT_SAID.has(key)) check([...path, key], one);
  };
  check([], document.value);
}

const NOT_SAID = new Set([
  'id',
  'topic',
  'family',
  'matter',
  'law',
  'article',
  'version',
  'actions',
  'phrasings',
]);

function checkDates(document: Entry, today: string | null, report: Report): void {
  const { valid_from: from, valid_to: to, reviewed_on: reviewed, max_age_days: days } = document.value;
  if (from !== undefined && to !== undefined && from > to)
    report(document, ['valid_to'], `valid_to ${to} lies before valid_from ${from}`);
  if (today === null) return;
  checkReview(document, ['reviewed_on'], { reviewed, days, today }, report);
  if (to !== undefined && to < today)
    report(document, ['valid_to'], `valid_to ${to} has passed: expired, it is no longer offered`);
}

function checkReview(
  document: SourceDocument<unknown>,
  path: PropertyKey[],
  { reviewed, days, today }: { reviewed: string; days: number; today: string },
  report: Report,
): void {
  if (Date.parse(today) - Date.parse(reviewed) > days * DAY)
    report(document, path, `reviewed on ${reviewed} for ${days} days: expired, review it`);
}

function checkPublicity(
  document: SourceDocument<PublicitySource>,
  library: StatuteLibrary | null,
  today: string | null,
  report: Report,
): void {
  document.value.forEach((card, index) => {
    const { title, sentences, basis, reviewed_on: reviewed, max_age_days: days } = card;
    for (const text of [title, ...sentences])
      for (const message of unreadable(text)) report(document, [index], message);
    if (today !== null) checkReview(document, [index, 'reviewed_on'], { reviewed, days, today }, report);
    if (library !== null) checkCitations(document, basis, [index, 'basis'], library, report);
  });
}

/** What is kept back for measuring may stand nowhere that is learned from, and must measure an answer there is. */
function checkHeldOut(sources: ContentSources, report: Report): void {
  const { answers, guides, outOfScope, heldOutNeeds, heldOutAnswers, heldOutOutside } = sources;
  const form = (said: string) => normalise(said).text;
  const learned = new Map<string, string>();
  for (const { value } of [...answers, ...guides])
    for (const said of [value.title, ...value.phrasings]) learned.set(form(said), value.id);
  for (const { file, value } of sources.utterances)
    for (const said of Object.values(value.utterances).flat()) learned.set(form(said), file);
  for (const { file, value } of sources.classQuestions)
    for (const asked of Object.values(value.questions).flat()) learned.set(form(asked), file);
  for (const { file, value } of sources.articleQuestions)
    for (const asked of Object.values(value.articles).flat()) learned.set(form(asked), file);
  for (const { kind, utterances: said } of outOfScope)
    for (const one of said) learned.set(form(one), `out-of-scope.yaml (${kind})`);
  const check = (
    document: SourceDocument<unknown> | null,
    field: string,
    keptBack: Partial<Record<string, string[]>>,
  ) => {
    if (document === null) return;
    for (const [name, texts] of Object.entries(keptBack))
      texts?.forEach((said, index) => {
        const before = learned.get(form(said));
        if (before !== undefined)
          report(document, [field, name, index], `“${said}” is kept back, but stands in ${before}`);
      });
  };
  check(heldOutNeeds, 'needs', heldOutNeeds?.value.needs ?? {});
  check(heldOutAnswers, 'answers', heldOutAnswers?.value.answers ?? {});
  check(heldOutOutside, 'kinds', heldOutOutside?.value.kinds ?? {});
  const ids = new Set(answers.map(({ value }) => value.id));
  if (heldOutAnswers !== null)
    for (const id of Object.keys(heldOutAnswers.value.answers))
      if (!ids.has(id)) report(heldOutAnswers, ['answers', id], `there is no answer ${id}`);
}

/** Nothing may be said under two topics or needs. */
function checkUtterances({ utterances, heldOutNeeds, topics }: ContentSources, report: Report): void {
  const codes = new Set(topics.map(({ code }) => code));
  const owner = new Map<string, string>();
  const check = (document: SourceDocument<unknown>, path: PropertyKey[], said: string, name: string) => {
    const { text, script } = normalise(said);
    if (script !== 'chinese') report(document, path, 'an utterance must be Chinese');
    const before = owner.get(text);
    if (before !== undefined) report(document, path, `“${said}” already stands in ${before}`);
    owner.set(text, name);
  };
  const checkNeeds = (document: SourceDocument<unknown>, field: string, needs: object) => {
    for (const [need, texts] of Object.entries(needs) as [string, string[]][])
      texts.forEach((text, index) =>
        check(document, [field, need, index], text, `${document.file} (${need})`),
      );
  };
  if (heldOutNeeds !== null) checkNeeds(heldOutNeeds, 'needs', heldOutNeeds.value.needs);
  for (const document of utterances) {
    const { topic, words } = document.value;
    if (topic !== null && !codes.has(topic))
      report(document, ['topic'], `topic ${topic} is not in topics.yaml`);
    checkNeeds(document, 'utterances', document.value.utterances);
    words.forEach((word, index) => {
      if (words.indexOf(word) !== index) report(document, ['words', index], `“${word}” stands twice`);
    });
  }
}

/** Questions by class and by article: Chinese, each once, under names that exist. */
function checkQuestions(
  { classQuestions, articleQuestions, topics }: ContentSources,
  library: StatuteLibrary | null,
  report: Report,
): void {
  const classes = new Set<string>(topics.map((topic) => topic.class));
  const each = <Value>(
    documents: readonly SourceDocument<Value>[],
    field: string,
    questionsOf: (value: Value) => Record<string, string[]>,
  ) => {
    const owner = new Map<string, string>();
    for (const document of documents)
      for (const [name, questions] of Object.entries(questionsOf(document.value)))
        questions.forEach((question, index) => {
          const path = [field, name, index];
          const { text, script } = normalise(question);
          if (script !== 'chinese') report(document, path, 'a question must be Chinese');
          const before = owner.get(text);
          if (before !== undefined) report(document, path, `“${question}” already stands in ${before}`);
          owner.set(text, `${document.file} (${name})`);
        });
  };
  each(classQuestions, 'questions', ({ questions }) => questions);
  each(articleQuestions, 'articles', ({ articles }) => articles);
  for (const document of classQuestions)
    for (const names of Object.keys(document.value.questions))
      for (const name of names.split('、'))
        if (!classes.has(name)) report(document, ['questions', names], `class ${name} is not in topics.yaml`);
  if (library === null) return;
  for (const document of articleQuestions) {
    const { law, articles } = document.value;
    for (const article of Object.keys(articles)) {
      const status = library.article(law, article)?.status;
      if (status === undefined) report(document, ['articles', article], `《${law}》 has no ${article}`);
      if (status === 'repealed') report(document, ['articles', article], `《${law}》${article} is repealed`);
    }
  }
}

function checkCitations(
  document: SourceDocument<unknown>,
  basis: AnswerSource['basis'],
  at: PropertyKey[],
  library: StatuteLibrary,
  report: Report,
): void {
  basis.forEach(({ law, article, version }, index) => {
    const path = [...at, index];
    const found = library.article(law, article);
    if (found === null) {
      report(
        document,
        path,
        library.knows(law)
          ? `《${law}》 has no ${article} in the statute library`
          : `《${law}》 is not in the statute library`,
      );
      return;
    }
    if (found.status === 'repealed') report(document, path, `《${law}》${article} is repealed`);
    if (found.status === 'check')
      report(document, path, `《${law}》${article} has probably been revised since; check it`, 'warning');
    if (version < found.versionDate) {
      report(
        document,
        path,
        `《${law}》${article}: version ${version} is older than the library's ${found.versionDate}`,
      );
    }
    if (version > found.versionDate)
      report(
        document,
        path,
        `《${law}》${article}: version ${version} is later than the library's ${found.versionDate}; check it`,
        'warning',
      );
  });
}
