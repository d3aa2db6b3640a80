import { Gauge, Pause, Play, RotateCcw, Square, Volume2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

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
