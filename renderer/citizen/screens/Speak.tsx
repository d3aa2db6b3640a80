import { Layers, Mic, PencilLine, Route, X } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { Press } from '../../components/Press.tsx';
import { Hands, Stage } from '../../layout/Frame.tsx';
import { ENOUGH_FAILURES, type ListenerState } from '../../speech/listener.ts';
import { MicrophoneButton } from '../../speech/MicrophoneButton.tsx';
import { useDesk } from '../desk.ts';
import type { Screen } from '../visit.ts';

/** Asking aloud: the microphone, what it hears as it is said, and always the ways to go on by touch. */
export function Speak({ screen }: { screen: Extract<Screen, { at: 'speak' }> }) {
  const { t } = useTranslation('voice');
  const { visit, dispatch, clerk, reading, listening } = useDesk();
  const { state, start, letGo } = listening;
  const { say } = reading;
  const { byEar } = visit;
  const begin = useCallback(() => {
    if (!byEar) start([], clerk.hear);
    // The machine must not hear itself.
    else
      say([t('audio.speak_now')], () => {
        start([], clerk.hear);
        letGo('silence');
      });
  }, [byEar, say, start, letGo, clerk, t]);
  useEffect(() => {
    if (!screen.eager) return;
    // Coming back to this screen opens no microphone.
    dispatch({ kind: 'replaced', by: { at: 'speak', eager: false } });
    if (byEar) return;
    begin();
    letGo('silence');
  }, [screen.eager, byEar, dispatch, begin, letGo]);

  const { phase, failures } = state;
  if (phase === 'off' && failures >= ENOUGH_FAILURES) return <OtherWays onAgain={begin} />;
  return (
    <>
      <Stage title={t(titleOf(state))} intro={t(introOf(state))}>
        <Transcript state={state} />
        <p className="aside">{t('speak.privacy')}</p>
      </Stage>
      <Hands label={t('speak.name')}>
        <MicrophoneButton listening={listening} onStart={begin} />
        <div className="grid three">
          <Press
            name="cancel-speaking"
            icon={X}
            onPress={() => {
              listening.cancel();
              dispatch({ kind: 'back' });
            }}
          >
            {t('speak.cancel')}
          </Press>
          <WriteButton />
          <Press name="browse" icon={Layers} onPress={clerk.browse}>
            {t('speak.browse')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

const titleOf = ({ phase, trouble }: ListenerState): string =>
  phase === 'off' && trouble ? `trouble.${trouble}.title` : `speak.title.${phase}`;

const introOf = ({ phase, trouble }: ListenerState): string =>
  phase === 'off' ? (trouble ? `trouble.${trouble}.next` : 'speak.intro') : 'speak.until';

/** The words as they come; meanwhile a hall that is too loud is said. */
function Transcript({ state }: { state: ListenerState }) {
  const { t } = useTranslation(['voice', 'screen']);
  const { phase, text, noisy } = state;
  return (
    <>
      <div className="transcript" data-private data-empty={text === ''} aria-live="polite">
        {text === '' ? (
          <ul className="transcript-examples">
            {(['first', 'second', 'third'] as const).map((example) => (
              <li key={example}>{t(`screen:ask.example.${example}`)}</li>
            ))}
          </ul>
        ) : (
          <p>
            {text}
            {phase === 'listening' && <span className="caret" aria-hidden />}
          </p>
        )}
      </div>
      {noisy && (
        <p className="notice trouble" role="status">
          {t('speak.noisy')}
        </p>
      )}
    </>
  );
}

/** Three tries came to nothing: that is the machine's fault, and touch does as well. */
function OtherWays({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation('voice');
  const { clerk, listening } = useDesk();
  return (
    <>
      <Stage title={t('enough.title')} intro={t('enough.detail')} asking />
      <Hands label={t('enough.title')}>
        <div className="grid one">
          <Press name="browse" icon={Layers} tone="action" className="roomy" onPress={clerk.browse}>
            {t('enough.browse')}
          </Press>
          <Press name="guides" icon={Route} className="roomy" onPress={clerk.browseGuides}>
            {t('enough.guides')}
          </Press>
          <WriteButton roomy />
          <Press
            name="speak-again"
            icon={Mic}
            tone="quiet"
            onPress={() => {
              onAgain();
              listening.letGo('silence');
            }}
          >
            {t('enough.again')}
          </Press>
        </div>
      </Hands>
    </>
  );
}

function WriteButton({ roomy = false }: { roomy?: boolean }) {
  const { t } = useTranslation('voice');
  const { dispatch } = useDesk();
  return (
    <Press
      name="write"
      icon={PencilLine}
      {...(roomy ? { className: 'roomy' } : {})}
      onPress={() => dispatch({ kind: 'went', to: { at: 'ask' } })}
    >
      {t('speak.write')}
    </Press>
  );
}
