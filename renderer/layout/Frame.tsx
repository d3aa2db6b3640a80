import { Contrast, LogOut, Languages, PersonStanding, Undo2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useDesk } from '../citizen/desk.ts';
import { day } from '../citizen/wording.ts';
import { Emblem, WovenLine } from '../components/Emblem.tsx';
import { Press } from '../components/Press.tsx';
import { QrCode } from '../components/QrCode.tsx';
import { Ridge } from '../components/Ridge.tsx';
import { WholeWords } from '../components/WholeWords.tsx';
import { AudioControls, ReadButton, ReadingControls } from '../speech/ReadingButtons.tsx';

/** Where am I: mountains, the service, place and time, and how fresh the content is. Not touchable. */
export function Band() {
  const { t } = useTranslation('screen');
  const { kiosk, visit } = useDesk();
  const now = useMinute();
  return (
    <header className="band">
      <Ridge lines />
      <div className="band-mark">
        <Emblem />
        <div>
          <p className="band-name">{t('band.name')}</p>
          <p className="band-service">{t('band.service')}</p>
        </div>
      </div>
      <div className="band-place">
        {kiosk && <p>{kiosk.site.name}</p>}
        <p className="band-time">
          {day(localDay(now), visit.language)} {localTime(now)}
        </p>
        {kiosk && kiosk.content.source !== 'none' && (
          <p>{t('band.as_of', { date: day(kiosk.content.asOf, visit.language) })}</p>
        )}
      </div>
    </header>
  );
}

interface StageProps {
  title?: string;
  intro?: string | undefined;
  children?: ReactNode;
  /** One question and nothing else: it stands in the middle. */
  asking?: boolean;
}

/** What is said or asked. `title` is the question or the thing itself; the buttons are the answers. */
export function Stage({ title, intro, children, asking = false }: StageProps) {
  return (
    <main className={asking ? 'stage asking' : 'stage'}>
      {title !== undefined && (
        <h1>
          <WholeWords>{title}</WholeWords>
        </h1>
      )}
      {intro !== undefined && <p className="intro">{intro}</p>}
      {children}
      <Notices />
    </main>
  );
}

/** What there is to touch, in reach of a seated or small person; `large` where the answers themselves are the screen. */
export function Hands({
  children,
  label,
  large = false,
}: {
  children: ReactNode;
  label: string;
  large?: boolean;
}) {
  return (
    <section className={large ? 'hands large' : 'hands'} aria-label={label}>
      <WovenLine />
      {children}
    </section>
  );
}

/** What is going on with the last step. */
function Notices() {
  const { t } = useTranslation('screen');
  const { visit, kiosk } = useDesk();
  const left = kiosk?.leftBehind;
  return (
    <div className="notices" role="status">
      {left?.card === true && <p className="notice trouble">{t('reminder:card')}</p>}
      {left?.slip === 'untaken' && <p className="notice trouble">{t('reminder:slip')}</p>}
      {visit.waiting && (
        <p className="notice waiting">
          <span className="dots" aria-hidden />
          {t(`waiting.${visit.waiting.on}`)}
        </p>
      )}
      {visit.troubled && <p className="notice trouble">{t('trouble')}</p>}
    </div>
  );
}

/**
 * Always the same, in the same order: back, read to me, large type, contrast, language, end; and the number that always
 * helps. While it is read, what steers the reading stands between back and end.
 */
export function Strip() {
  const { t } = useTranslation('screen');
  const { visit, dispatch, clerk, kiosk, reading } = useDesk();
  return (
    <footer className="strip">
      <nav className="strip-buttons" aria-label={t('strip.name')}>
        {visit.past.length > 0 ? (
          <Press name="back" icon={Undo2} onPress={() => dispatch({ kind: 'back' })}>
            {t('strip.back')}
          </Press>
        ) : (
          <span />
        )}
        {visit.byEar && kiosk?.speech.state === 'ready' ? (
          <AudioControls />
        ) : reading.state.phase === 'silent' ? (
          <>
            <ReadButton reading={reading} offered={kiosk?.speech.state === 'ready'} />
            <LookButtons />
          </>
        ) : (
          <ReadingControls reading={reading} />
        )}
        <Press name="end" icon={LogOut} className="end" onPress={() => clerk.end('quick_exit')}>
          {t('strip.end')}
        </Press>
      </nav>
      <Hotline />
    </footer>
  );
}

/** How the screen looks: large type, contrast, language. */
function LookButtons() {
  const { t } = useTranslation('screen');
  const { visit, dispatch } = useDesk();
  const other = visit.language === 'zh-CN' ? 'en' : 'zh-CN';
  return (
    <>
      <Press
        name="elder"
        icon={PersonStanding}
        chosen={visit.elder}
        onPress={() => dispatch({ kind: 'elder' })}
      >
        {t('strip.elder')}
      </Press>
      <Press
        name="contrast"
        icon={Contrast}
        chosen={visit.contrast}
        onPress={() => dispatch({ kind: 'contrast' })}
      >
        {t('strip.contrast')}
      </Press>
      <Press name="language" icon={Languages} onPress={() => dispatch({ kind: 'language', language: other })}>
        <span lang={other}>{t('strip.other_language')}</span>
      </Press>
    </>
  );
}

export function Hotline() {
  const { t } = useTranslation('screen');
  return (
    <div className="hotline" role="group" aria-label={t('hotline.label')}>
      <div>
        <p className="hotline-number">12348</p>
        <p>{t('hotline.words')}</p>
      </div>
      <QrCode data="tel:12348" label={t('hotline.qr')} />
    </div>
  );
}

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The clock on the wall in China, as the core reckons too, whatever the machine's own zone is set to. */
const wallClock = (now: Date): string => new Date(now.getTime() + CHINA_OFFSET_MS).toISOString();

/** The calendar day in China as ISO date. */
export const localDay = (now: Date): string => wallClock(now).slice(0, 10);

const localTime = (now: Date): string => wallClock(now).slice(11, 16);

function useMinute(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
