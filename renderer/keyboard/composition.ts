import type { Candidate } from './candidates.ts';

/** What the keyboard holds: text already taken, and letters still to be turned into characters. */
export interface Composition {
  text: string;
  letters: string;
}

type Stroke =
  | { kind: 'letter'; letter: string }
  /** A character that goes straight into the text: a digit, a mark, a Latin letter; open letters are settled before. */
  | { kind: 'character'; character: string }
  | { kind: 'choose'; candidate: Candidate }
  | { kind: 'delete' }
  | { kind: 'clear' };

/**
 * One touch on the keyboard. Text never grows past `maxLength` characters; what does not fit is left out. Delete takes
 * back the last typed letter first, then the last character of the text.
 */
export function applyStroke(composition: Composition, stroke: Stroke, maxLength: number): Composition {
  const { text, letters } = composition;
  switch (stroke.kind) {
    case 'letter':
      return { text, letters: letters + stroke.letter };
    case 'character':
      return { text: limit(text + stroke.character, maxLength), letters };
    case 'choose':
      return {
        text: limit(text + stroke.candidate.text, maxLength),
        letters: letters.slice(stroke.candidate.consumed),
      };
    case 'delete':
      return letters
        ? { text, letters: letters.slice(0, -1) }
        : { text: [...text].slice(0, -1).join(''), letters };
    case 'clear':
      return { text: '', letters: '' };
  }
}

/** The text as it would be sent now: open letters become their first candidate, or stay as they are without one. */
export function settle(
  composition: Composition,
  candidatesOf: (letters: string) => Candidate[],
  maxLength: number,
): string {
  let { text, letters } = composition;
  while (letters) {
    const [first] = candidatesOf(letters);
    if (!first) return limit(text + letters, maxLength);
    text += first.text;
    letters = letters.slice(first.consumed);
  }
  return limit(text, maxLength);
}

function limit(text: string, maxLength: number): string {
  return [...text].slice(0, maxLength).join('');
}
