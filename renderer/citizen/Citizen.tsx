import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
  type CSSProperties,
} from 'react';
import { useTranslation } from 'react-i18next';

import type { PublicityCard, TopicShelf } from '../../app/contract/consult.ts';
import type { Connection } from '../connection.ts';
import { Band, Strip, localDay } from '../layout/Frame.tsx';
import { assumedPanel, layoutFor } from '../layout/panel.ts';
import { useAudio } from '../speech/useAudio.ts';
import { useListening } from '../speech/useListening.ts';
import { useReading } from '../speech/useReading.ts';
import { hireClerk } from './clerk.ts';
import { DeskContext, type Desk } from './desk.ts';
import { idlePolicy } from './idle.ts';
import { afterTouch, attentive, isDeaf } from './mash.ts';
import { ScreenOf } from './ScreenOf.tsx';
import { StartOver } from './StartOver.tsx';
import { CoreAway, IdleWarning } from './screens/Overlays.tsx';
import { isPresent, nextVisit, nobody, sheetOf, type Visit, type VisitEvent } from './visit.ts';

/** The whole citizen side: one visit's state, the clerk that serves it, and the frame it is shown in. */
export function Citizen({ connection }: { connection: Connection }) {
  const link = useSyncExternalStore(connection.subscribe, connection.current);
  const [visit, dispatch, latest] = useVisit();
  const clerk = useMemo(
    () =>
      hireClerk({
        visit: latest,
        dispatch,
        connection,
        newId: () => crypto.randomUUID(),
        today: () => localDay(new Date()),
      }),
    [connection, dispatch, latest],
  );
  const { popular, publicity } = useOpening(connection);
  const size = useWindowSize();
  const panel = link.kiosk?.panel ?? assumedPanel(size.width, size.height);
  const { orientation, pxPerMm } = layoutFor(panel, size);
  const { i18n } = useTranslation();

  useEffect(() => {
    document.documentElement.lang = visit.language;
    void i18n.changeLanguage(visit.language);
  }, [visit.language, i18n]);
  // Before any screen's own effect asks the new core for something within this visit.
  useLayoutEffect(() => {
    if (link.core) clerk.resume();
  }, [link.core, clerk]);
  useTouchGuard();
  const endIdle = useCallback(() => clerk.end('idle'), [clerk]);
  const endBroken = useCallback(() => clerk.end('broke'), [clerk]);
  const place = `${screenKey(visit)} ${visit.language}`;
  const reading = useReading(connection, latest, place);
  const listening = useListening(connection, latest, place);
  const audio = useAudio({
    ...{ visit, latest, dispatch, clerk, reading, listening, place },
    speaks: link.kiosk?.speech.state === 'ready',
  });
  const policy = useIdle(
    visit,
    dispatch,
    endIdle,
    reading.state.phase === 'reading' || listening.state.phase !== 'off',
  );

  const desk: Desk = {
    visit,
    dispatch,
    clerk,
    reading,
    listening,
    audio,
    link,
    kiosk: link.kiosk,
    popular,
    publicity,
    orientation,
    today: localDay(new Date()),
  };
  const theme = [orientation, visit.elder ? 'elder' : '', visit.contrast ? 'contrast' : ''].join(' ').trim();
  useEffect(() => {
    document.documentElement.className = theme;
    document.documentElement.style.setProperty('--mm', `${String(pxPerMm)}px`);
  }, [theme, pxPerMm]);

  return (
    <DeskContext value={desk}>
      <div
        className="panel"
        data-screen={visit.screen.at}
        data-sheet={sheetOf(visit.screen)}
        style={{ '--width': String(panel.widthMm), '--height': String(panel.heightMm) } as CSSProperties}
      >
        <StartOver onBroke={endBroken}>
          {isPresent(visit) ? (
            <div className="frame">
              <Band />
              <div className="turning" key={screenKey(visit)}>
                <ScreenOf screen={visit.screen} />
              </div>
              <Strip />
            </div>
          ) : (
            <ScreenOf screen={visit.screen} />
          )}
        </StartOver>
        {visit.idleWarning && policy && (
          <IdleWarning warningMs={policy.warningMs} onStay={() => dispatch({ kind: 'stayed' })} />
        )}
        {link.state !== 'up' && <CoreAway kept={isPresent(visit)} failed={link.state === 'failed'} />}
      </div>
    </DeskContext>
  );
}

