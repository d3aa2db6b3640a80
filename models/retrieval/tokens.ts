/** Function words and question words: they say how one asks, not what about. */
const STOP = new Set([
  ...'的了吗呢吧啊呀嘛我你您他她它是在有和与就都也还又把被给让要会能可以怎么办样什么哪里个这那一',
]);
const PIECES = /\p{Script=Han}+|[a-z]+|\d+/gu;

/**
 * Search tokens of a normalised text: each Han character, each pair of neighbours, each Latin word and number.
 * Pairs make two-character words such as 工伤 hit; single characters survive typing errors.
 */
export function tokens(text: string): string[] {
  return (text.match(PIECES) ?? []).flatMap((piece) => {
    if (!/\p{Script=Han}/u.test(piece)) return [piece];
    const characters = [...piece];
    return [
      ...characters,
      ...characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`),
    ];
  });
}

/** Whether a token says what it is about, and not only how one asks. */
export function carriesMeaning(token: string): boolean {
  for (const character of token) if (!STOP.has(character)) return true;
  return false;
}

/** Distinct tokens worth searching for. */
export const searchTokens = (text: string): string[] => [...new Set(tokens(text))].filter(carriesMeaning);

/** What is stored in a full-text column tokenised by unicode61. */
export const indexText = (text: string): string => tokens(text).join(' ');

/** An FTS5 expression that matches any of the tokens; tokens are quoted, so nothing in them is syntax. Null for none. */
export function matchAny(wanted: readonly string[]): string | null {
  return wanted.length === 0 ? null : wanted.map((token) => `"${token.replaceAll('"', '')}"`).join(' OR ');
}
