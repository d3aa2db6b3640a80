import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';

import { answersOf, hasTwoSides } from '../citizen/interviews.ts';
import { isPresent, type Visit } from '../citizen/visit.ts';
import type { Connection } from '../connection.ts';
import { Reader, type ReadingState } from './reader.ts';
import { partsOf, unplaced, type ScreenReading } from './screen-parts.ts';
import { passagesIn } from './screen-text.ts';

export interface Reading {
  state: ReadingState;
  start: () => void;
  /** The same with words before it and before the choices; also the poster and the farewell. */
  readScreen: (words: Pick<ScreenReading, 'before' | 'between'>) => void;
  /** The page that was turned to, after where it stands (第 2 页，共 3 页). */
  readPage: (where: string) => void;
  /** Says something that stands nowhere; `then` follows when all of it was heard or the machine cannot say it. */
  say: (texts: readonly string[], then?: () => void) => void;
  pause: () => void;
  resume: () => void;
  again: () => void;
  changePace: () => void;
  stop: () => void;
}

/** Touching these steers the reading; touching anything else ends it. */
const CONTROLS = '[data-reading]';

/** Reads the screen of a visit aloud. `place` names what is shown: with another one the reading is over. */
export function useReading(connection: Connection, visit: () => Visit, place: string): Reading {
  const reader = useMemo(
    () =>
      new Reader({
        highlight,
        speak: (sentences, pace, signal) => {
          const { core } = connection.current();
          const now = visit();
          const { sessionId, language, headphones } = now;
          if (!core || (sessionId === null && isPresent(now))) throw new Error('nobody to read to');
          return core.speech.read(
            { sessionId, language, pace, headphones, sentences: [...sentences] },
            { signal },
          );
        },
      }),
    [connection, visit],
  );
  const state = useSyncExternalStore(reader.subscribe, reader.current);
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current !== place) reader.stop();
    shown.current = place;
  }, [reader, place]);
  const { number } = visit();
  useEffect(() => () => reader.reset(), [reader, number]);
  useEffect(() => {
    const touched = (event: Event) => {
      if (!(event.target instanceof Element && event.target.closest(CONTROLS))) reader.stop();
    };
    window.addEventListener('pointerdown', touched, true);
    window.addEventListener('keydown', touched, true);
    return () => {
      window.removeEventListener('pointerdown', touched, true);
      window.removeEventListener('keydown', touched, true);
    };
  }, [reader]);

  const readScreen = useCallback(
    (words: Pick<ScreenReading, 'before' | 'between'>) => {
      const screen = document.querySelector('.turning, .attract-open');
      const { headphones } = visit();
      const mayBeSpoken = headphones ? () => true : withoutSecretsOf(visit());
      const whole = () => documentOf(connection, visit());
      if (screen)
        reader.start(partsOf(screen, { mayBeSpoken, alone: headphones, document: whole, ...words }));
    },
    [connection, reader, visit],
  );
  const start = useCallback(() => readScreen({ before: [], between: null }), [readScreen]);
  const say = useCallback(
    (texts: readonly string[], then?: () => void) =>
      reader.start(async function* () {
        yield await Promise.resolve(texts.map(unplaced));
        then?.();
      }, then),
    [reader],
  );
  const readPage = useCallback(
    (where: string) =>
      reader.start(async function* () {
        const room = document.querySelector('.turning .pager-room');
        const shown = room ? passagesIn(room, visit().headphones) : [];
        yield await Promise.resolve([unplaced(where), ...shown]);
      }),
    [reader, visit],
  );
  return useMemo(
    () => ({
      state,
      start,
      readScreen,
      readPage,
      say,
      pause: () => reader.pause(),
      resume: () => reader.resume(),
      again: () => reader.again(),
      changePace: () => reader.changePace(),
      stop: () => reader.stop(),
    }),
    [reader, start, readScreen, readPage, say, state],
  );
}

const HIGHLIGHT = 'reading';

function highlight(range: Range | null): void {
  if (range) CSS.highlights.set(HIGHLIGHT, new Highlight(range));
  else CSS.highlights.delete(HIGHLIGHT);
}

/** Personal fields are not read where they stand; this keeps them out wherever else they may turn up. */
function withoutSecretsOf({ aid }: Visit): (text: string) => boolean {
  const secrets = [aid.name, aid.idNumber, aid.phone, aid.address, aid.facts]
    .map((secret) => secret.replaceAll(/\s/g, ''))
    .filter((secret) => secret.length > 1);
  return (text) => !secrets.some((secret) => text.replaceAll(/\s/g, '').includes(secret));
}

/** A slip is read as whole sentences, and a result as its slip; other screens are read as they stand. */
async function documentOf(connection: Connection, visit: Visit): Promise<string | null> {
  const { screen, sessionId, language } = visit;
  if (screen.at === 'preview') return screen.preview.spoken;
  const { core } = connection.current();
  if (screen.at !== 'result' || !core || sessionId === null) return null;
  const { interview } = screen;
  const bothSides = visit.bothSides && hasTwoSides(interview);
  const slip = { kind: 'calculation', interview, answers: answersOf(visit, interview), bothSides } as const;
  const preview = await core.receipt.preview({ sessionId, slip, language });
  return preview.ok ? preview.value.spoken : null;
}