/** A step forward or back shows a new sheet; progress on the same sheet does not. */
const screenKey = ({ screen, past }: Visit): string => `${sheetOf(screen)} ${past.length}`;

function useVisit(): [Visit, (event: VisitEvent) => void, () => Visit] {
  const [visit, dispatch] = useReducer(nextVisit, nobody(0));
  // Answers of the core come between renders; the clerk must see the visit as it is then.
  const latest = useRef(visit);
  const tell = useCallback((event: VisitEvent) => {
    latest.current = nextVisit(latest.current, event);
    dispatch(event);
  }, []);
  return [visit, tell, useCallback(() => latest.current, [])];
}

interface Opening {
  popular: TopicShelf['answers'];
  publicity: readonly PublicityCard[];
}

/** What the poster and the home screen show of the content. */
function useOpening(connection: Connection): Opening {
  const { core, kiosk } = useSyncExternalStore(connection.subscribe, connection.current);
  const [opening, setOpening] = useState<Opening>({ popular: [], publicity: [] });
  const pack = kiosk?.content.pack;
  useEffect(() => {
    let wanted = true;
    core?.consult
      .shelves()
      .then(({ popular, publicity }) => {
        if (wanted) setOpening({ popular, publicity });
      })
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [core, pack]);
  return opening;
}

function useWindowSize(): { width: number; height: number } {
  const [size, setSize] = useState({ width: window.innerWidth, height: window.innerHeight });
  useEffect(() => {
    const measure = () => setSize({ width: window.innerWidth, height: window.innerHeight });
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return size;
}

/** Swallows a child's drumming before any button hears it. What counts is when the glass was touched, not when a busy page hears of it. */
function useTouchGuard() {
  useEffect(() => {
    let guard = attentive;
    const touched = (event: PointerEvent) => {
      guard = afterTouch(guard, event.timeStamp);
      if (isDeaf(guard, event.timeStamp)) event.stopPropagation();
    };
    const clicked = (event: MouseEvent) => {
      if (!isDeaf(guard, event.timeStamp)) return;
      event.stopPropagation();
      event.preventDefault();
    };
    window.addEventListener('pointerdown', touched, true);
    window.addEventListener('click', clicked, true);
    return () => {
      window.removeEventListener('pointerdown', touched, true);
      window.removeEventListener('click', clicked, true);
    };
  }, []);
}

/** Runs the idle clock of the screen; every touch and every new screen starts it anew. Who listens is not idle. */
function useIdle(visit: Visit, dispatch: (event: VisitEvent) => void, end: () => void, listening: boolean) {
  const policy = useMemo(() => idlePolicy(visit), [visit]);
  const [touches, setTouches] = useState(0);
  useEffect(() => {
    const touched = () => setTouches((before) => before + 1);
    window.addEventListener('pointerdown', touched);
    window.addEventListener('keydown', touched);
    return () => {
      window.removeEventListener('pointerdown', touched);
      window.removeEventListener('keydown', touched);
    };
  }, []);
  const { afterMs, warningMs } = policy ?? { afterMs: 0, warningMs: 0 };
  useEffect(() => {
    if (afterMs === 0 || listening) return undefined;
    const timer = visit.idleWarning
      ? setTimeout(end, warningMs)
      : setTimeout(() => dispatch({ kind: 'idleWarned' }), afterMs);
    return () => clearTimeout(timer);
  }, [touches, visit.screen, visit.idleWarning, afterMs, warningMs, dispatch, end, listening]);
  return policy;
}
