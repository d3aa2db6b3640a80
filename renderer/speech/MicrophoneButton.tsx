import { Check, Mic } from 'lucide-react';
import { useEffect, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';

import type { Listening } from './useListening.ts';

/** A touch that is longer holds the button; a shorter one is a tap. */
const TAP_MS = 400;

/**
 * The big microphone. Held: it listens until it is let go. Tapped: until another tap, or silence after what was said. Keys
 * count as taps.
 */
export function MicrophoneButton({ listening, onStart }: { listening: Listening; onStart: () => void }) {
  const { t } = useTranslation('voice');
  const { phase, level } = listening.state;
  const held = useRef<{ since: number } | null>(null);
  const { letGo } = listening;
  useEffect(() => {
    const released = () => {
      if (held.current) letGo(performance.now() - held.current.since > TAP_MS ? 'now' : 'silence');
      held.current = null;
    };
    window.addEventListener('pointerup', released);
    window.addEventListener('pointercancel', released);
    return () => {
      window.removeEventListener('pointerup', released);
      window.removeEventListener('pointercancel', released);
    };
  }, [letGo]);

  const down = () => {
    if (phase === 'listening') letGo('now');
    else if (phase === 'off') {
      held.current = { since: performance.now() };
      onStart();
    }
  };
  const keyed = () => {
    if (phase === 'listening') letGo('now');
    else if (phase === 'off') {
      onStart();
      letGo('silence');
    }
  };
  const open = phase === 'listening' || phase === 'opening';
  return (
    <button
      type="button"
      className={`microphone ${phase}`}
      data-press="microphone"
      aria-pressed={open}
      style={{ '--level': level.toFixed(2) } as CSSProperties}
      onPointerDown={down}
      onClick={(event) => {
        if (event.detail === 0) keyed();
      }}
    >
      <span className="microphone-face">
        {phase === 'recognising' ? (
          <Check className="icon" aria-hidden strokeWidth={1.75} />
        ) : (
          <Mic className="icon" aria-hidden strokeWidth={1.75} />
        )}
      </span>
      <span className="microphone-words">
        <span className="microphone-label">{t(`speak.button.${phase}`)}</span>
        {phase === 'off' && <span className="microphone-detail">{t('speak.hold')}</span>}
      </span>
    </button>
  );
}
