import { CircleCheckBig, MessageCircleQuestion, Mic, PencilLine, RotateCcw } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Pager } from '../../components/Pager.tsx';
import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { useDesk } from '../desk.ts';
import type { Screen } from '../visit.ts';
import { FewCandidates, NoneButton, Urgent } from './Asking.tsx';

type HeardScreen = Extract<Screen, { at: 'heard' }>;

/** What was heard and what it is taken for, before anything follows from it; each way to put it right is one touch. */
export function HeardScreen({ screen }: { screen: HeardScreen }) {
  const { t } = useTranslation(['voice', 'screen']);
  const { visit, dispatch, clerk, kiosk, orientation } = useDesk();
  const { heard, outcome } = screen;
  return (
    <>
      <Stage title={t('heard.title')}>
        <Urgent notice={'urgent' in outcome ? outcome.urgent : null} />
        <blockquote className="heard-words">{heard.text}</blockquote>
        <Pager sameAs={heard.text}>
          {understood(outcome, t)}
          {heard.repaired.map(({ heard: sounded, taken }) => (
            <p className="aside" key={`${sounded} ${taken}`}>
              {t('heard.repaired', { heard: sounded, taken })}
            </p>
          ))}
        </Pager>
      </Stage>
      <Hands label={t('heard.title')}>
        {outcome.at === 'answer' && (
          <Press
            name="heard-yes"
            icon={CircleCheckBig}
            tone="action"
            className="roomy wide"
            onPress={() => dispatch({ kind: 'went', to: outcome })}
          >
            {t('heard.yes')}
          </Press>
        )}
        {outcome.at === 'choose' && (
          <FewCandidates
            list={outcome.candidates}
            facts={outcome.facts}
            guides={outcome.guides}
            {...(visit.elder && orientation === 'landscape' ? { most: 2 } : {})}
          />
        )}
        {outcome.at === 'handover' && <FewCandidates list={outcome.suggestions} guides={outcome.guides} />}
        {heard.alternatives.length > 0 && (
          <div className="grid one">
            {heard.alternatives.slice(0, outcome.at === 'answer' ? 2 : 1).map((text, at) => (
              <Press
                key={text}
                name={`heard-instead-${String(at + 1)}`}
                icon={MessageCircleQuestion}
                onPress={() => clerk.ask(text)}
              >
                {t('heard.instead', { text })}
              </Press>
            ))}
          </div>
        )}
        <div className="grid two">
          {kiosk?.listening.state === 'ready' && (
            <Press
              name="speak"
              icon={Mic}
              onPress={() => dispatch({ kind: 'returned', to: { at: 'speak', eager: true } })}
            >
              {t('heard.again')}
            </Press>
          )}
          <Press
            name="heard-edit"
            icon={PencilLine}
            onPress={() => {
              dispatch({ kind: 'typed', question: heard.text });
              dispatch({ kind: 'went', to: { at: 'ask' } });
            }}
          >
            {t('heard.edit')}
          </Press>
          {outcome.at === 'choose' &&
            (outcome.about === null ? (
              <NoneButton />
            ) : (
              <Press name="afresh" icon={RotateCcw} onPress={() => clerk.ask(heard.text, true)}>
                {t('screen:choose.afresh')}
              </Press>
            ))}
        </div>
      </Hands>
    </>
  );
}

/** The answer's own first words stand here already: whoever sees that it is meant need not look further. */
function understood(
  outcome: HeardScreen['outcome'],
  t: TFunction<['voice', 'screen']>,
): readonly ReactNode[] {
  const title = (words: string) => (
    <p className="understood-title" key="title">
      {words}
    </p>
  );
  switch (outcome.at) {
    case 'answer':
      return [
        <h2 key="head">{t('heard.understood')}</h2>,
        title(outcome.answer.title),
        <p className="plain-words" key="plain">
          {outcome.answer.plain}
        </p>,
      ];
    case 'choose':
      return [
        title(
          outcome.about === null ? t('heard.choose') : t('screen:choose.about', { title: outcome.about }),
        ),
      ];
    case 'handover':
    case 'refused':
      return [
        title(t('heard.not_understood')),
        <p key="why">
          {t(outcome.at === 'handover' ? `heard.why.${outcome.reason}` : 'heard.why.not_understood')}
        </p>,
      ];
  }
}
