/**
 * Posting lists: for each token the articles (or headings) that contain it and how strongly. A list is a count, then
 * for each document one number (base 128, low bits first): three bits of BM25 saturation, above them the distance to the
 * document before.
 */

/** BM25: how soon a repeated word stops telling more, and how much a long text is discounted. */
const SATURATION = 1.1;
const LENGTH_DISCOUNT = 0.6;
const STRENGTH_BITS = 3;
const STRENGTHS = 2 ** STRENGTH_BITS;

/** Characters and pairs of neighbours as numbers; a token's number is its place in the index. */
const PAIR = 2 ** 21;
const HAN = /\p{Script=Han}+/gu;

export const isPair = (token: number): boolean => token >= PAIR;
export const charactersOf = (token: number): number[] =>
  isPair(token) ? [Math.floor(token / PAIR), token % PAIR] : [token];

/** Tokens of a text in the order they occur, repeated as often. Only Han characters count. */
export function statuteTokens(text: string): number[] {
  const found: number[] = [];
  for (const run of text.match(HAN) ?? []) {
    let before = 0;
    for (const character of run) {
      const code = character.codePointAt(0) ?? 0;
      found.push(code);
      if (before !== 0) found.push(before * PAIR + code);
      before = code;
    }
  }
  return found;
}

interface Occurrence {
  document: number;
  times: number;
}

/** Builds the posting lists of documents numbered from 0, by token in ascending order. Empty documents match nothing. */
export function buildPostings(documents: readonly string[]): [token: number, list: Uint8Array][] {
  const occurrences = new Map<number, Occurrence[]>();
  const lengths = documents.map((text, document) => {
    const tokens = statuteTokens(text);
    const counts = new Map<number, number>();
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
    for (const [token, times] of counts) {
      const list = occurrences.get(token);
      if (list === undefined) occurrences.set(token, [{ document, times }]);
      else list.push({ document, times });
    }
    return tokens.length;
  });
  const filled = lengths.filter((length) => length > 0);
  const average = filled.reduce((sum, length) => sum + length, 0) / Math.max(1, filled.length);
  const strength = ({ document, times }: Occurrence) => {
    const length = lengths[document] ?? 0;
    const damping = SATURATION * (1 - LENGTH_DISCOUNT + (LENGTH_DISCOUNT * length) / average);
    return Math.floor((STRENGTHS * times) / (times + damping));
  };
  return [...occurrences]
    .sort(([left], [right]) => left - right)
    .map(([token, list]) => [token, encode(list.map((one) => ({ ...one, times: strength(one) })))]);
}

function encode(list: readonly Occurrence[]): Uint8Array {
  const bytes: number[] = [];
  const number = (value: number) => {
    let rest = value;
    while (rest >= 128) {
      bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  };
  number(list.length);
  let before = 0;
  for (const { document, times } of list) {
    number((document - before) * STRENGTHS + times);
    before = document;
  }
  return Uint8Array.from(bytes);
}

/** In how many documents the token of this list occurs. */
export function documentCount(list: Uint8Array): number {
  let value = 0;
  let factor = 1;
  for (const byte of list) {
    if (byte < 128) return value + byte * factor;
    value += (byte - 128) * factor;
    factor *= 128;
  }
  return value;
}

/** Adds `weight` times each document's strength (0 to 1) to its score. */
export function addScores(list: Uint8Array, weight: number, scores: Float32Array): void {
  const scale = weight / STRENGTHS;
  let at = 0;
  while ((list[at] ?? 0) >= 128) at += 1;
  at += 1;
  let document = 0;
  while (at < list.length) {
    let byte = list[at] ?? 0;
    at += 1;
    let value = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = list[at] ?? 0;
      at += 1;
      value |= (byte & 127) << shift;
    }
    document += value >> STRENGTH_BITS;
    scores[document] = (scores[document] ?? 0) + scale * ((value & (STRENGTHS - 1)) + 0.5);
  }
}

/** How much a token tells: BM25's inverse document frequency. */
export const informativeness = (documents: number, containing: number): number =>
  Math.log(1 + (documents - containing + 0.5) / (containing + 0.5));
