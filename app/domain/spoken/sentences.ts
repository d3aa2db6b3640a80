/** One sentence and where it stands in the text it was cut from (UTF-16 units, end exclusive). */
export interface Sentence {
  text: string;
  start: number;
  end: number;
}

/** A sentence that is longer is cut at a comma: one breath, one highlight. */
const ONE_BREATH = 60;

const ends = /[。！？；…!?;]+[”’」』）)》]*|\.(?=\s|$)|\n+/g;
const commas = /[，、,：:]+[”’」』）)》]*/g;

/**
 * Cuts a text into sentences for reading aloud and highlighting. Decimal points and dots within words end nothing; a
 * line break always does.
 */
export function sentencesOf(text: string): readonly Sentence[] {
  return cut(text, 0, ends).flatMap((sentence) =>
    sentence.text.length <= ONE_BREATH ? [sentence] : breaths(sentence),
  );
}

/** Puts clauses together while they fit one breath. */
function breaths(sentence: Sentence): Sentence[] {
  const result: Sentence[] = [];
  for (const clause of cut(sentence.text, sentence.start, commas)) {
    const before = result.at(-1);
    if (before && clause.end - before.start <= ONE_BREATH) {
      const text = sentence.text.slice(before.start - sentence.start, clause.end - sentence.start);
      result[result.length - 1] = { text, start: before.start, end: clause.end };
    } else result.push(clause);
  }
  return result;
}

function cut(text: string, offset: number, where: RegExp): Sentence[] {
  const result: Sentence[] = [];
  let from = 0;
  const take = (to: number) => {
    const raw = text.slice(from, to);
    const start = from + raw.length - raw.trimStart().length;
    const words = raw.trim();
    if (/[\p{L}\p{N}]/u.test(words))
      result.push({ text: words, start: offset + start, end: offset + start + words.length });
    from = to;
  };
  for (const match of text.matchAll(where)) take(match.index + match[0].length);
  take(text.length);
  return result;
}
