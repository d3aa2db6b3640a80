const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** Never begin a line: particles, and whatever is no word and does not open one. */
const CLINGS_BACK = /^(?:[的了吗呢吧啊么着过们]|[^\p{L}\p{N}“‘《〈（(【「]+)$/u;
/** Never end a line: marks that open, and numbers before what they count. */
const CLINGS_ON = /[“‘《〈（(【「\p{N}]$/u;

/**
 * The pieces of a text between which a line may end. Chinese may be broken between any two characters, but 事 | 故 at the end
 * of a line is hard to read for who reads little.
 */
export function wholeWords(text: string): readonly string[] {
  const pieces: string[] = [];
  for (const { segment } of words.segment(text)) {
    const before = pieces.at(-1);
    if (before !== undefined && (CLINGS_BACK.test(segment) || CLINGS_ON.test(before)))
      pieces[pieces.length - 1] = before + segment;
    else pieces.push(segment);
  }
  return pieces;
}
