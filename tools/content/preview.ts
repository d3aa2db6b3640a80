import { answerSlip } from '../../app/core/receipt/slips/answer.ts';
import { guideSlip } from '../../app/core/receipt/slips/guide.ts';
import { wordsIn } from '../../app/core/receipt/words.ts';
import { receiptText } from '../../app/domain/receipt/layout.ts';
import type { ContentSources } from './read.ts';
import { contentViews } from './views.ts';

/** Answers and guides of that id as a citizen takes them home, as text; empty when there are none. */
export function previews(sources: ContentSources, id: string): string[] {
  const words = wordsIn('zh-CN');
  const { answers, guides } = contentViews(sources);
  return [
    ...answers.filter((answer) => answer.id === id).map((answer) => answerSlip(answer, words, [])),
    ...guides.filter((guide) => guide.id === id).map((guide) => guideSlip(guide, words, [])),
  ].map((slip) => receiptText(slip));
}
