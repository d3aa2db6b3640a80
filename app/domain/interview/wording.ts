import type { Handwriting } from '../compensation/index.ts';
import { entriesOf } from './answer.ts';
import { visibleQuestions } from './engine.ts';
import type { AnswerMap, AnswerValue, EntriesQuestion, Question } from './interview.ts';

/** Where the words of a question stand in calculator.json; `of`: the list that a question about an entry belongs to. */
export const questionPath = (interview: string, id: string, of: string | null = null): string =>
  of === null ? `question.${interview}.${id}` : `question.${interview}.${of}.entry.${id}`;

/** An answer in the words of its question: the option touched, an amount with 元, a day, 不清楚. */
export function formatAnswer(
  path: string,
  question: Question,
  answer: AnswerValue | undefined,
  writing: Handwriting,
): string {
  const { say } = writing;
  if (answer === null || answer === undefined) return say('unknown');
  const single = typeof answer === 'object' ? '' : String(answer);
  switch (question.kind) {
    case 'choice':
      return say(`${path}.option.${single}`);
    case 'several':
      return (
        chosen(answer)
          .map((option) => say(`${path}.option.${option}`))
          .join(say('separator')) || say('none')
      );
    case 'money':
      return say('unit.yuan', { value: writing.money(Number(answer)) });
    case 'number':
      return say(`unit.${question.unit}`, { value: single });
    case 'date':
      return writing.day(single);
    case 'entries': {
      const count = Array.isArray(answer) ? answer.length : 0;
      return count === 0 ? say('none') : say('entry.count', { count });
    }
  }
}

/** One entry of a list as its questions with their answers, in order; `around` are the answers of its interview. */
export function formatEntry(
  path: string,
  question: EntriesQuestion,
  entry: AnswerMap,
  around: AnswerMap,
  writing: Handwriting,
): readonly { title: string; said: string }[] {
  return visibleQuestions(question, entry, around).map((field) => {
    const at = `${path}.entry.${field.id}`;
    return { title: writing.say(`${at}.title`), said: formatAnswer(at, field, entry[field.id], writing) };
  });
}

const chosen = (answer: AnswerValue): readonly string[] =>
  Array.isArray(answer) ? answer.filter((option) => typeof option === 'string') : [];

/** A question whose answer is supposed to be another, or that about the entries of its list, with how it is answered. */
export function formatSupposed(
  { id, questions }: { id: string; questions: readonly Question[] },
  { questionId, fieldId }: { questionId: string; fieldId: string | null },
  answers: AnswerMap,
  writing: Handwriting,
): { title: string; said: string } {
  const question = questions.find((each) => each.id === questionId);
  if (question === undefined) return { title: '', said: '' };
  const field =
    question.kind === 'entries' ? question.questions.find((each) => each.id === fieldId) : undefined;
  const path = field ? questionPath(id, field.id, questionId) : questionPath(id, questionId);
  const said = field
    ? entriesOf(answers, questionId).map((entry) => formatAnswer(path, field, entry[field.id], writing))
    : [formatAnswer(path, question, answers[questionId], writing)];
  return { title: writing.say(`${path}.title`), said: said.join(writing.say('separator')) };
}

/** A line of the summary: a question with its answer, or one entry of a list with its own lines. */
export type SummaryLine =
  | { kind: 'answer'; id: string; title: string; said: string }
  | { kind: 'entry'; id: string; title: string; lines: readonly { title: string; said: string }[] };

/** Everything that was answered, question by question, as the review and the printed sheet list it. */
export function summaryOf(
  { id, questions }: { id: string; questions: readonly Question[] },
  answers: AnswerMap,
  writing: Handwriting,
): readonly SummaryLine[] {
  return visibleQuestions({ questions }, answers).flatMap((question): SummaryLine[] => {
    const path = questionPath(id, question.id);
    const title = writing.say(`${path}.title`);
    const said = formatAnswer(path, question, answers[question.id], writing);
    const line: SummaryLine = { kind: 'answer', id: question.id, title, said };
    if (question.kind !== 'entries') return [line];
    return [
      line,
      ...entriesOf(answers, question.id).map((entry, at): SummaryLine => ({
        kind: 'entry',
        id: question.id,
        title: writing.say('entry.position', { position: at + 1 }),
        lines: formatEntry(path, question, entry, answers, writing),
      })),
    ];
  });
}
