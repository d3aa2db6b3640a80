import { cosines } from '../../encoder/index.ts';

/** Texts whose articles are known, as byte vectors one after the other. */
export interface KnownTexts {
  vectors: Int8Array;
  /** By text: numbers of its articles. */
  articles: readonly (readonly number[])[];
}

/** What the texts nearest to a question say about its articles. */
export interface Votes {
  /** Share of the votes, by article; texts vote the more, the nearer they are. */
  articles: ReadonlyMap<number, number>;
  /** Cosine of the nearest text, by article. */
  nearest: ReadonlyMap<number, number>;
  /** Share of the votes, by law. */
  laws: ReadonlyMap<number, number>;
}

const VOTERS = 40;
const SHARPNESS = 12;

/** Asks the texts nearest to a vector. */
export function votes(
  { vectors, articles }: KnownTexts,
  vector: Int8Array,
  lawOf: (article: number) => number,
): Votes {
  const similarity = cosines(vectors, vector);
  const voters = nearestFirst(similarity);
  const ofArticle = new Map<number, number>();
  const nearest = new Map<number, number>();
  const ofLaw = new Map<number, number>();
  const first = similarity[voters[0] ?? 0] ?? 0;
  const weights = voters.map((text) => Math.exp(((similarity[text] ?? 0) - first) * SHARPNESS));
  const sum = weights.reduce((total, weight) => total + weight, 0) || 1;
  voters.forEach((text, at) => {
    const share = (weights[at] ?? 0) / sum;
    const decided = articles[text] ?? [];
    for (const article of decided) {
      ofArticle.set(article, (ofArticle.get(article) ?? 0) + share);
      if (!nearest.has(article)) nearest.set(article, similarity[text] ?? 0);
    }
    for (const law of new Set(decided.map(lawOf))) ofLaw.set(law, (ofLaw.get(law) ?? 0) + share);
  });
  return { articles: ofArticle, nearest, laws: ofLaw };
}

/** Numbers of the nearest texts; of equally near ones the lower number comes first. */
function nearestFirst(similarity: Float32Array): number[] {
  const byNearness = (left: number, right: number) =>
    (similarity[right] ?? 0) - (similarity[left] ?? 0) || left - right;
  const kept: number[] = [];
  let floor = -Infinity;
  for (let text = 0; text < similarity.length; text += 1) {
    if ((similarity[text] ?? 0) <= floor) continue;
    kept.push(text);
    if (kept.length < 4 * VOTERS) continue;
    kept.sort(byNearness).length = VOTERS;
    floor = similarity[kept[VOTERS - 1] ?? 0] ?? 0;
  }
  return kept.sort(byNearness).slice(0, VOTERS);
}
