import { normalise } from '../../app/core/consult/index.ts';
import type { SourceDocument } from './document.ts';
import type { StatuteLibrary } from './library.ts';
import type { Problem } from './problem.ts';
import type { ContentSources } from './read.ts';
import type { AnswerSource } from './source.ts';

type Report = (
  document: SourceDocument<unknown>,
  path: PropertyKey[],
  message: string,
  severity?: Problem['severity'],
) => void;

/** Checks what crosses files: ids, targets, phrasings said twice, and (with a library) every citation. */
export function lint(sources: ContentSources, library: StatuteLibrary | null): Problem[] {
  const problems: Problem[] = [];
  const report: Report = ({ file, lineOf }, path, message, severity = 'error') =>
    void problems.push({ severity, file, line: lineOf(path), message });
  checkIdentity(sources, report);
  checkActions(sources, report);
  checkPhrasings(sources, report);
  checkUtterances(sources, report);
  if (library !== null) for (const document of sources.answers) checkCitations(document, library, report);
  return problems;
}

function checkIdentity({ answers, topics }: ContentSources, report: Report): void {
  const codes = new Set(topics.filter(({ shelf }) => shelf).map(({ code }) => code));
  const matters = new Set(topics.map(({ code }) => code));
  const files = new Map<string, string>();
  for (const document of answers) {
    const { id, topic, matter = topic } = document.value;
    const before = files.get(id);
    if (before !== undefined) report(document, ['id'], `id ${id} is already used by ${before}`);
    files.set(id, document.file);
    if (!codes.has(topic)) report(document, ['topic'], `topic ${topic} is not in topics.yaml`);
    if (!matters.has(matter)) report(document, ['matter'], `topic ${matter} is not in topics.yaml`);
    if (!id.startsWith(`${topic}.`))
      report(document, ['id'], `id ${id} does not begin with its topic ${topic}`);
    if (document.file !== `answers/${id.replace('.', '/')}.yaml`) {
      report(document, ['id'], `file should be answers/${id.replace('.', '/')}.yaml`, 'warning');
    }
  }
}

function checkActions({ answers }: ContentSources, report: Report): void {
  const ids = new Set(answers.map(({ value }) => value.id));
  for (const document of answers) {
    document.value.actions.forEach((action, index) => {
      if (!('answer' in action)) return;
      if (!ids.has(action.answer))
        report(document, ['actions', index], `answer ${action.answer} does not exist`);
      if (action.answer === document.value.id)
        report(document, ['actions', index], 'an answer must not lead to itself');
    });
  }
}

function checkPhrasings({ answers, outOfScope }: ContentSources, report: Report): void {
  const owner = new Map<string, string>();
  for (const { kind, utterances } of outOfScope) {
    for (const text of utterances) owner.set(normalise(text).text, `out-of-scope.yaml (${kind})`);
  }
  for (const document of answers) {
    document.value.phrasings.forEach((phrasing, index) => {
      const { text, script } = normalise(phrasing);
      if (script !== 'chinese') return report(document, ['phrasings', index], 'a phrasing must be Chinese');
      const before = owner.get(text);
      if (before === document.value.id)
        report(document, ['phrasings', index], `“${phrasing}” stands twice`, 'warning');
      else if (before !== undefined)
        report(document, ['phrasings', index], `“${phrasing}” is also a phrasing of ${before}`);
      else owner.set(text, document.value.id);
    });
  }
}

/** Nothing may be said under two topics or needs, and what is kept back for measuring may stand nowhere else. */
function checkUtterances(
  { answers, utterances, heldOutNeeds, topics }: ContentSources,
  report: Report,
): void {
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
  if (heldOutNeeds !== null) {
    checkNeeds(heldOutNeeds, 'needs', heldOutNeeds.value.needs);
    for (const document of answers)
      document.value.phrasings.forEach((said, index) => {
        if (owner.has(normalise(said).text))
          report(document, ['phrasings', index], `“${said}” is kept back in ${heldOutNeeds.file}`);
      });
  }
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

function checkCitations(
  document: SourceDocument<AnswerSource>,
  library: StatuteLibrary,
  report: Report,
): void {
  document.value.basis.forEach(({ law, article, version }, index) => {
    const path = ['basis', index];
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
  });
}
