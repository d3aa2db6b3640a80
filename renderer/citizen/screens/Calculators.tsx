import {
  BadgePercent,
  Bandage,
  Banknote,
  CalendarCheck,
  CalendarClock,
  Car,
  Clock,
  DoorOpen,
  FileSignature,
  Gavel,
  HandHelping,
  HardHat,
  Layers,
  PenLine,
  ShoppingBag,
  Signpost,
  UserRound,
  Users,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { stopWay, type InterviewId } from '../../../app/domain/interview/index.ts';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { Choices, Lines } from '../../layout/Shelves.tsx';
import { useDesk } from '../desk.ts';
import { answersOf, calculatorOrder, interviewScreen, openingScreen } from '../interviews.ts';
import { useSayings } from '../sayings.ts';
import type { Screen } from '../visit.ts';
import { DoneButton, PrintButton } from './AnswerScreens.tsx';

type At<Name extends Screen['at']> = Extract<Screen, { at: Name }>;

const icons: Readonly<Record<InterviewId, LucideIcon>> = {
  'work-injury': HardHat,
  'injury-damages': Bandage,
  traffic: Car,
  severance: DoorOpen,
  'double-wage': FileSignature,
  overtime: Clock,
  'annual-leave': CalendarCheck,
  'court-fee': Gavel,
  'legal-aid': HandHelping,
  'loan-interest': BadgePercent,
  'loan-delay': CalendarClock,
  consumer: ShoppingBag,
};

/** The door 算赔偿: every calculator under the name that people have for it. */
export function Calculators() {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  return (
    <Choices
      title={t('calculators.title')}
      intro={t('calculators.intro')}
      list={
        <Lines
          sameAs="calculators"
          lines={calculatorOrder.map((interview) => (
            <Press
              key={interview}
              name={`calculator-${interview}`}
              icon={icons[interview]}
              className="roomy wide"
              detail={t(`calculators.detail.${interview}`)}
              onPress={() => dispatch({ kind: 'went', to: openingScreen(visit, interview) })}
            >
              {t(`calculators.name.${interview}`)}
            </Press>
          ))}
        />
      }
      ways={
        <Press name="browse" icon={Layers} tone="quiet" onPress={clerk.browse}>
          {t('own_words.browse')}
        </Press>
      }
    />
  );
}

/** One's own matter, or a mediator with both sides at the table. */
export function Sides({ screen }: { screen: At<'sides'> }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch } = useDesk();
  const { interview } = screen;
  const choose = (both: boolean) => {
    dispatch({ kind: 'sided', both });
    dispatch({ kind: 'went', to: interviewScreen(interview, answersOf(visit, interview)) });
  };
  return (
    <>
      <Stage title={t('sides.title')} intro={t('sides.intro')} asking />
      <Hands label={t('interview.answers')}>
        <div className="grid one answers">
          <Press
            name="one-side"
            icon={UserRound}
            onPress={() => choose(false)}
            detail={t('sides.own_detail')}
          >
            {t('sides.own')}
          </Press>
          <Press
            name="both-sides"
            icon={Users}
            onPress={() => choose(true)}
            detail={t('sides.both_detail', {
              claimant: t(`sides.${interview}.claimant`),
              payer: t(`sides.${interview}.payer`),
            })}
          >
            {t('sides.both')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

/** The law gives no amount here: why, and where to go instead. */
export function Stopped({ screen }: { screen: At<'stopped'> }) {
  const { t } = useTranslation('screen');
  const { dispatch } = useDesk();
  const { say } = useSayings();
  return (
    <>
      <Stage title={t('interview.stopped')}>
        <p className="plain-words">{say(`stop.${screen.reason}`)}</p>
        <p className="person">{t('handover.person')}</p>
      </Stage>
      <Hands label={t('answer.next')}>
        <div className="grid two first-whole">
          <Press
            name="back-to-question"
            icon={PenLine}
            tone="action"
            onPress={() => dispatch({ kind: 'back' })}
          >
            {t('interview.change_last')}
          </Press>
          <WayOn reason={screen.reason} />
          <Press
            name="calculators"
            icon={Banknote}
            onPress={() => dispatch({ kind: 'returned', to: { at: 'calculators' } })}
          >
            {t('interview.others')}
          </Press>
          <PrintButton slip={{ kind: 'contacts' }} />
          <DoneButton />
        </div>
      </Hands>
    </>
  );
}

/** The guide, answer or calculator that fits the reason; all guides where none does. */
function WayOn({ reason }: { reason: string }) {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk } = useDesk();
  const way = stopWay(reason);
  const go = (): void => {
    switch (way?.kind) {
      case 'guide':
        clerk.openGuide(way.id);
        return;
      case 'answer':
        clerk.open(way.id);
        return;
      case 'calculate':
        dispatch({ kind: 'went', to: openingScreen(visit, way.interview) });
        return;
      case undefined:
        clerk.browseGuides();
    }
  };
  return (
    <Press name="way-on" icon={Signpost} onPress={go}>
      {way === null ? t('interview.guides') : t(`interview.way.${reason}`)}
    </Press>
  );
}
