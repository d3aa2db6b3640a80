import {
  BookOpenText,
  Calculator,
  CircleCheckBig,
  CircleHelp,
  ClipboardList,
  HandHelping,
  MessageCircleQuestion,
  Phone,
  Printer,
  TriangleAlert,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { AnswerAction, Candidate, GuideHead, Place, Step } from '../../../app/contract/consult.ts';
import type { Slip } from '../../../app/contract/receipt.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import { openingScreen } from '../interviews.ts';
import type { Screen } from '../visit.ts';
import { day } from '../wording.ts';
import { OwnWords, Urgent } from './Asking.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

/** The thing first, then the way in numbered steps, then what it depends on. */
export function AnswerScreen({ screen }: { screen: At<'answer'> }) {
  const { t } = useTranslation('screen');
  const { clerk } = useDesk();
  const { answer, related, guides, urgent } = screen;
  const slip: Slip = { kind: 'answer', answerId: answer.id };
  const { title, citations, reviewedOn } = answer;
  return (
    <>
      <Stage title={title}>
        <Urgent notice={urgent} />
        <Pager sameAs={answer.id}>
          <p className="plain-words">{answer.plain}</p>
          {answer.audience.length > 0 && (
            <p className="aside">
              {t('answer.audience', { audience: answer.audience.join(t('list_separator')) })}
            </p>
          )}
          {answer.risks.map((risk) => (
            <p className="risk" key={risk}>
              <TriangleAlert className="icon" aria-hidden strokeWidth={1.75} />
              {t(`risk.${risk}`)}
            </p>
          ))}
          {steps(answer.steps)}
          {calls(answer.actions)}
          {answer.dependsOn.length > 0 && <h2>{t('answer.depends')}</h2>}
          {answer.dependsOn.map(({ fact, answer: other }) =>
            other === null ? (
              <p className="fact" key={fact}>
                {fact}
              </p>
            ) : (
              <Press
                key={fact}
                name={`fact-${other.id}`}
                icon={MessageCircleQuestion}
                className="wide"
                detail={other.title}
                onPress={() => clerk.open(other.id)}
              >
                {fact}
              </Press>
            ),
          )}
        </Pager>
        <Standing of={answer} />
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid two">
          <PrintButton slip={slip} />
          <BasisButton basis={{ title, citations, reviewedOn, slip }} />
          <WaysOn actions={answer.actions} related={related} guides={guides} />
          <UnsolvedButton kind="answer" id={answer.id} />
          <DoneButton />
        </div>
      </Hands>
    </>
  );
}

/** How far the words above can be trusted: due for review, in Chinese only, information and no decision. */
export function Standing({ of: { stale, reviewedOn } }: { of: { stale: boolean; reviewedOn: string } }) {
  const { t } = useTranslation('screen');
  const { visit } = useDesk();
  return (
    <>
      {stale && <p className="stale">{t('answer.stale', { date: day(reviewedOn, visit.language) })}</p>}
      {visit.language !== 'zh-CN' && <p className="aside">{t('answer.in_chinese')}</p>}
      <p className="limits">{t('answer.limits')}</p>
    </>
  );
}

export function BasisButton({ basis }: { basis: At<'basis'>['basis'] }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  return (
    <Press
      name="basis"
      icon={BookOpenText}
      onPress={() => dispatch({ kind: 'went', to: { at: 'basis', basis } })}
    >
      {t('answer.basis')}
    </Press>
  );
}

/** Buttons that fit below an answer beside the four that are always there. */
const ROOM = 6;
const ROOM_FOR_ELDERS = 2;

/** The next steps first, then guides, then questions near this one, as far as there is room. */
export function WaysOn({
  actions,
  related = [],
  guides = [],
}: {
  actions: readonly AnswerAction[];
  related?: readonly Candidate[];
  guides?: readonly GuideHead[];
}) {
  const { visit, clerk, kiosk } = useDesk();
  const offered = actions.filter(
    ({ kind }) => kind !== 'call' && (kind !== 'intake' || kiosk?.intakeOffered === true),
  );
  const led = new Set(
    offered.flatMap((action) =>
      action.kind === 'answer'
        ? [action.answerId]
        : action.kind === 'guide'
          ? [`guide ${action.guideId}`]
          : [],
    ),
  );
  const ways = [
    ...offered.map((action) => <ActionButton key={JSON.stringify(action)} action={action} />),
    ...guides
      .filter(({ id }) => !led.has(`guide ${id}`))
      .map(({ id, title }) => (
        <Press
          key={`guide-${id}`}
          name={`guide-${id}`}
          icon={ClipboardList}
          onPress={() => clerk.openGuide(id)}
        >
          {title}
        </Press>
      )),
    ...related
      .filter(({ id }) => !led.has(id))
      .map(({ id, title }) => (
        <Press key={id} name={`related-${id}`} icon={MessageCircleQuestion} onPress={() => clerk.open(id)}>
          {title}
        </Press>
      )),
  ];
  return ways.slice(0, visit.elder ? ROOM_FOR_ELDERS : ROOM);
}

/** Numbered steps as a path; each is a block of its own, so that pages turn between them. */
export const steps = (list: readonly Step[]) =>
  list.map((step, at) => <StepBlock key={step.do} step={step} number={at + 1} />);

function StepBlock({ step, number }: { step: Step; number: number }) {
  const { t } = useTranslation('screen');
  return (
    <div className="step">
      <span className="step-number">{number}</span>
      <div>
        <p>{step.do}</p>
        {step.where !== null && <p className="step-where">{t('answer.where', { where: step.where })}</p>}
        {step.place !== null && <PlaceLine place={step.place} />}
        {step.deadline !== null && (
          <p className="step-deadline">{t('answer.deadline', { deadline: step.deadline })}</p>
        )}
      </div>
    </div>
  );
}

/** What is certain about a place: name, address, telephone, hours. */
export function PlaceLine({ place }: { place: Place }) {
  const { t } = useTranslation('screen');
  const { name, address, phone, hours, free } = place;
  const known = [name, address, phone, hours, free ? t('place.free') : null].filter((part) => part !== null);
  return <p className="step-where">{known.join(' · ')}</p>;
}

/** Telephone numbers stand as text to note down: nobody dials from here. */
export const calls = (actions: readonly AnswerAction[]) =>
  actions
    .filter((action) => action.kind === 'call')
    .map(({ number, name }) => (
      <p className="call" key={number}>
        <Phone className="icon" aria-hidden strokeWidth={1.75} />
        <strong>{number}</strong>
        <span>{name}</span>
      </p>
    ));

function ActionButton({ action }: { action: AnswerAction }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  switch (action.kind) {
    case 'calculate':
      return (
        <Press
          name="act-calculate"
          icon={Calculator}
          onPress={() => dispatch({ kind: 'went', to: openingScreen(visit, action.calculator) })}
        >
          {t('answer.calculate', { name: t(`calculators.name.${action.calculator}`) })}
        </Press>
      );
    case 'intake':
      return <IntakeButton />;
    case 'answer':
      return (
        <Press
          name={`act-${action.answerId}`}
          icon={MessageCircleQuestion}
          onPress={() => clerk.open(action.answerId)}
        >
          {action.title}
        </Press>
      );
    case 'guide':
      return (
        <Press
          name={`guide-${action.guideId}`}
          icon={ClipboardList}
          onPress={() => clerk.openGuide(action.guideId)}
        >
          {action.title}
        </Press>
      );
    case 'call':
      return null;
  }
}

function IntakeButton() {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  return (
    <Press
      name="act-intake"
      icon={HandHelping}
      onPress={() => dispatch({ kind: 'went', to: { at: 'aidConsent' } })}
    >
      {t('answer.intake')}
    </Press>
  );
}

/** "没有解决": an honest way out of an answer that did not help. */
export function UnsolvedButton({ kind, id }: { kind: 'answer' | 'guide'; id: string }) {
  const { t } = useTranslation('screen');
  const { clerk } = useDesk();
  return (
    <Press name="unsolved" icon={CircleHelp} onPress={() => clerk.unsolved(kind, id)}>
      {t('unsolved.button')}
    </Press>
  );
}

/** What is left when an answer did not help: people. */
export function Unsolved({ screen }: { screen: At<'unsolved'> }) {
  const { t } = useTranslation('screen');
  const { kiosk } = useDesk();
  return (
    <>
      <Stage title={t('unsolved.title')} intro={t(screen.recorded ? 'unsolved.noted' : 'unsolved.not_noted')}>
        <p className="plain-words">{t('unsolved.person')}</p>
        <p className="call">
          <Phone className="icon" aria-hidden strokeWidth={1.75} />
          <strong>12348</strong>
          <span>{t('hotline.words')}</span>
        </p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one" data-unsolved={screen.id}>
          {kiosk?.intakeOffered === true && <IntakeButton />}
          <DoneButton />
        </div>
        <OwnWords again contacts />
      </Hands>
    </>
  );
}

/** Prints, or says honestly why this machine cannot. */
export function PrintButton({ slip }: { slip: Slip }) {
  const { t } = useTranslation('screen');
  const { clerk, kiosk } = useDesk();
  return kiosk?.printer.state === 'absent' ? (
    <p className="no-printer">{t('paper.absent')}</p>
  ) : (
    <Press name="print" icon={Printer} tone="action" onPress={() => clerk.preview(slip)}>
      {t('paper.take_along')}
    </Press>
  );
}

export function DoneButton() {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  return (
    <Press
      name="done"
      icon={CircleCheckBig}
      tone="jade"
      onPress={() => dispatch({ kind: 'went', to: { at: 'rate' } })}
    >
      {t('done')}
    </Press>
  );
}
