import { useTranslation } from 'react-i18next';

import { Emblem } from '../../components/Emblem.tsx';
import { Ridge } from '../../components/Ridge.tsx';
import { Hotline } from '../../layout/Frame.tsx';

/** Still there? A touch anywhere stays; the bar shows how long there is. */
export function IdleWarning({ warningMs, onStay }: { warningMs: number; onStay: () => void }) {
  const { t } = useTranslation('screen');
  return (
    <div className="overlay" role="alertdialog" aria-label={t('idle.title')}>
      <button type="button" className="overlay-touch" data-press="stay" onClick={onStay}>
        <span className="sign">{t('idle.title')}</span>
        <span className="overlay-words">{t('idle.touch')}</span>
        <span className="overlay-bar" aria-hidden>
          <span style={{ animationDuration: `${String(warningMs)}ms` }} />
        </span>
        <span className="overlay-note">{t('idle.wipe')}</span>
      </button>
      <Hotline />
    </div>
  );
}

/** The core is away for a moment; what was typed is kept. `failed`: it does not start, and nobody knows when it will. */
export function CoreAway({ kept, failed }: { kept: boolean; failed: boolean }) {
  const { t } = useTranslation('screen');
  const words = failed ? t('away.staff') : kept ? t('away.kept') : t('away.soon');
  return <Pause name="away" title={t(failed ? 'away.failed' : 'away.title')} words={words} />;
}

/** A screen could not be drawn; the page begins anew. */
export function ScreenBroke() {
  const { t } = useTranslation('screen');
  return <Pause name="broke" title={t('broke.title')} words={t('broke.words')} />;
}

/** Nothing can be done but wait, or call. */
function Pause({ name, title, words }: { name: string; title: string; words: string }) {
  const { t } = useTranslation('screen');
  return (
    <div className={`overlay pause ${name}`} role="alertdialog" aria-label={title}>
      <div className="overlay-body">
        <Emblem />
        <p className="overlay-title">{title}</p>
        <p className="overlay-words">{words}</p>
        <span className="dots large" aria-hidden />
        <p className="overlay-note">{t('away.call')}</p>
        <Hotline />
      </div>
      <Ridge />
    </div>
  );
}
