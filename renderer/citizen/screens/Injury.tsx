import { Calculator, CircleCheckBig, CircleHelp, Layers, PenLine } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  acceptAnswer,
  rawFromAnswer,
  visibleQuestions,
  workInjuryInterview,
  type AnswerProblem,
  type AnswerValue,
  type Question,
} from '../../../app/domain/interview/index.ts';
import { NumberPad } from '../../components/NumberPad.tsx';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import { askedQuestion, injuryScreen } from '../injury.ts';
import type { Screen } from '../visit.ts';
import { day, yuan } from '../wording.ts';
import { DatePad } from './DatePad.tsx';
import { PrintButton } from './AnswerScreens.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

const words = (question: string) => `calculator:question.${workInjuryInterview.id}.${question}`;

/** One question a screen. The title is the question, the buttons are the answers. */
export function InjuryQuestion({ screen }: { screen: At<'injury'> }) {
  const { t, i18n } = useTranslation('screen');
  const { visit, dispatch, today } = useDesk();
  const asked = askedQuestion(visit.injury, screen.questionId);
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const [typed, setTyped] = useState(() =>
    asked ? typedAgain(asked.question, visit.injury[screen.questionId]) : '',
  );
  if (!asked) return null;
  const { question, position, total } = asked;

  const take = (raw: unknown) => {
    const accepted = acceptAnswer(workInjuryInterview, visit.injury, question.id, raw, today);
    if (!accepted.ok) {
      setProblem(accepted.failure);
      return;
    }
    dispatch({ kind: 'answered', answers: accepted.value });
    const next = injuryScreen(accepted.value);
    // A changed answer may open new questions; once they are answered the review comes back by itself.
    dispatch({ kind: 'went', to: next });
  };
  const type = (value: string) => {
    setProblem(null);
    setTyped(value);
  };
  const help = words(`${question.id}.help`);

  return (
    <>
      <Stage title={t(words(`${question.id}.title`))} asking>
        <p className="progress">{t('injury.step', { position, total })}</p>
        {i18n.exists(help) && <p className="intro">{t(help)}</p>}
        {question.kind === 'money' && (
          <p className="entry">
            <output>{typed === '' ? '0' : grouped(typed)}</output>
            <span>{t('unit.yuan')}</span>
          </p>
        )}
        {question.kind === 'number' && (
          <p className="entry">
            <output>{typed === '' ? '0' : typed}</output>
            <span>{t(`unit.${question.unit}`)}</span>
          </p>
        )}
        {problem && (
          <p className="problem" role="alert">
            {t(`calculator:problem.${problem.code}`, problem.values ?? {})}
          </p>
        )}
      </Stage>
      <Hands label={t('injury.answers')}>
        {question.kind === 'choice' && (
          <div className={`grid ${columns(question.options.length)} answers`}>
            {question.options.map((option) => (
              <Press
                key={option}
                name={`option-${option}`}
                chosen={visit.injury[question.id] === option}
                onPress={() => take(option)}
              >
                {t(words(`${question.id}.option.${option}`))}
              </Press>
            ))}
            {question.unknownAllowed && <UnknownButton onPress={() => take(null)} />}
          </div>
        )}
        {(question.kind === 'money' || question.kind === 'number') && (
          <div className="pad-and-more">
            <NumberPad
              value={typed}
              onChange={type}
              onDone={() => take(typed)}
              maxLength={12}
              {...(question.kind === 'money' || question.decimals === 1 ? { extra: '.' as const } : {})}
            />
            {question.unknownAllowed && <UnknownButton onPress={() => take(null)} />}
          </div>
        )}
        {question.kind === 'date' && (
          <DatePad initial={typed} onDone={take} onChange={() => setProblem(null)} />
        )}
      </Hands>
    </>
  );
}

function UnknownButton({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation('screen');
  return (
    <Press name="unknown" icon={CircleHelp} tone="quiet" onPress={onPress}>
      {t('injury.unknown')}
    </Press>
  );
}

const columns = (options: number) => (options <= 4 ? 'one' : options <= 9 ? 'two' : 'three');

function typedAgain(question: Question, answer: AnswerValue | undefined): string {
  const raw = answer === undefined ? null : rawFromAnswer(question, answer);
  return typeof raw === 'string' ? raw : '';
}

const grouped = (typed: string) => typed.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

/** All answers at a glance, each with its way back, before anything is calculated. */
export function InjuryReview() {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  const answered = useAnswerWords();
  return (
    <>
      <Stage title={t('injury.review')} intro={t('injury.review_intro')}>
        <Pager sameAs="review">
          {visibleQuestions(workInjuryInterview, visit.injury).map((question) => (
            <div className="review-row" key={question.id}>
              <div>
                <p className="review-question">{t(words(`${question.id}.title`))}</p>
                <p className="review-answer">{answered(question)}</p>
              </div>
              <Press
                name={`change-${question.id}`}
                icon={PenLine}
                tone="quiet"
                onPress={() =>
                  dispatch({ kind: 'went', to: { at: 'injury', questionId: question.id, changing: true } })
                }
              >
                {t('change')}
              </Press>
            </div>
          ))}
        </Pager>
      </Stage>
      <Hands label={t('injury.review')}>
        <div className="grid one">
          <Press name="calculate" icon={Calculator} tone="action" className="tall" onPress={clerk.calculate}>
            {t('injury.calculate')}
          </Press>
        </div>
        <p className="hands-note">{t('injury.private')}</p>
      </Hands>
    </>
  );
}

function useAnswerWords(): (question: Question) => string {
  const { t } = useTranslation('screen');
  const { visit } = useDesk();
  return (question) => {
    const answer = visit.injury[question.id];
    if (answer === null || answer === undefined) return t('injury.unknown');
    switch (question.kind) {
      case 'choice':
        return t(words(`${question.id}.option.${String(answer)}`));
      case 'several':
        return Array.isArray(answer)
          ? answer
              .map((option) => t(words(`${question.id}.option.${String(option)}`)))
              .join(t('list_separator'))
          : '';
      case 'money':
        return `${yuan(Number(answer))} ${t('unit.yuan')}`;
      case 'number':
        return `${String(answer)} ${t(`unit.${question.unit}`)}`;
      case 'date':
        return day(String(answer), visit.language);
    }
  };
}

/** The law gives no amount here: why, and where to go instead. */
export function InjuryStopped({ screen }: { screen: At<'injuryStopped'> }) {
  const { t } = useTranslation('screen');
  const { dispatch, clerk } = useDesk();
  return (
    <>
      <Stage title={t('injury.stopped')}>
        <p className="plain-words">{t(`calculator:stop.${screen.reason}`)}</p>
        <p className="person">{t('handover.person')}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <Press name="back-to-question" icon={PenLine} onPress={() => dispatch({ kind: 'back' })}>
            {t('injury.change_last')}
          </Press>
          <Press name="browse" icon={Layers} onPress={clerk.browse}>
            {t('own_words.browse')}
          </Press>
          <PrintButton slip={{ kind: 'contacts' }} />
          <Press
            name="done"
            icon={CircleCheckBig}
            tone="jade"
            onPress={() => dispatch({ kind: 'went', to: { at: 'rate' } })}
          >
            {t('done')}
          </Press>
        </div>
      </Hands>
    </>
  );
}
