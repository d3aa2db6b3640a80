import { sentencesOf } from '../../app/domain/spoken/index.ts';
import type { Passage } from './reader.ts';

/** Never spoken: keys, what turns pages, pictures. */
const UNSPOKEN = '[aria-hidden="true"], .keyboard, .candidates, .number-pad, .pager-turn, svg';
/** Spoken only to who is alone with it: what a person typed or a card said. */
const PRIVATE = '[data-private], output, .written, .card-fields dd';
const TOUCHED = 'button, a, input';

/** The sentences of a part of the screen, in the order in which they are seen; what is private only to who is `alone`. */
export const passagesIn = (part: Element, alone: boolean): readonly Passage[] =>
  linesOf(part, alone ? UNSPOKEN : `${UNSPOKEN}, ${PRIVATE}`).flatMap(passagesOfLine);

/**
 * A text that stands on the screen in other lines, such as the slip: its sentences, each with its place where the
 * screen shows it whole.
 */
export function passagesOfText(text: string, part: Element): readonly Passage[] {
  const seen = linesOf(part, UNSPOKEN).flat();
  const squeezed = seen.map(({ node }) => squeeze(node.data)).join('');
  return sentencesOf(text).map((sentence) => {
    const wanted = squeeze(sentence.text);
    const at = wanted === '' ? -1 : squeezed.indexOf(wanted);
    return { text: sentence.text, place: at === -1 ? null : rangeOfSqueezed(seen, at, at + wanted.length) };
  });
}

interface Piece {
  node: Text;
  /** Where it begins in its line. */
  start: number;
}
type Line = readonly Piece[];

/** The texts of a part, those of one block together. */
function linesOf(part: Element, unspoken: string): readonly Line[] {
  const lines: Piece[][] = [];
  let block: Element | null = null;
  let length = 0;
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    if (!(node instanceof Text) || !parent || node.data.trim() === '' || isUnspoken(parent, unspoken))
      continue;
    const own = blockOf(parent);
    if (own !== block) {
      lines.push([]);
      length = 0;
    }
    block = own;
    lines.at(-1)?.push({ node, start: length });
    length += node.data.length;
  }
  return lines;
}

const isUnspoken = (element: Element, unspoken: string): boolean =>
  element.closest(unspoken) !== null || !element.checkVisibility({ visibilityProperty: true });

/** What stands in a line of its own. */
function blockOf(element: Element): Element {
  let block = element;
  while (getComputedStyle(block).display === 'inline' && !block.matches(TOUCHED) && block.parentElement)
    block = block.parentElement;
  return block;
}

function passagesOfLine(line: Line): Passage[] {
  const text = line.map(({ node }) => node.data).join('');
  return sentencesOf(text).map((sentence) => ({
    text: sentence.text,
    place: rangeIn(line, sentence.start, sentence.end),
  }));
}

function rangeIn(line: Line, start: number, end: number): Range | null {
  const first = line.findLast((piece) => piece.start <= start);
  const last = line.findLast((piece) => piece.start < end);
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}

/** Only letters and figures: lines break and dots lead differently on paper. */
const squeeze = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

function rangeOfSqueezed(seen: Line, from: number, to: number): Range | null {
  const range = document.createRange();
  let count = 0;
  let begun = false;
  for (const { node } of seen)
    for (let at = 0; at < node.data.length; at += 1) {
      if (squeeze(node.data.charAt(at)) === '') continue;
      if (count === from) {
        range.setStart(node, at);
        begun = true;
      }
      count += 1;
      if (count === to) {
        range.setEnd(node, at + 1);
        return begun ? range : null;
      }
    }
  return null;
}
