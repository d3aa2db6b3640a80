import { decide, ranking } from '../../models/retrieval/index.ts';
import type { HeldOutOutcome, Thresholds } from '../../models/retrieval/index.ts';

const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 1e4) / 1e4);

/**
 * Shares measured on held-out questions: `known` have an answer or are outside the kiosk's matters;
 * `uncovered` are legal questions whose answer was taken away.
 */
export function measure(
  known: readonly HeldOutOutcome[],
  uncovered: readonly HeldOutOutcome[],
  thresholds: Thresholds,
): Record<string, number> {
  const covered = known.filter(({ right }) => right !== null);
  const outside = known.filter(({ right }) => right === null);
  const verdicts = covered.map(({ fused, right }) => ({ verdict: decide(fused, thresholds), right }));
  const given = verdicts.filter(({ verdict }) => verdict.kind === 'answer');
  const inThree = covered.filter(({ fused, right }) =>
    ranking(fused)
      .slice(0, 3)
      .some((answer) => answer === right),
  );
  const answered = (outcomes: readonly HeldOutOutcome[]) =>
    outcomes.filter(({ fused }) => decide(fused, thresholds).kind === 'answer').length;
  const helped = verdicts.filter(
    ({ verdict, right }) =>
      (verdict.kind === 'answer' && verdict.answer === right) ||
      (verdict.kind === 'choose' && verdict.answers.some((answer) => answer === right)),
  );
  return {
    heldOutPhrasings: covered.length,
    rightFirst: share(
      covered.filter(({ fused, right }) => ranking(fused)[0] === right).length,
      covered.length,
    ),
    rightInThree: share(inThree.length, covered.length),
    answeredAtOnce: share(given.length, covered.length),
    answeredAtOnceRight: share(
      given.filter(({ verdict, right }) => verdict.kind === 'answer' && verdict.answer === right).length,
      given.length,
    ),
    answeredOrOffered: share(helped.length, covered.length),
    heldOutOutside: outside.length,
    outsideAnswered: share(answered(outside), outside.length),
    uncovered: uncovered.length,
    uncoveredAnswered: share(answered(uncovered), uncovered.length),
  };
}
