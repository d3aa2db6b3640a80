import { useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';

import type { Visit } from '../citizen/visit.ts';
import type { Connection } from '../connection.ts';
import { Listener, type Heard, type ListenerState } from './listener.ts';

export interface Listening {
  state: ListenerState;
  /** Listens to a question in one's own words, or to one of the choices named. */
  start: (choices: readonly string[], take: (heard: Heard) => void) => void;
  letGo: (when: 'now' | 'silence') => void;
  cancel: () => void;
}

/** Listens for a visit. `place` names what is shown: with another one nobody listens any more. */
export function useListening(connection: Connection, visit: () => Visit, place: string): Listening {
  const listener = useMemo(
    () =>
      new Listener({
        open: (choices, signal) => {
          const { core } = connection.current();
          const { sessionId, language } = visit();
          if (!core || sessionId === null) throw new Error('nobody to listen to');
          return core.listen.start({ sessionId, language, choices: [...choices] }, { signal });
        },
        letGo: (when) => {
          const { core } = connection.current();
          const { sessionId } = visit();
          if (core && sessionId !== null) core.listen.stop({ sessionId, when }).catch(() => undefined);
        },
      }),
    [connection, visit],
  );
  const state = useSyncExternalStore(listener.subscribe, listener.current);
  const shown = useRef(place);
  // Before the new screen's own effects, which may begin to listen.
  useLayoutEffect(() => {
    if (shown.current !== place) listener.cancel();
    shown.current = place;
  }, [listener, place]);
  const { number } = visit();
  useEffect(() => () => listener.reset(), [listener, number]);
  return useMemo(
    () => ({
      state,
      start: (choices, take) => listener.start(choices, take),
      letGo: (when) => listener.letGo(when),
      cancel: () => listener.cancel(),
    }),
    [listener, state],
  );
}
