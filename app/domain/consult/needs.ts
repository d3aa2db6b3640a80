/** What somebody may want, in the order of the model's columns. */
export const NEEDS = [
  'consequences',
  'what-to-do',
  'guide',
  'calculate',
  'draft',
  'where',
  'legal-aid',
  'complain',
  'progress',
  'human',
] as const;
export type Need = (typeof NEEDS)[number];

/** Ways on from an answer that a need may put first. */
export type WayKind = 'calculate' | 'intake' | 'answer' | 'guide' | 'call';

/** Whom to go to, where and by which number, stands before everything else that an answer says. */
const ADDRESS_FIRST: ReadonlySet<Need> = new Set(['where', 'complain', 'progress', 'human']);

/**
 * Ways that a need puts first, best first. Whoever wants something written is led to legal aid, which drafts documents
 * (法律援助法 art. 22), and to the guide that says what belongs into it.
 */
const WAYS_FIRST: Readonly<Partial<Record<Need, readonly WayKind[]>>> = {
  guide: ['guide'],
  calculate: ['calculate'],
  draft: ['intake', 'guide'],
  where: ['guide'],
  'legal-aid': ['intake', 'guide'],
  complain: ['guide'],
  progress: ['guide'],
  human: ['intake'],
};

/** Whether addresses and numbers are what was asked for. */
export const wantsAddress = (need: Need | null): boolean => need !== null && ADDRESS_FIRST.has(need);

/** The ways with those that the need asks for in front; the others keep their order. */
export function inOrderOfNeed<Way extends { kind: WayKind }>(
  need: Need | null,
  ways: readonly Way[],
): readonly Way[] {
  const first = need === null ? [] : (WAYS_FIRST[need] ?? []);
  const wanted = first.flatMap((kind) => ways.filter((way) => way.kind === kind));
  return [...wanted, ...ways.filter((way) => !wanted.includes(way))];
}

/** Whether one of these ways is what the need asks for: then it can be said that it stands there. */
export const isMet = (need: Need | null, ways: readonly { kind: WayKind }[]): boolean =>
  need !== null && ways.some(({ kind }) => (WAYS_FIRST[need] ?? []).includes(kind));
