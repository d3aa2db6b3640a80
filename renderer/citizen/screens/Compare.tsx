import { ArrowLeftRight, Check, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import {
  claimOf,
  difference,
  formatInfo,
  hasAmounts,
  sharesOf,
  type Calculation,
  type Difference,
} from '../../../app/domain/compensation/index.ts';
import {
  formatSupposed,
  interviews,
  whatIfs,
  type AnswerMap,
  type InterviewId,
} from '../../../app/domain/interview/index.ts';
import { groupedBy } from '../../../app/domain/grouped.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import { answersOf } from '../interviews.ts';
import { useSayings } from '../sayings.ts';
import type { Outcome, Screen, Visit } from '../visit.ts';
import { yuan } from '../wording.ts';
import { PayerBar } from './PayerBar.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

/** Which answer could have been another: each question with the other answers to try. */
export function Suppose({ screen }: { screen: At<'suppose'> }) {
  const { t } = useTranslation('screen');
  const { visit, clerk, today } = useDesk();
  const said = useSaid(screen.interview);
  const { interview } = screen;
  const answers = answersOf(visit, interview);
  const ways = whatIfs(interviews[interview], answers, today);
  const questions = [...groupedBy(ways, ({ questionId }) => questionId).values()];
  return (
    <>
      <Stage title={t('suppose.title')} intro={t('suppose.intro')}>
        <Pager sameAs={`suppose ${interview}`}>
          {questions.flatMap(([first, ...others]) =>
            first === undefined ? (
              []
            ) : (
              <div className="suppose" key={first.questionId}>
                <p className="review-question">{said(first, answers).title}</p>
                <p className="review-answer">{t('suppose.now', { answer: said(first, answers).said })}</p>
                <div className="grid three">
                  {[first, ...others].map((way) => (
                    <Press
                      key={way.way}
                      name={`suppose-${way.questionId}-${way.way}`}
                      icon={ArrowLeftRight}
                      onPress={() => clerk.compare(screen, way)}
                    >
                      {said(way, way.answers).said}
                    </Press>
                  ))}
                </div>
              </div>
            ),
          )}
        </Pager>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <BackToResult />
        </div>
      </Hands>
    </>
  );
}

/** What the other answer changes, item by item; the first answer stays unless the citizen takes the other. */
export function Compare({ screen }: { screen: At<'compare'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  const said = useSaid(screen.interview);
  const { say } = useSayings();
  const { interview, questionId, answers, given, supposed } = screen;
  const { title, said: before } = said(screen, answersOf(visit, interview));
  const { said: after } = said(screen, answers);
  const pairs = pairsOf(given, supposed);
  const adopt = () => {
    dispatch({ kind: 'answered', interview, answers });
    clerk.calculate(interview);
  };
  const blocks = pairs.flatMap(({ label, from, to }) => [
    ...(label === null ? [] : [<h2 key={label}>{say(`variant.${label}`)}</h2>]),
    ...differenceBlocks(from, to, `${label ?? ''}${to.calculator}`, [before, after]),
  ]);
  return (
    <>
      <Stage title={t('suppose.compared', { answer: after })}>
        <p className="intro">{title}</p>
        <Pager sameAs={`compare ${questionId} ${after}`}>{blocks}</Pager>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one">
          <BackToResult />
          <Press name="suppose-other" icon={ArrowLeftRight} onPress={() => dispatch({ kind: 'back' })}>
            {t('suppose.other')}
          </Press>
          <Press name="adopt" icon={Check} onPress={adopt}>
            {t('suppose.adopt')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

function differenceBlocks(
  from: Calculation,
  to: Calculation,
  key: string,
  said: readonly [string, string],
): ReactNode[] {
  const { items, flagsGained } = difference(from, to);
  const [first, second] = [claimOf(from), claimOf(to)];
  const samePayers = JSON.stringify(sharesOf(from)) === JSON.stringify(sharesOf(to));
  const sums = { once: second.onceFen - first.onceFen, monthly: second.monthlyFen - first.monthlyFen };
  return [
    ...(from.info['result'] === to.info['result']
      ? [<Sums key={`${key} sums`} sums={sums} unchanged={samePayers} />]
      : [<OtherResult key={`${key} result`} sheets={[from, to]} said={said} />]),
    ...(samePayers ? [] : [<Payers key={`${key} payers`} sheets={[from, to]} said={said} />]),
    ...items.map((item) => <ChangedItem key={`${key} ${item.freq} ${item.code}`} item={item} said={said} />),
    ...flagsGained.map((flag) => <Flag key={`${key} ${flag}`} flag={flag} />),
  ];
}

/** Another outcome altogether, before and after: in its own words, or the sum where there is one. */
function OtherResult({
  sheets,
  said,
}: {
  sheets: readonly [Calculation, Calculation];
  said: readonly [string, string];
}) {
  const { t } = useTranslation('screen');
  const sayings = useSayings();
  const words = (calculation: Calculation): string => {
    const outcome = calculation.info['result'];
    return outcome === undefined
      ? `${yuan(claimOf(calculation).onceFen)} ${t('unit.yuan')}`
      : formatInfo('result', outcome, sayings);
  };
  return (
    <div className="payers-beside">
      {sheets.map((calculation, at) => (
        <div key={said[at]}>
          <p className="review-question">
            {t(at === 0 ? 'suppose.now' : 'suppose.then', { answer: said[at] })}
          </p>
          <p>{words(calculation)}</p>
        </div>
      ))}
    </div>
  );
}

/** The difference in one line: once and monthly apart. */
function Sums({
  sums,
  unchanged,
}: {
  sums: Readonly<Record<'once' | 'monthly', number>>;
  /** Also each payer pays what they paid. */
  unchanged: boolean;
}) {
  const { t } = useTranslation('screen');
  const changed = (['once', 'monthly'] as const).filter((kind) => sums[kind] !== 0);
  if (changed.length === 0)
    return <p className="plain-words">{t(unchanged ? 'suppose.same' : 'suppose.other_payer')}</p>;
  return (
    <dl className="totals">
      {changed.map((kind) => (
        <div key={kind}>
          <dt>{t(`suppose.${kind}`)}</dt>
          <dd>
            {signed(sums[kind])} <small>{t(`result.freq.${kind}`)}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Who pays, before and after. */
function Payers({
  sheets,
  said,
}: {
  sheets: readonly [Calculation, Calculation];
  said: readonly [string, string];
}) {
  const { t } = useTranslation('screen');
  return (
    <div className="payers-beside">
      {sheets.map((calculation, at) => (
        <div key={said[at]}>
          <p className="review-question">
            {t(at === 0 ? 'suppose.now' : 'suppose.then', { answer: said[at] })}
          </p>
          <PayerBar calculation={calculation} />
        </div>
      ))}
    </div>
  );
}

function ChangedItem({
  item,
  said,
}: {
  item: Difference['items'][number];
  /** The answer as given, and as supposed. */
  said: readonly [string, string];
}) {
  const { t } = useTranslation('screen');
  const { name } = useSayings();
  const { code, freq, beforeFen, afterFen } = item;
  return (
    <div className="changed">
      <p className="changed-name">{name(code)}</p>
      <p className="changed-by">
        {signed(afterFen - beforeFen)} <small>{t(`result.freq.${freq}`)}</small>
      </p>
      <p className="changed-way">
        {said[0]}
        <strong>{yuan(beforeFen)}</strong>
      </p>
      <p className="changed-way">
        {said[1]}
        <strong>{yuan(afterFen)}</strong>
      </p>
    </div>
  );
}

function Flag({ flag }: { flag: string }) {
  const { say } = useSayings();
  return <p className="remark">{say(`flag.${flag}`)}</p>;
}

function BackToResult() {
  const { t } = useTranslation('screen');
  const { visit, dispatch } = useDesk();
  const result = resultBehind(visit);
  return (
    <Press
      name="to-result"
      icon={Undo2}
      tone="action"
      onPress={() => dispatch(result ? { kind: 'returned', to: result } : { kind: 'back' })}
    >
      {t('result.back')}
    </Press>
  );
}

const resultBehind = ({ past }: Visit): Screen | undefined => past.findLast(({ at }) => at === 'result');

const signed = (fen: number): string => `${fen < 0 ? '\u2212' : '+'}${yuan(Math.abs(fen))}`;

/** What is supposed otherwise, as its question, and how that is answered. */
function useSaid(
  interview: InterviewId,
): (
  supposed: { questionId: string; fieldId: string | null },
  answers: AnswerMap,
) => { title: string; said: string } {
  const sayings = useSayings();
  return (supposed, answers) => formatSupposed(interviews[interview], supposed, answers, sayings);
}

/** Sheets that belong together: of the same calculator, and of the same possibility where there are several. */
function pairsOf(
  given: readonly Outcome[],
  supposed: readonly Outcome[],
): readonly { label: string | null; from: Calculation; to: Calculation }[] {
  const alike = ({ calculator }: Outcome, label: string | null) =>
    supposed.find((other) => other.calculator === calculator && other.label === label) ??
    supposed.find((other) => other.calculator === calculator);
  return given.filter(hasAmounts).flatMap((outcome) => {
    const other = alike(outcome, outcome.label);
    return outcome.result.ok && other?.result.ok
      ? [{ label: outcome.label, from: outcome.result.value, to: other.result.value }]
      : [];
  });
}
