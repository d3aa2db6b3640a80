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
  Split,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { AnswerAction, Candidate, GuideHead, Place, Step } from '../../../app/contract/consult.ts';
import { inOrderOfNeed, isMet, wantsAddress, type Need } from '../../../app/domain/consult/index.ts';
import type { Slip } from '../../../app/contract/receipt.ts';
import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { Choices, Rows } from '../../layout/Shelves.tsx';
import { useDesk } from '../desk.ts';
import { openingScreen } from '../interviews.ts';
import type { Screen } from '../visit.ts';
import { day } from '../wording.ts';
import { OwnWords, Urgent } from './Asking.tsx';
import { Repealed } from './Repealed.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

/** What was wanted first, then the thing itself, the way in numbered steps, and what it depends on. */
export function AnswerScreen({ screen }: { screen: At<'answer'> }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  const { answer, related, guides, urgent, need, said } = screen;
  const slip: Slip = { kind: 'answer', answerId: answer.id };
  const { title, citations, reviewedOn } = answer;
  const addressed = wantsAddress(need);
  const needLine = useNeedLine(need, answer.actions, guides);
  return (
    <>
      <Stage title={title}>
        <Urgent notice={urgent} />
        <Repealed laws={screen.repealed} />
        <Pager sameAs={[answer.id, ...said].join(' ')}>
          {said.map((fact) => (
            <p className="said" key={fact}>
              {t('answer.said', { fact })}
            </p>
          ))}
          {addressed && need !== null && <h2>{t(`need.${need}`)}</h2>}
          {addressed && addresses(answer.steps)}
          {addressed && calls(answer.actions)}
          {need === 'human' && <HotlineCall />}
          <p className="plain-words">{answer.plain}</p>
          {needLine}
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
          {!addressed && calls(answer.actions)}
          {answer.dependsOn.length > 0 && <h2>{t('answer.depends')}</h2>}
          {answer.dependsOn.map(({ fact }) => (
            <p className="fact" key={fact}>
              {fact}
            </p>
          ))}
        </Pager>
        <Standing of={answer} />
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid two">
          <PrintButton slip={slip} />
          <BasisButton basis={{ title, citations, reviewedOn, slip }} />
          {answer.dependsOn.length > 0 && (
            <Press
              name="different"
              icon={Split}
              onPress={() => dispatch({ kind: 'went', to: { at: 'facts', of: screen } })}
            >
              {t('answer.different')}
            </Press>
          )}
          <WaysOn
            actions={answer.actions}
            related={related}
            guides={guides}
            need={need}
            taken={answer.dependsOn.length > 0 ? 1 : 0}
          />
          <UnsolvedButton kind="answer" id={answer.id} />
          <DoneButton />
        </div>
      </Hands>
    </>
  );
}

/** What would change the answer: each fact is a touch away, those that lead elsewhere with what they lead to. */
export function Facts({ screen }: { screen: At<'facts'> }) {
  const { t } = useTranslation('screen');
  const { dispatch, clerk } = useDesk();
  const { answer, said } = screen.of;
  const lines = answer.dependsOn
    .filter(({ fact }) => !said.includes(fact))
    .map(({ fact, answer: other }, at) =>
      other === null ? (
        <Press
          key={fact}
          name={`fact-${String(at + 1)}`}
          className="roomy"
          onPress={() => dispatch({ kind: 'went', to: { ...screen.of, said: [...said, fact] } })}
        >
          {fact}
        </Press>
      ) : (
        <Press
          key={fact}
          name={`fact-${other.id}`}
          icon={MessageCircleQuestion}
          className="roomy"
          detail={other.title}
          onPress={() => clerk.open(other.id, fact)}
        >
          {fact}
        </Press>
      ),
    );
  return (
    <Choices
      title={t('which.title')}
      intro={answer.title}
      list={<Rows sameAs={answer.id} items={lines} columns={1} />}
      ways={
        <OwnWords again>
          <Press name="unsolved" icon={CircleHelp} onPress={() => clerk.unsolved('answer', answer.id)}>
            {t('choose.none')}
          </Press>
        </OwnWords>
      }
    />
  );
}

