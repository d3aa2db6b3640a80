import { ArrowLeftRight, PenLine, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { claimOf, isPackOld } from '../../../app/domain/compensation/index.ts';
import {
  figureQuestions,
  interviews,
  questionPath,
  whatIfs,
  type InterviewId,
} from '../../../app/domain/interview/index.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import { answersOf, hasTwoSides } from '../interviews.ts';
import { useSayings } from '../sayings.ts';
import type { Outcome, Screen } from '../visit.ts';
import { yuan } from '../wording.ts';
import { DoneButton, PrintButton } from './AnswerScreens.tsx';
import { DeadlineLine, deadlinesOf } from './Deadlines.tsx';
import { useSheetBlocks } from './Sheet.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

/** What the sum is to the citizen where it is not a claim. */
const purposes: Readonly<Partial<Record<InterviewId, string>>> = {
  'court-fee': 'fee',
  'legal-aid': 'aid',
  'loan-interest': 'interest',
  'loan-delay': 'interest',
};

/** What can be claimed and who pays it, as far as the law and the answers say; every line opens to its proof. */
export function Result({ screen }: { screen: At<'result'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, kiosk, today } = useDesk();
  const { say } = useSayings();
  const sheetBlocks = useSheetBlocks();
  const { interview, outcomes, missing, remarks, times } = screen;
  const answers = answersOf(visit, interview);
  const alternatives = outcomes.filter(({ label }) => label !== null);
  const chosen = alternatives[screen.shown] ?? alternatives[0];
  const sheets = outcomes.filter((outcome) => outcome === chosen || outcome.label === null);
  const amounts = sheets.filter(({ calculator }) => calculator !== 'wi.deadlines');
  const wanted = figureQuestions(
    interviews[interview],
    answers,
    sheets.flatMap(({ result }) => (result.ok ? result.value.wanted : [])),
  );
  const canSuppose = whatIfs(interviews[interview], answers, today).length > 0;
  const blocks: ReactNode[] = [
    ...(alternatives.length > 1
      ? [<Alternatives key="alternatives" alternatives={alternatives} chosen={chosen} />]
      : []),
    ...(isPackOld(kiosk?.content.asOf ?? '', today)
      ? [
          <p className="stale" key="stale_pack">
            {say('stale_pack')}
          </p>,
        ]
      : []),
    ...amounts.flatMap((outcome) => sheetBlocks(outcome, amounts.length > 1)),
    ...remarks.map((remark) => (
      <p className="remark" key={remark}>
        {say(`remark.${remark}`)}
      </p>
    )),
    ...(missing.length > 0
      ? [
          <div className="depends" key="missing">
            <h2>{t('result.missing')}</h2>
            <ul>
              {missing.map((key) => (
                <li key={key}>{say(key)}</li>
              ))}
            </ul>
          </div>,
        ]
      : []),
    ...deadlinesOf(sheets).map((deadline) => <DeadlineLine key={deadline.key} deadline={deadline} />),
    ...times.map((time) => (
      <p className="info-line" key={time}>
        {say(`time.${time}`)}
      </p>
    )),
    ...(wanted.length > 0 ? [<h2 key="wanted">{t('result.wanted')}</h2>] : []),
    ...wanted.map(({ id }) => (
      <Press
        key={id}
        name={`type-${id}`}
        icon={Pencil}
        tone="quiet"
        onPress={() => dispatch({ kind: 'went', to: { at: 'question', interview, questionId: id } })}
      >
        {say(`${questionPath(interview, id)}.title`)}
      </Press>
    )),
    <p className="limits" key="limits">
      {t('result.limits')}
    </p>,
  ];
  return (
    <>
      <Stage title={t(`result.title.${purposes[interview] ?? 'claim'}`)}>
        {visit.bothSides && hasTwoSides(interview) && (
          <p className="sides-note">
            {t('sides.result', {
              payer: t(`sides.${interview}.payer`),
              claimant: t(`sides.${interview}.claimant`),
            })}
          </p>
        )}
        <Pager sameAs={`${interview} ${chosen?.label ?? ''}`}>{blocks}</Pager>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className={canSuppose ? 'grid two first-whole last-whole' : 'grid two first-whole'}>
          <PrintButton
            slip={{
              kind: 'calculation',
              interview,
              answers,
              bothSides: visit.bothSides && hasTwoSides(interview),
            }}
          />
          {canSuppose && (
            <Press
              name="suppose"
              icon={ArrowLeftRight}
              onPress={() => dispatch({ kind: 'went', to: { at: 'suppose', interview, outcomes } })}
            >
              {t('result.suppose')}
            </Press>
          )}
          <Press
            name="review"
            icon={PenLine}
            onPress={() => dispatch({ kind: 'returned', to: { at: 'review', interview } })}
          >
            {t('result.change')}
          </Press>
          <DoneButton />
        </div>
      </Hands>
    </>
  );
}

/** A range with its reason, and which way of it is shown. */
function Alternatives({
  alternatives,
  chosen,
}: {
  alternatives: readonly Outcome[];
  chosen: Outcome | undefined;
}) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  const { say } = useSayings();
  const sums = alternatives.flatMap(({ result }) => (result.ok ? [claimOf(result.value).onceFen] : []));
  const [low, high] = [Math.min(...sums), Math.max(...sums)];
  return (
    <div className="alternatives">
      {sums.length > 1 && low < high && (
        <p className="range">
          <strong>{t('result.range', { low: yuan(low), high: yuan(high) })}</strong>
        </p>
      )}
      <p className="aside">{t('result.range_reason')}</p>
      <div className="variants" role="group" aria-label={t('result.variants')}>
        {alternatives.map((outcome, at) => (
          <Press
            key={outcome.label}
            name={`variant-${outcome.label ?? ''}`}
            chosen={outcome === chosen}
            onPress={() => dispatch({ kind: 'showed', variant: at })}
          >
            {say(`variant.${outcome.label ?? ''}`)}
          </Press>
        ))}
      </div>
    </div>
  );
}
