import { ArrowRight, PenLine, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  formatEntry,
  interviewState,
  questionPath,
  type AnswerMap,
  type AnswerProblem,
  type Question,
} from '../../../app/domain/interview/index.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import { answersOf, listName, listOf } from '../interviews.ts';
import { useSayings } from '../sayings.ts';
import type { Screen } from '../visit.ts';
import { Problem, UnknownButton } from './QuestionSheet.tsx';

interface EntryListProps {
  screen: Extract<Screen, { at: 'question' }>;
  question: Extract<Question, { kind: 'entries' }>;
  eyebrow: string;
  take: (raw: unknown) => AnswerProblem | null;
}

/** A list of things alike: what is in it, each with its way to change and out, and one more. */
export function EntryList({ screen, question, eyebrow, take }: EntryListProps) {
  const { t } = useTranslation('screen');
  const { visit, dispatch } = useDesk();
  const sayings = useSayings();
  const { say, knows } = sayings;
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const { interview } = screen;
  const answers = answersOf(visit, interview);
  const entries = listOf(visit, interview, question.id, answers);
  const path = questionPath(interview, question.id);

  const put = (list: readonly AnswerMap[]) => {
    setProblem(null);
    dispatch({ kind: 'listed', list: listName(interview, question.id), entries: list });
  };
  const fill = (index: number, entry: AnswerMap) => {
    const state = interviewState(question, entry, answers);
    const fieldId = state.kind === 'asking' ? state.questionId : question.questions[0]?.id;
    if (fieldId === undefined) return;
    dispatch({ kind: 'drafted', entry });
    const place = { questionId: question.id, index };
    dispatch({ kind: 'went', to: { at: 'field', interview, entry: place, fieldId } });
  };
  const full = entries.length >= question.max;
  return (
    <>
      <Stage title={say(`${path}.title`)} asking={entries.length === 0}>
        <p className="progress">{eyebrow}</p>
        {entries.length === 0 && knows(`${path}.help`) && <p className="intro">{say(`${path}.help`)}</p>}
        {problem && <Problem problem={problem} path={path} />}
        {entries.length > 0 && (
          <Pager sameAs={`${path} ${String(entries.length)}`}>
            {entries.map((entry, at) => (
              // What tells two entries apart is their place alone.
              <div className="entry-row" key={at}>
                <div>
                  <p className="review-question">{say('entry.position', { position: at + 1 })}</p>
                  <p className="review-answer">
                    {formatEntry(path, question, entry, answers, sayings)
                      .map(({ said }) => said)
                      .join(t('list_separator'))}
                  </p>
                </div>
                <Press
                  name={`change-${String(at)}`}
                  icon={PenLine}
                  tone="quiet"
                  onPress={() => fill(at, entry)}
                >
                  {t('change')}
                </Press>
                <Press
                  name={`remove-${String(at)}`}
                  icon={Trash2}
                  tone="quiet"
                  onPress={() => put(entries.filter((_, other) => other !== at))}
                >
                  {t('remove')}
                </Press>
              </div>
            ))}
          </Pager>
        )}
      </Stage>
      <Hands label={t('interview.answers')}>
        <div className="grid one">
          {full ? (
            <p className="hands-note">{t('interview.full', { max: question.max })}</p>
          ) : (
            <Press
              name="add-entry"
              icon={Plus}
              tone={entries.length === 0 ? 'action' : 'plain'}
              className="tall"
              onPress={() => fill(entries.length, {})}
            >
              {t(entries.length === 0 ? 'interview.add_first' : 'interview.add')}
            </Press>
          )}
          {entries.length >= question.min && (
            <Press
              name="list-done"
              icon={ArrowRight}
              tone={entries.length === 0 ? 'plain' : 'action'}
              className="tall"
              onPress={() => setProblem(take(entries))}
            >
              {t(entries.length === 0 ? 'interview.no_entries' : 'interview.list_done')}
            </Press>
          )}
          {question.unknownAllowed && <UnknownButton onPress={() => setProblem(take(null))} />}
        </div>
      </Hands>
    </>
  );
}
