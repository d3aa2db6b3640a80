import { ArrowRight, CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  rawFromAnswer,
  type AnswerProblem,
  type AnswerValue,
  type Question,
} from '../../../app/domain/interview/index.ts';
import { NumberPad } from '../../components/NumberPad.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { Rows } from '../../layout/Shelves.tsx';
import { useDesk } from '../desk.ts';
import { useSayings } from '../sayings.ts';
import { useAmountInWords } from '../amount.ts';
import { DatePad } from './DatePad.tsx';

export type SingleQuestion = Exclude<Question, { kind: 'entries' }>;

interface QuestionSheetProps {
  question: SingleQuestion;
  /** Where its words stand in calculator.json. */
  path: string;
  given: AnswerValue | undefined;
  /** Which of how many. */
  eyebrow: string;
  note: string | null;
  /** Takes an answer as it was typed or touched; what is wrong with it, or null when it was taken. */
  take: (raw: unknown) => AnswerProblem | null;
}

/** The title is the question, the buttons are the answers. */
export function QuestionSheet({ question, path, given, eyebrow, note, take }: QuestionSheetProps) {
  const { t } = useTranslation('screen');
  const { say, knows } = useSayings();
  const amountInWords = useAmountInWords();
  const [problem, setProblem] = useState<AnswerProblem | null>(null);
  const [typed, setTyped] = useState(() => typedAgain(question, given));
  const answer = (raw: unknown) => setProblem(take(raw));
  const type = (value: string) => {
    setProblem(null);
    setTyped(value);
  };
  const unknown = question.unknownAllowed && <UnknownButton onPress={() => answer(null)} />;
  return (
    <>
      <Stage title={say(`${path}.title`)} asking>
        <p className="progress">{eyebrow}</p>
        {note !== null && <p className="sides-note">{note}</p>}
        {knows(`${path}.help`) && <p className="intro">{say(`${path}.help`)}</p>}
        {question.kind === 'money' && (
          <div className="entry-and-words">
            <p className="entry">
              <output>{typed === '' ? '0' : grouped(typed)}</output>
              <span>{t('unit.yuan')}</span>
            </p>
            <p className="in-words">{amountInWords(typed)}</p>
          </div>
        )}
        {question.kind === 'number' && (
          <p className="entry">
            <output>{typed === '' ? '0' : typed}</output>
            <span>{say(`unit.${question.unit}`, { value: '' }).trim()}</span>
          </p>
        )}
        {problem && <Problem problem={problem} path={path} />}
      </Stage>
      <Hands label={t('interview.answers')} large={isLong(question)}>
        {question.kind === 'choice' && (
          <Options question={question} path={path} given={given} onPress={answer}>
            {unknown}
          </Options>
        )}
        {question.kind === 'several' && (
          <Several
            question={question}
            path={path}
            given={given}
            onDone={answer}
            onUnknown={() => answer(null)}
          />
        )}
        {(question.kind === 'money' || question.kind === 'number') && (
          <div className="pad-and-more">
            <NumberPad
              value={typed}
              onChange={type}
              onDone={() => answer(typed)}
              maxLength={12}
              {...(question.kind === 'money' || question.decimals > 0 ? { extra: '.' as const } : {})}
            />
            {unknown}
          </div>
        )}
        {question.kind === 'date' && (
          <DatePad
            initial={typed}
            onDone={answer}
            onChange={() => setProblem(null)}
            unknown={
              question.unknownAllowed && (
                <UnknownButton onPress={() => answer(null)} className="stacked beside" />
              )
            }
          />
        )}
      </Hands>
    </>
  );
}

/** What is wrong with an answer, and what is expected. */
export function Problem({ problem, path }: { problem: AnswerProblem; path: string }) {
  const { say } = useSayings();
  return (
    <p className="problem" role="alert">
      {problem.code === 'contradiction'
        ? say(`${path}.contradiction`)
        : say(`problem.${problem.code}`, problem.values)}
    </p>
  );
}

export function UnknownButton({ onPress, className = '' }: { onPress: () => void; className?: string }) {
  const { say } = useSayings();
  return (
    <Press name="unknown" icon={CircleHelp} tone="quiet" className={className} onPress={onPress}>
      {say('unknown')}
    </Press>
  );
}

/** More options than these have the larger part of the panel, and pages where even that is too small. */
const FEW = 6;

const isLong = (question: SingleQuestion): boolean =>
  (question.kind === 'choice' || question.kind === 'several') && question.options.length > FEW;

/** Options below each other as long as they fit so, then two side by side. */
function useColumns(options: number): 'one' | 'two' {
  const { orientation } = useDesk();
  return options <= (orientation === 'portrait' ? 4 : 3) ? 'one' : 'two';
}

interface OptionsProps {
  question: Extract<Question, { kind: 'choice' }>;
  path: string;
  given: AnswerValue | undefined;
  onPress: (option: string) => void;
  children: React.ReactNode;
}

function Options({ question, path, given, onPress, children }: OptionsProps) {
  const { say } = useSayings();
  const columns = useColumns(question.options.length);
  const options = question.options.map((option) => (
    <Press
      key={option}
      name={`option-${option}`}
      className={isLong(question) ? 'roomy wide' : ''}
      chosen={given === option}
      onPress={() => onPress(option)}
    >
      {say(`${path}.option.${option}`)}
    </Press>
  ));
  return isLong(question) ? (
    <>
      <Rows items={options} sameAs={path} columns={2} />
      {children}
    </>
  ) : (
    <div className={`grid ${columns} answers`}>
      {options}
      {children}
    </div>
  );
}

interface SeveralProps {
  question: Extract<Question, { kind: 'several' }>;
  path: string;
  given: AnswerValue | undefined;
  onDone: (chosen: readonly string[]) => void;
  onUnknown: () => void;
}

/** Tick boxes; none ticked is an answer too. */
function Several({ question, path, given, onDone, onUnknown }: SeveralProps) {
  const { t } = useTranslation('screen');
  const { say } = useSayings();
  const columns = useColumns(question.options.length);
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    Array.isArray(given) ? question.options.filter((option) => given.some((each) => each === option)) : [],
  );
  const turn = (option: string) =>
    setChosen(
      chosen.includes(option)
        ? chosen.filter((each) => each !== option)
        : [...chosen, option].slice(-question.max),
    );
  return (
    <>
      <div className={`grid ${columns} answers`}>
        {question.options.map((option) => (
          <Press
            key={option}
            name={`option-${option}`}
            className="several"
            chosen={chosen.includes(option)}
            onPress={() => turn(option)}
          >
            {say(`${path}.option.${option}`)}
          </Press>
        ))}
      </div>
      <div className={question.unknownAllowed ? 'grid two' : 'grid one'}>
        <Press name="next" icon={ArrowRight} tone="action" onPress={() => onDone(chosen)}>
          {chosen.length === 0 ? t('interview.none') : t('interview.next', { number: chosen.length })}
        </Press>
        {question.unknownAllowed && <UnknownButton onPress={onUnknown} />}
      </div>
    </>
  );
}

function typedAgain(question: Question, answer: AnswerValue | undefined): string {
  const raw = answer === undefined ? null : rawFromAnswer(question, answer);
  return typeof raw === 'string' ? raw : '';
}

const grouped = (typed: string) => typed.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
