import { seededRandom } from '../../intent/random.ts';
import { createForest } from './trees.ts';
import type { Forest } from './trees.ts';

/** One question's candidates: features of each, and whether it is a right one. */
export interface RankedGroup {
  features: readonly (readonly number[])[];
  right: readonly boolean[];
  /** How much the question counts beside others. */
  weight: number;
}

export interface ForestSettings {
  trees: number;
  depth: number;
  rate: number;
  /** Share of the features that a tree may split on, drawn for each tree. */
  features: number;
}

const BINS = 48;
const RIDGE = 8;
const LEAST_WEIGHT = 3;
const SEED = 11;

/** Binned features by column; splits are found on bins and written as thresholds. */
interface Table {
  columns: Uint8Array[];
  edges: number[][];
  rows: number;
}

function binned(rows: readonly (readonly number[])[]): Table {
  const width = rows[0]?.length ?? 0;
  const columns: Uint8Array[] = [];
  const edges: number[][] = [];
  for (let feature = 0; feature < width; feature += 1) {
    const sorted = Float64Array.from(rows, (row) => row[feature] ?? 0).sort();
    const cuts = Array.from({ length: BINS - 1 }, (_, cut) => {
      // Right candidates lie at the high end of most features: cut finer there.
      const share = 1 - (1 - (cut + 1) / BINS) ** 2;
      return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    });
    const edge = [...new Set(cuts)];
    edges.push(edge);
    columns.push(
      Uint8Array.from(rows, (row) => {
        const value = row[feature] ?? 0;
        let low = 0;
        let high = edge.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (value <= (edge[middle] ?? 0)) high = middle;
          else low = middle + 1;
        }
        return low;
      }),
    );
  }
  return { columns, edges, rows: rows.length };
}

/**
 * Gradient boosting with the softmax loss over each question's candidates: the right ones should share the probability.
 * The same groups give the same forest. Groups without a right candidate teach nothing and are left out.
 */
export function trainForest(groups: readonly RankedGroup[], settings: ForestSettings): Forest {
  const taught = groups.filter(({ right }) => right.includes(true));
  const rows = taught.flatMap(({ features }) => features);
  const table = binned(rows);
  const scores = new Float64Array(rows.length);
  const gradients = new Float64Array(rows.length);
  const curvatures = new Float64Array(rows.length);
  const trees: Forest = [];
  const random = seededRandom(SEED);
  for (let tree = 0; tree < settings.trees; tree += 1) {
    softmaxGradients(taught, scores, gradients, curvatures);
    const drawn = new Set([...table.columns.keys()].filter(() => random.next() < settings.features));
    const grown = growTree(table, drawn, gradients, curvatures, settings);
    trees.push(grown);
    const leafOf = createForest([grown]);
    rows.forEach((row, index) => {
      scores[index] = (scores[index] ?? 0) + leafOf(row);
    });
  }
  return trees;
}

function softmaxGradients(
  groups: readonly RankedGroup[],
  scores: Float64Array,
  gradients: Float64Array,
  curvatures: Float64Array,
): void {
  let start = 0;
  for (const { right, weight } of groups) {
    const end = start + right.length;
    const highest = scores.subarray(start, end).reduce((most, value) => Math.max(most, value), -Infinity);
    let sum = 0;
    for (let row = start; row < end; row += 1) sum += Math.exp((scores[row] ?? 0) - highest);
    const count = right.filter(Boolean).length;
    for (let row = start; row < end; row += 1) {
      const probability = Math.exp((scores[row] ?? 0) - highest) / sum;
      gradients[row] = weight * (count * probability - (right[row - start] === true ? 1 : 0));
      curvatures[row] = Math.max(1e-6, weight * count * probability * (1 - probability));
    }
    start = end;
  }
}

interface Split {
  gain: number;
  feature: number;
  bin: number;
}

/** Sums of gradients and of curvatures by feature and bin. */
interface Histogram {
  gradients: Float64Array;
  curvatures: Float64Array;
}

