import type { Passage, Parts } from './reader.ts';
import { passagesIn, passagesOfText } from './screen-text.ts';

export interface ScreenReading {
  mayBeSpoken: (text: string) => boolean;
  /** Nobody else hears it: what is personal is read too. */
  alone: boolean;
  /** A text that is longer or other than the screen takes the place of what is said there. */
  document: () => Promise<string | null>;
  /** Said before the screen, and between what is said there and what can be chosen. */
  before: readonly string[];
  between: string | null;
}

/** The screen in reading order: what is said, page after page as they are turned, then what can be touched. */
export const partsOf = (
  screen: Element,
  { mayBeSpoken, alone, document, before, between }: ScreenReading,
): Parts =>
  async function* () {
    yield before.map(unplaced);
    const spoken = await document();
    for (const area of screen.querySelectorAll(':scope > *')) {
      if (area.matches('.hands') && between !== null) yield [unplaced(between)];
      if (area.matches('.stage') && spoken !== null) yield passagesOfText(spoken, area).filter(open);
      else yield* pagesOf(area);
    }

    async function* pagesOf(area: Element): AsyncGenerator<readonly Passage[]> {
      yield passagesIn(area, alone).filter(open);
      for (;;) {
        const next = area.querySelector<HTMLButtonElement>('[data-press="page-after"]');
        if (!next) return;
        next.click();
        await drawn();
        const room = area.querySelector('.pager-room');
        if (room) yield passagesIn(room, alone).filter(open);
      }
    }
    function open({ text }: Passage): boolean {
      return mayBeSpoken(text);
    }
  };

/** Words that stand nowhere on the screen. */
export const unplaced = (text: string): Passage => ({ text, place: null });

/** The page that was turned to is measured in one frame and shown in the next. */
export const drawn = () =>
  new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