/** That what was asked for stands below, where it does; addresses stand above and need no words. */
function useNeedLine(
  need: Need | null,
  actions: readonly AnswerAction[],
  guides: readonly GuideHead[],
): ReactNode {
  const { t } = useTranslation('screen');
  const { kiosk } = useDesk();
  if (need === null || wantsAddress(need)) return null;
  return isMet(need, waysOf(need, actions, guides, kiosk?.intakeOffered === true)) ? (
    <p className="need">{t(`need.${need}`)}</p>
  ) : null;
}

/** Where the steps lead to, each place once. */
const addresses = (list: readonly Step[]) =>
  [...new Map(list.map((step) => [step.where ?? step.place?.name, step])).values()]
    .filter(({ where, place }) => where !== null || place !== null)
    .map(({ where, place }) => (
      <div className="address" key={where ?? place?.name}>
        {where !== null && <p>{where}</p>}
        {place !== null && <PlaceLine place={place} />}
      </div>
    ));

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

/** What one can go on to: the answer's own next steps, then guides near the question, each once; what is wanted in front. */
function waysOf(
  need: Need | null,
  actions: readonly AnswerAction[],
  guides: readonly GuideHead[],
  intakeOffered: boolean,
): readonly AnswerAction[] {
  const own = actions.filter(({ kind }) => kind !== 'call' && kind !== 'intake');
  const wantsAid = need === 'legal-aid' || need === 'draft' || need === 'human';
  const hasIntake = intakeOffered && (wantsAid || actions.some(({ kind }) => kind === 'intake'));
  const led = new Set(own.flatMap((action) => (action.kind === 'guide' ? [action.guideId] : [])));
  return inOrderOfNeed(need, [
    ...own,
    ...(hasIntake ? [{ kind: 'intake', form: 'legal-aid' } as const] : []),
    ...guides
      .filter(({ id }) => !led.has(id))
      .map(({ id, title }) => ({ kind: 'guide', guideId: id, title }) as const),
  ]);
}

/** The next steps first, then guides, then questions near this one, as far as there is room; `taken` is used up already. */
export function WaysOn({
  actions,
  related = [],
  guides = [],
  need = null,
  taken = 0,
}: {
  actions: readonly AnswerAction[];
  related?: readonly Candidate[];
  guides?: readonly GuideHead[];
  need?: Need | null;
  taken?: number;
}) {
  const { visit, clerk, kiosk } = useDesk();
  const offered = waysOf(need, actions, guides, kiosk?.intakeOffered === true);
  const led = new Set(offered.flatMap((action) => (action.kind === 'answer' ? [action.answerId] : [])));
  const ways = [
    ...offered.map((action) => <ActionButton key={JSON.stringify(action)} action={action} />),
    ...related
      .filter(({ id }) => !led.has(id))
      .map(({ id, title }) => (
        <Press key={id} name={`related-${id}`} icon={MessageCircleQuestion} onPress={() => clerk.open(id)}>
          {title}
        </Press>
      )),
  ];
  return ways.slice(0, (visit.elder ? ROOM_FOR_ELDERS : ROOM) - taken);
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

/** The legal service hotline as a line to note down. */
function HotlineCall() {
  const { t } = useTranslation('screen');
  return (
    <p className="call">
      <Phone className="icon" aria-hidden strokeWidth={1.75} />
      <strong>12348</strong>
      <span>{t('hotline.words')}</span>
    </p>
  );
}

/** What is left when an answer did not help, or none was meant: people. */
export function Unsolved({ screen }: { screen: At<'unsolved'> }) {
  const { t } = useTranslation('screen');
  const { kiosk } = useDesk();
  const { id, recorded } = screen;
  const [title, noted] =
    id === null
      ? [t('unsolved.none_title'), t(recorded ? 'unsolved.none_noted' : 'unsolved.none_not_noted')]
      : [t('unsolved.title'), t(recorded ? 'unsolved.noted' : 'unsolved.not_noted')];
  return (
    <>
      <Stage title={title} intro={noted}>
        <p className="plain-words">{t('unsolved.person')}</p>
        <HotlineCall />
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid one" data-unsolved={id}>
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