function growTree(
  table: Table,
  drawn: ReadonlySet<number>,
  gradients: Float64Array,
  curvatures: Float64Array,
  { depth, rate }: ForestSettings,
): Forest[number] {
  const nodes: Forest[number]['nodes'] = [];
  const leaves: number[] = [];
  const count = (rows: Int32Array) => histogramOf(table, rows, gradients, curvatures);
  const grow = (rows: Int32Array, histogram: Histogram, remaining: number): number => {
    const { gradient, curvature } = totals(histogram);
    const split = remaining === 0 ? null : bestSplit(table, drawn, histogram, gradient, curvature);
    if (split === null) {
      leaves.push(Math.round(((-rate * gradient) / (curvature + RIDGE)) * 1e4) / 1e4);
      return -leaves.length;
    }
    const column = table.columns[split.feature] ?? new Uint8Array();
    const number = nodes.length;
    const threshold = table.edges[split.feature]?.[split.bin] ?? 0;
    nodes.push([split.feature, threshold, 0, 0]);
    const low = rows.filter((row) => (column[row] ?? 0) <= split.bin);
    const high = rows.filter((row) => (column[row] ?? 0) > split.bin);
    // Only the smaller side is counted; the other is what remains.
    const counted = count(low.length < high.length ? low : high);
    const rest = difference(histogram, counted);
    const left = grow(low, low.length < high.length ? counted : rest, remaining - 1);
    const right = grow(high, low.length < high.length ? rest : counted, remaining - 1);
    nodes[number] = [split.feature, threshold, left, right];
    return number;
  };
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  grow(all, count(all), depth);
  return { nodes, leaves };
}

function histogramOf(
  { columns }: Table,
  rows: Int32Array,
  gradients: Float64Array,
  curvatures: Float64Array,
): Histogram {
  const size = columns.length * BINS;
  const histogram = { gradients: new Float64Array(size), curvatures: new Float64Array(size) };
  columns.forEach((column, feature) => {
    const sums = histogram.gradients.subarray(feature * BINS, (feature + 1) * BINS);
    const bends = histogram.curvatures.subarray(feature * BINS, (feature + 1) * BINS);
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at] ?? 0;
      const bin = column[row] ?? 0;
      sums[bin] = (sums[bin] ?? 0) + (gradients[row] ?? 0);
      bends[bin] = (bends[bin] ?? 0) + (curvatures[row] ?? 0);
    }
  });
  return histogram;
}

const difference = (whole: Histogram, part: Histogram): Histogram => ({
  gradients: whole.gradients.map((value, at) => value - (part.gradients[at] ?? 0)),
  curvatures: whole.curvatures.map((value, at) => value - (part.curvatures[at] ?? 0)),
});

/** Every feature's bins hold all rows; the first feature's are as good as any. */
function totals({ gradients, curvatures }: Histogram): { gradient: number; curvature: number } {
  let gradient = 0;
  let curvature = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    gradient += gradients[bin] ?? 0;
    curvature += curvatures[bin] ?? 0;
  }
  return { gradient, curvature };
}

function bestSplit(
  { edges }: Table,
  drawn: ReadonlySet<number>,
  histogram: Histogram,
  gradient: number,
  curvature: number,
): Split | null {
  let best: Split | null = null;
  edges.forEach((cuts, feature) => {
    if (!drawn.has(feature)) return;
    let leftGradient = 0;
    let leftCurvature = 0;
    for (let bin = 0; bin < cuts.length; bin += 1) {
      leftGradient += histogram.gradients[feature * BINS + bin] ?? 0;
      leftCurvature += histogram.curvatures[feature * BINS + bin] ?? 0;
      const rightCurvature = curvature - leftCurvature;
      if (leftCurvature < LEAST_WEIGHT || rightCurvature < LEAST_WEIGHT) continue;
      const rightGradient = gradient - leftGradient;
      const gain =
        leftGradient ** 2 / (leftCurvature + RIDGE) +
        rightGradient ** 2 / (rightCurvature + RIDGE) -
        gradient ** 2 / (curvature + RIDGE);
      if (gain > (best?.gain ?? 1e-9)) best = { gain, feature, bin };
    }
  });
  return best;
}
