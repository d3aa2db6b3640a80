import type { Fused } from './fusion.ts';

/** Where a decision changes; all four are probabilities of the fused model. */
export interface Thresholds {
  /** From here the best answer is given straight away. */
  answer: number;
  /** From here the question is none of the kiosk's matters. */
  outside: number;
  /** The candidates together must reach this to be offered as "您是想问…?". */
  choose: number;
  /** A single candidate below this is not worth a line. */
  candidate: number;
}

type Verdict =
  | { kind: 'answer'; answer: number }
  | { kind: 'choose'; answers: number[] }
  | { kind: 'outside' }
  | { kind: 'unsure' };

const MOST_CANDIDATES = 3;

/** Numbers of the answers that are possible at all, by falling probability: fusion leaves a dozen of the hundreds. */
export function ranking({ answers }: Fused): number[] {
  const possible: number[] = [];
  for (let answer = 0; answer < answers.length; answer += 1)
    if ((answers[answer] as number) > 0) possible.push(answer);
  return possible.sort((left, right) => (answers[right] ?? 0) - (answers[left] ?? 0));
}

/** The one place where probabilities become a decision. Confident nonsense is the worst outcome, so doubt asks back. */
export function decide(fused: Fused, thresholds: Thresholds): Verdict {
  const ranked = ranking(fused);
  const probability = (answer: number | undefined) =>
    answer === undefined ? 0 : (fused.answers[answer] ?? 0);
  const [first] = ranked;
  if (first !== undefined && probability(first) >= thresholds.answer)
    return { kind: 'answer', answer: first };
  if (fused.outside >= thresholds.outside) return { kind: 'outside' };
  const offered = ranked
    .slice(0, MOST_CANDIDATES)
    .filter((answer) => probability(answer) >= thresholds.candidate);
  const together = offered.reduce((sum, answer) => sum + probability(answer), 0);
  return together >= thresholds.choose ? { kind: 'choose', answers: offered } : { kind: 'unsure' };
}

export interface HeldOutOutcome {
  fused: Fused;
  /** The right answer, or `null` when none of them is. */
  right: number | null;
}

/**
 * Of the answers given straight away at most this share may be wrong. The held-out phrasings are hard on purpose (stories,
 * dialect, single words), and most wrong answers are neighbours of the right one: plain questions fare far better
 * (models/intent/README.md).
 */
const WRONG_AT_MOST = 0.2;
/** Of the questions outside the kiosk's matters at most this share may be answered. */
const FOREIGN_AT_MOST = 0.02;
/** Of the questions that have an answer at most this share may be turned away as outside. */
const TURNED_AWAY_AT_MOST = 0.01;
const GRID = Array.from({ length: 90 }, (_, step) => 0.1 + step / 100);

/**
 * Chooses the thresholds on held-out questions: the lowest `answer` and `outside` at which the shares above are kept.
 * What it takes to offer a choice is set by hand: three wrong titles cost a glance, a missing one costs the visit.
 */
export function chooseThresholds(outcomes: readonly HeldOutOutcome[]): Thresholds {
  const best = outcomes.map(({ fused, right }) => {
    const [first] = ranking(fused);
    return {
      right,
      first,
      probability: first === undefined ? 0 : (fused.answers[first] ?? 0),
      outside: fused.outside,
    };
  });
  const covered = best.filter(({ right }) => right !== null);
  const foreign = best.filter(({ right }) => right === null);
  const tolerable = (threshold: number) => {
    const given = best.filter(({ probability }) => probability >= threshold);
    const wrong = given.filter(({ first, right }) => first !== right).length;
    const foreignGiven = foreign.filter(({ probability }) => probability >= threshold).length;
    return wrong <= WRONG_AT_MOST * given.length && foreignGiven <= FOREIGN_AT_MOST * foreign.length;
  };
  const turnedAway = (threshold: number) => covered.filter(({ outside }) => outside >= threshold).length;
  return {
    answer: GRID.find((threshold) => threshold >= 0.3 && tolerable(threshold)) ?? 0.99,
    outside:
      GRID.find(
        (threshold) => threshold >= 0.3 && turnedAway(threshold) <= TURNED_AWAY_AT_MOST * covered.length,
      ) ?? 0.99,
    choose: 0.3,
    candidate: 0.03,
  };
}
