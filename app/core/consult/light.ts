import type { Answer, Candidate } from '../../contract/consult.ts';
import type { Subject } from '../../domain/consult/index.ts';
import type { Fused } from '../../../models/retrieval/index.ts';

/** From this share of the probability on a question is mostly about the same matter. */
const MOSTLY = 0.5;
/** Who asks on has just read that answer: another one is likelier meant. */
const JUST_READ = 0.3;
/** A longer question is no subject for the next: the two together would be a story. */
const LONGEST_SUBJECT = 20;

/** What a short question that follows an answer goes on about. */
export const subjectOf = ({ id, topic, title }: Answer): Subject => ({
  words: title,
  title,
  topic,
  answer: id,
});

/** What one goes on about after the kiosk asked back; null where the choices are of several topics, or much was said. */
export function subjectOfChoice(
  words: string,
  candidates: readonly Candidate[],
  topicTitle: (code: string) => string,
): Subject | null {
  const [topic, ...others] = new Set(candidates.map((candidate) => candidate.topic));
  if (topic === undefined || others.length > 0 || words.length > LONGEST_SUBJECT) return null;
  return { words, title: topicTitle(topic), topic, answer: null };
}

/** Whether most of what answers a question may have lies near the subject; `near` by answer number. */
export function isMostly(near: readonly boolean[], { answers }: Fused): boolean {
  let inside = 0;
  let all = 0;
  answers.forEach((probability, answer) => {
    all += probability;
    if (near[answer] === true) inside += probability;
  });
  return all > 0 && inside >= MOSTLY * all;
}

/**
 * Numbers of the `most` likeliest answers near the subject, best first: what the question's own words say and what they say
 * behind the subject's count the same. `before` is the number of the answer that was just read, -1 for none: it stays among
 * them, since what is asked may well stand there.
 */
export function inLight(
  own: Fused,
  joined: Fused,
  { near, before, most }: { near: readonly boolean[]; before: number; most: number },
): number[] {
  const shareOf = ({ answers }: Fused) => {
    const inside = answers.map((probability, answer) => (near[answer] === true ? probability : 0));
    const sum = inside.reduce((total, probability) => total + probability, 0);
    return inside.map((probability) => (sum === 0 ? 0 : probability / sum));
  };
  const [first, second] = [shareOf(own), shareOf(joined)];
  const score = (answer: number) =>
    ((first[answer] ?? 0) + (second[answer] ?? 0)) * (answer === before ? JUST_READ : 1);
  const lit = [...first.keys()]
    .filter((answer) => score(answer) > 0)
    .sort((left, right) => score(right) - score(left));
  const best = lit.slice(0, most);
  return lit.includes(before) && !best.includes(before) ? [...best.slice(0, -1), before] : best;
}
