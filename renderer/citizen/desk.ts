import { createContext, use } from 'react';

import type { PublicityCard, TopicShelf } from '../../app/contract/consult.ts';
import type { KioskState } from '../../app/contract/kiosk.ts';
import type { Link } from '../connection.ts';
import type { Audio } from '../speech/useAudio.ts';
import type { Listening } from '../speech/useListening.ts';
import type { Reading } from '../speech/useReading.ts';
import type { Clerk } from './clerk.ts';
import type { Visit, VisitEvent } from './visit.ts';

/** What every citizen screen stands on. */
export interface Desk {
  visit: Visit;
  dispatch: (event: VisitEvent) => void;
  clerk: Clerk;
  reading: Reading;
  listening: Listening;
  audio: Audio;
  link: Link;
  kiosk: KioskState | null;
  /** What people here ask most; nothing personal, so it outlives visits. */
  popular: TopicShelf['answers'];
  /** The laws of the season; as little personal. */
  publicity: readonly PublicityCard[];
  orientation: 'portrait' | 'landscape';
  /** Today as ISO date. */
  today: string;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error('a citizen screen stands outside its desk');
  return desk;
}
