import type { TFunction } from 'i18next';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { Clerk } from '../citizen/clerk.ts';
import { isPresent, type Visit, type VisitEvent } from '../citizen/visit.ts';
import {
  isMoving,
  labelOf,
  moveOf,
  placesOf,
  sheetState,
  spelt,
  targets,
  tellsTyping,
  turnedTo,
  type Move,
} from './keypad.ts';
import type { Heard } from './listener.ts';
import { drawn } from './screen-parts.ts';
import type { Listening } from './useListening.ts';
import type { Reading } from './useReading.ts';

type Words = TFunction<'voice'>;

export interface Audio {
  /** Says the screen once more, from its beginning. */
  repeat: () => void;
  /** Listens for one of the choices on the screen; it is only gone to, never taken by itself. */
  speak: () => void;
}

interface AudioSurroundings {
  visit: Visit;
  latest: () => Visit;
  dispatch: (event: VisitEvent) => void;
  clerk: Clerk;
  reading: Reading;
  listening: Listening;
  /** Names the sheet that is shown. */
  place: string;
  /** Whether the machine can speak at all. */
  speaks: boolean;
}

/**
 * Everything by keys and ears: keys go from choice to choice, and whoever began with keys hears each screen, each choice
 * and what each press did. Any key silences what is being said.
 */
export function useAudio(surroundings: AudioSurroundings): Audio {
  const { visit, speaks } = surroundings;
  const on = visit.byEar && speaks;
  const repeat = useAnnouncing(surroundings, on);
  useKeys(surroundings);
  useFocusSaid(surroundings, on);
  useChangesSaid(surroundings, on);
  useTroubleSaid(surroundings, on);
  const speak = useSpeaking(surroundings);
  useSettingsSaid(surroundings, on);
  return useMemo(() => ({ repeat, speak }), [repeat, speak]);
}

/** The pace and the headphones, once they were changed. */
function useSettingsSaid({ visit, reading }: AudioSurroundings, on: boolean): void {
  const { t } = useTranslation('voice');
  const { say } = reading;
  const { pace } = reading.state;
  const { headphones } = visit;
  const before = useRef({ pace, headphones });
  useEffect(() => {
    const { current } = before;
    before.current = { pace, headphones };
    if (!on) return;
    if (current.pace !== pace) say([t('audio.pace', { pace })]);
    if (current.headphones !== headphones)
      say([t(headphones ? 'audio.headphones_on' : 'audio.headphones_off')]);
  }, [on, pace, headphones, say, t]);
}

const press = (name: string): boolean => {
  const button = document.querySelector<HTMLButtonElement>(`[data-press="${name}"]:not(:disabled)`);
  button?.click();
  return button !== null;
};

