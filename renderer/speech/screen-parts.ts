import type { Passage, Parts } from './reader.ts';
import { passagesIn, passagesOfText } from './screen-text.ts';

/**
 * The screen in reading order: what is said, page after page as they are turned, then what can be touched. A text that
 * is longer or other than the screen (`document`) takes the place of what is said.
 */
export const partsOf = (
  screen: Element,
  mayBeSpoken: (text: string) => boolean,
  document: () => Promise<string | null>,
): Parts =>
  async function* () {
    const spoken = await document();
    for (const area of screen.querySelectorAll(':scope > *')) {
      if (area.matches('.stage') && spoken !== null) yield passagesOfText(spoken, area).filter(open);
      else yield* pagesOf(area);
    }

    async function* pagesOf(area: Element): AsyncGenerator<readonly Passage[]> {
      yield passagesIn(area).filter(open);
      for (;;) {
        const next = area.querySelector<HTMLButtonElement>('[data-press="page-after"]');
        if (!next) return;
        next.click();
        await drawn();
        const room = area.querySelector('.pager-room');
        if (room) yield passagesIn(room).filter(open);
      }
    }
    function open({ text }: Passage): boolean {
      return mayBeSpoken(text);
    }
  };

/** The page that was turned to is measured in one frame and shown in the next. */
const drawn = () =>
  new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
