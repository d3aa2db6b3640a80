import { useTranslation } from 'react-i18next';

import {
  acceptAnswer,
  interviewState,
  interviews,
  questionPath,
  visibleQuestions,
  type AnswerProblem,
  type InterviewId,
} from '../../../app/domain/interview/index.ts';
import { useDesk } from '../desk.ts';
import { answersOf, askedQuestion, hasTwoSides, interviewScreen, listName, listOf } from '../interviews.ts';
import type { Screen } from '../visit.ts';
import { EntryList } from './EntryList.tsx';
import { QuestionSheet } from './QuestionSheet.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

/** One question a screen, whatever the interview: its words and kind are data. */
export function QuestionScreen({ screen }: { screen: At<'question'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk, today } = useDesk();
  const { interview, questionId } = screen;
  const answers = answersOf(visit, interview);
  const asked = askedQuestion(interview, answers, questionId);
  const note = useSidesNote(interview);
  if (!asked) return null;

  const take = (raw: unknown): AnswerProblem | null => {
    const accepted = acceptAnswer(interviews[interview], answers, questionId, raw, today);
    if (!accepted.ok) return accepted.failure;
    dispatch({ kind: 'answered', interview, answers: accepted.value });
    if (asked.question.figure !== undefined) {
      clerk.calculate(interview);
      return null;
    }
    // A changed answer may open new questions; once they are answered the review comes back by itself.
    dispatch({ kind: 'went', to: interviewScreen(interview, accepted.value) });
    return null;
  };
  const { question, position, total } = asked;
  const path = questionPath(interview, questionId);
  const eyebrow =
    question.figure === undefined ? t('interview.step', { position, total }) : t('interview.figure');
  if (question.kind === 'entries')
    return <EntryList screen={screen} question={question} eyebrow={eyebrow} take={take} />;
  return (
    <QuestionSheet
      key={path}
      question={question}
      path={path}
      given={answers[questionId]}
      eyebrow={eyebrow}
      note={note}
      take={take}
    />
  );
}

/** A question about one of several alike, such as one of the vehicles. */
export function FieldScreen({ screen }: { screen: At<'field'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, today } = useDesk();
  const { interview, entry: place, fieldId } = screen;
  const answers = answersOf(visit, interview);
  const list = askedQuestion(interview, answers, place.questionId)?.question;
  const note = useSidesNote(interview);
  if (list?.kind !== 'entries') return null;
  const fields = visibleQuestions(list, visit.entry, answers);
  const at = fields.findIndex(({ id }) => id === fieldId);
  const field = fields[at];
  if (!field || field.kind === 'entries') return null;

  const take = (raw: unknown): AnswerProblem | null => {
    const accepted = acceptAnswer(list, visit.entry, fieldId, raw, today, answers);
    if (!accepted.ok) return accepted.failure;
    dispatch({ kind: 'drafted', entry: accepted.value });
    const state = interviewState(list, accepted.value, answers);
    switch (state.kind) {
      case 'asking':
        dispatch({ kind: 'went', to: { ...screen, fieldId: state.questionId } });
        return null;
      case 'stopped':
        dispatch({ kind: 'went', to: { at: 'stopped', interview, reason: state.reason } });
        return null;
      case 'review': {
        const before = listOf(visit, interview, place.questionId, answers);
        const entries = [...before.slice(0, place.index), accepted.value, ...before.slice(place.index + 1)];
        dispatch({ kind: 'listed', list: listName(interview, place.questionId), entries });
        const to = { at: 'question', interview, questionId: place.questionId } as const;
        dispatch({ kind: 'returned', to });
        return null;
      }
    }
  };
  const path = questionPath(interview, fieldId, place.questionId);
  return (
    <QuestionSheet
      key={`${path} ${String(place.index)}`}
      question={field}
      path={path}
      given={visit.entry[fieldId]}
      eyebrow={t('interview.field', { entry: place.index + 1, position: at + 1, total: fields.length })}
      note={note}
      take={take}
    />
  );
}

/** Who “you” is while a mediator fills in for both sides. */
function useSidesNote(interview: InterviewId): string | null {
  const { t } = useTranslation('screen');
  const { visit } = useDesk();
  if (!visit.bothSides || !hasTwoSides(interview)) return null;
  return t('sides.note', { you: t(`sides.${interview}.claimant`), other: t(`sides.${interview}.payer`) });
}