/** Arrow keys go from choice to choice, for everybody; the first of them begins a visit by ear. */
function useKeys({ latest, dispatch, clerk, speaks }: AudioSurroundings): void {
  useEffect(() => {
    const begin = (move: Move | null): boolean => {
      const visit = latest();
      if (isPresent(visit) || !speaks || !(isMoving(move) || move === 'choose')) return false;
      if (document.querySelector('[data-press="start"]:not(:disabled)') === null) return true;
      clerk.start();
      dispatch({ kind: 'byEar' });
      return true;
    };
    const stay = (): boolean => {
      if (!latest().idleWarning) return false;
      dispatch({ kind: 'stayed' });
      return true;
    };
    const go = (move: 'next' | 'previous'): void => {
      if (speaks && isPresent(latest())) dispatch({ kind: 'byEar' });
      const all = targets();
      const at = all.indexOf(document.activeElement as HTMLButtonElement);
      all[turnedTo(at, all.length, move)]?.focus({ preventScroll: true });
    };
    const keyed = (event: KeyboardEvent): void => {
      const move = moveOf(event.key);
      if (move === null || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
      if (begin(move) || (move !== 'choose' && stay())) event.preventDefault();
      else if (move === 'next' || move === 'previous') {
        event.preventDefault();
        go(move);
      } else if (latest().byEar && move === 'back') {
        event.preventDefault();
        dispatch({ kind: 'back' });
      } else if (latest().byEar && typeof move === 'object' && press(`key-${move.digit}`))
        event.preventDefault();
    };
    window.addEventListener('keydown', keyed, true);
    return () => window.removeEventListener('keydown', keyed, true);
  }, [latest, dispatch, clerk, speaks]);
}

/** Each new screen says itself: what it says, then what can be chosen. */
function useAnnouncing({ visit, latest, reading, place }: AudioSurroundings, on: boolean): () => void {
  const { t } = useTranslation('voice');
  const greeted = useRef(-1);
  const { readScreen } = reading;
  const announce = useCallback(() => {
    const now = latest();
    const first = greeted.current !== now.number;
    greeted.current = now.number;
    const before = isPresent(now) ? [...(first ? [t('audio.greeting')] : []), ...warnings(now, t)] : [];
    readScreen({ before, between: isPresent(now) ? choicesAhead(t) : null });
  }, [latest, readScreen, t]);
  const ready = on && (visit.sessionId !== null || !isPresent(visit));
  useEffect(() => {
    if (!ready) return undefined;
    let wanted = true;
    void drawn().then(() => wanted && announce());
    return () => {
      wanted = false;
    };
  }, [ready, announce, place]);
  return announce;
}

/** Whether others may hear what somebody fills in about themselves. */
const isOverheard = ({ screen, headphones }: Visit) => screen.at.startsWith('aid') && !headphones;

const warnings = (visit: Visit, t: Words): readonly string[] =>
  isOverheard(visit) ? [t('audio.private')] : [];

/** How to go on: numbers on the pad, or so many choices. */
function choicesAhead(t: Words): string | null {
  if (document.querySelector('.turning .number-pad')) return t('audio.pad');
  const count = document.querySelectorAll('.hands button').length;
  return count === 0 ? null : t('audio.choices', { count });
}

/** What a key has gone to is said; what is typed or ticked of personal fields only to who is alone with them. */
function useFocusSaid({ latest, reading }: AudioSurroundings, on: boolean): void {
  const { t } = useTranslation('voice');
  const { say } = reading;
  useEffect(() => {
    if (!on) return undefined;
    const focused = (event: FocusEvent) => {
      const button = event.target;
      if (!(button instanceof HTMLButtonElement)) return;
      const hidden = isOverheard(latest()) && button.closest('.turning') !== null;
      const label = hidden && tellsTyping(button) ? hiddenKey(button, t) : keyLabel(button, t);
      const chosen = !hidden && button.getAttribute('aria-pressed') === 'true';
      say([chosen ? t('audio.chosen', { label }) : label]);
    };
    window.addEventListener('focusin', focused);
    return () => window.removeEventListener('focusin', focused);
  }, [on, latest, say, t]);
}

const hiddenKey = (button: HTMLElement, t: Words): string =>
  t(button.closest('.number-pad') === null ? 'audio.hidden_character' : 'audio.hidden_key');

/** No voice says a full stop that stands alone. */
const keyLabel = (button: HTMLElement, t: Words): string => {
  const label = labelOf(button);
  return label === '.' ? t('audio.point') : label;
};

const tickedWords = (button: HTMLElement, visit: Visit, t: Words): string => {
  if (isOverheard(visit)) return t('audio.ticked_hidden');
  const ticked = button.getAttribute('aria-pressed') === 'true';
  return t(ticked ? 'audio.chosen' : 'audio.not_chosen', { label: labelOf(button) });
};

/** What a press did on a sheet that stays is said: what stands typed, what is ticked, the page that was turned to. */
function useChangesSaid({ latest, reading }: AudioSurroundings, on: boolean): void {
  const { t } = useTranslation('voice');
  const { say, readPage } = reading;
  useEffect(() => {
    if (!on) return undefined;
    const clicked = (event: MouseEvent) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button === null || button.closest('.turning') === null) return;
      const sheet = document.querySelector('.turning');
      const before = { ...sheetState(), ticked: button.getAttribute('aria-pressed') };
      void drawn().then(() => {
        if (document.querySelector('.turning') !== sheet) return;
        const after = { ...sheetState(), ticked: button.getAttribute('aria-pressed') };
        if (after.page !== before.page) readPage(after.page);
        else if (after.typed !== before.typed) say([typedWords(after.typed, latest(), t)]);
        else if (button.isConnected && after.ticked !== before.ticked)
          say([tickedWords(button, latest(), t)]);
      });
    };
    const told = new Set<string>();
    const notices = new MutationObserver(() => {
      const found = [...document.querySelectorAll<HTMLElement>('.notice, .problem, .overlay')];
      const texts = found.map(({ innerText }) => innerText).filter((text) => text !== '');
      const fresh = texts.filter((text) => !told.has(text));
      told.clear();
      for (const text of texts) told.add(text);
      if (fresh.length === 0) return;
      say(document.querySelector('[data-press="stay"]') ? [...fresh, t('audio.stay')] : fresh);
    });
    window.addEventListener('click', clicked, true);
    const panel = document.querySelector('.panel');
    if (panel) notices.observe(panel, { childList: true, subtree: true, characterData: true });
    return () => {
      window.removeEventListener('click', clicked, true);
      notices.disconnect();
    };
  }, [on, latest, say, readPage, t]);
}

/** Digit by digit, as one checks what one typed; personal ones are only counted where others may hear them. */
const typedWords = (typed: string, visit: Visit, t: Words): string =>
  isOverheard(visit)
    ? t('audio.typed_hidden', { count: placesOf(typed) })
    : t('audio.typed', { digits: spelt(typed, t('audio.point')) });

/** Why it was not understood, and what to do. */
function useTroubleSaid({ listening, reading }: AudioSurroundings, on: boolean): void {
  const { t } = useTranslation('voice');
  const { trouble, failures } = listening.state;
  const { say } = reading;
  useEffect(() => {
    if (on && trouble !== null) say([t(`trouble.${trouble}.title`), t('audio.again')]);
  }, [on, trouble, failures, say, t]);
}

/** A choice is named aloud; the key goes to it, and a press of Enter takes it. */
function useSpeaking({ reading, listening }: AudioSurroundings): () => void {
  const { t } = useTranslation('voice');
  const { say } = reading;
  const { start, letGo } = listening;
  return useCallback(() => {
    const choices = targets().filter((button) => button.closest('.turning') !== null);
    const take = ({ text, choice }: Heard) => {
      const named = choice === null ? undefined : choices[choice];
      if (named?.isConnected === true) named.focus({ preventScroll: true });
      else say([t('audio.not_a_choice', { text })]);
    };
    say([t('audio.speak_now')], () => {
      start(
        choices.map((button) => labelOf(button)),
        take,
      );
      letGo('silence');
    });
  }, [say, start, letGo, t]);
}
