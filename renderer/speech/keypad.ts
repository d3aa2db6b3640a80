/** What a key of the keypad asks for; `digit` names a key of the number pad on screen. */
export type Move = 'next' | 'previous' | 'back' | 'choose' | { digit: string };

const named: Readonly<Record<string, Move>> = {
  ArrowDown: 'next',
  ArrowRight: 'next',
  ArrowUp: 'previous',
  ArrowLeft: 'previous',
  Backspace: 'back',
  Escape: 'back',
  Enter: 'choose',
};

export function moveOf(key: string): Move | null {
  if (key === '.') return { digit: 'point' };
  if (/^\d$/.test(key)) return { digit: key };
  return named[key] ?? null;
}

/** Whether a key means that somebody wants to go by keys, also where nothing has begun yet. */
export const isMoving = (move: Move | null): boolean => move === 'next' || move === 'previous';

/** What can be chosen now, in the order in which it is seen; an overlay stands before everything. */
export function targets(root: ParentNode = document): readonly HTMLButtonElement[] {
  const area = root.querySelector('.overlay') ?? root.querySelector('.panel');
  const buttons = area?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [];
  return [...buttons].filter((button) => button.checkVisibility({ visibilityProperty: true }));
}

/** The place after or before `at` in a round of `count`; from nowhere to the first or the last. */
export function turnedTo(at: number, count: number, move: 'next' | 'previous'): number {
  if (at < 0) return move === 'next' ? 0 : count - 1;
  return (at + (move === 'next' ? 1 : count - 1)) % count;
}

/** The words of a button as they are read out: its name for those who do not see it, or its lines. */
export function labelOf(button: HTMLElement): string {
  const named = button.getAttribute('aria-label');
  if (named !== null) return named;
  return button.innerText
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('，');
}

/** Whether a key tells what is being typed: a digit, a letter or a word, not one that deletes or ends. */
export const tellsTyping = (button: HTMLElement): boolean =>
  button.matches('.candidate:not(.candidate-more)') ||
  (button.closest('.number-pad, .keyboard') !== null && button.innerText.trim().length === 1);

/** A number sign by sign, as one checks what one typed; `point` is the word for the decimal point. */
export const spelt = (typed: string, point: string): string =>
  Array.from(typed.replaceAll(',', ''), (sign) => (sign === '.' ? point : sign)).join(' ');

/** How many places of a number or an identity number are filled in. */
export const placesOf = (typed: string): number => typed.replaceAll(/[^\dX]/g, '').length;

/** What a press may change on a sheet that stays, apart from its words. */
export interface SheetState {
  /** What is being typed. */
  typed: string;
  /** Which page is shown. */
  page: string;
}

export const sheetState = (root: ParentNode = document): SheetState => ({
  typed: [...root.querySelectorAll<HTMLElement>('.turning output')]
    .map((output) => output.innerText)
    .join(' '),
  page: root.querySelector<HTMLElement>('.pager-where')?.innerText ?? '',
});
