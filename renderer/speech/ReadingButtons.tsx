import { Gauge, Headphones, Languages, Mic, Pause, Play, RotateCcw, Square, Volume2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useDesk } from '../citizen/desk.ts';
import { Press } from '../components/Press.tsx';
import type { Reading } from './useReading.ts';

/** Read to me; nothing where the machine cannot. */
export function ReadButton({ reading, offered }: { reading: Reading; offered: boolean }) {
  const { t } = useTranslation('screen');
  if (!offered) return null;
  return (
    <Press name="read" icon={Volume2} onPress={reading.start}>
      {t(reading.state.failed ? 'reading.failed' : 'reading.start')}
    </Press>
  );
}

/** What steers a reading: in the place of the buttons that nobody needs meanwhile. */
export function ReadingControls({ reading }: { reading: Reading }) {
  const { t } = useTranslation('screen');
  const { phase, pace } = reading.state;
  return (
    <div className="reading-controls" data-reading role="group" aria-label={t('reading.name')}>
      <Press name="read-stop" icon={Square} onPress={reading.stop}>
        {t('reading.stop')}
      </Press>
      {phase === 'paused' ? (
        <Press name="read-resume" icon={Play} onPress={reading.resume}>
          {t('reading.resume')}
        </Press>
      ) : (
        <Press name="read-pause" icon={Pause} onPress={reading.pause}>
          {t('reading.pause')}
        </Press>
      )}
      <Press name="read-again" icon={RotateCcw} onPress={reading.again}>
        {t('reading.again')}
      </Press>
      <Press name="read-pace" icon={Gauge} onPress={reading.changePace}>
        {t('reading.pace', { pace })}
      </Press>
    </div>
  );
}

/** What steers a visit by ear: in the place of what only eyes need. */
export function AudioControls() {
  const { t } = useTranslation(['screen', 'voice']);
  const { visit, dispatch, reading, audio, kiosk } = useDesk();
  const speaking =
    kiosk?.listening.state === 'ready' && visit.screen.at !== 'home' && visit.screen.at !== 'speak';
  const other = visit.language === 'zh-CN' ? 'en' : 'zh-CN';
  return (
    <div className="reading-controls" role="group" aria-label={t('reading.name')}>
      <Press name="read-again" icon={RotateCcw} onPress={audio.repeat}>
        {t('reading.again')}
      </Press>
      <Press name="read-pace" icon={Gauge} onPress={reading.changePace}>
        {t('reading.pace', { pace: reading.state.pace })}
      </Press>
      <Press
        name="headphones"
        icon={Headphones}
        chosen={visit.headphones}
        onPress={() => dispatch({ kind: 'headphones' })}
      >
        {t('voice:audio.headphones')}
      </Press>
      {speaking ? (
        <Press name="speak-choice" icon={Mic} onPress={audio.speak}>
          {t('voice:audio.speak')}
        </Press>
      ) : (
        <Press
          name="language"
          icon={Languages}
          onPress={() => dispatch({ kind: 'language', language: other })}
        >
          <span lang={other}>{t('strip.other_language')}</span>
        </Press>
      )}
    </div>
  );
}
