import { evaluateForest } from './trees.ts';
import type { Forest } from './trees.ts';

/** One question's candidates: features of each, and whether it is a right one. */
export interface RankedGroup {
  features: readonly (readonly number[])[];
  right: readonly boolean[];
}

export interface ForestSettings {
  trees: number;
  depth: number;
  rate: number;
}

const BINS = 48;
const RIDGE = 4;
const LEAST_WEIGHT = 2;

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
 * Nothing random: the same groups give the same forest. Groups without a right candidate teach nothing and are left out.
 */
export function trainForest(groups: readonly RankedGroup[], settings: ForestSettings): Forest {
  const taught = groups.filter(({ right }) => right.includes(true));
  const rows = taught.flatMap(({ features }) => features);
  const table = binned(rows);
  const scores = new Float64Array(rows.length);
  const gradients = new Float64Array(rows.length);
  const curvatures = new Float64Array(rows.length);
  const trees: Forest = [];
  for (let tree = 0; tree < settings.trees; tree += 1) {
    softmaxGradients(taught, scores, gradients, curvatures);
    const grown = growTree(table, gradients, curvatures, settings);
    trees.push(grown);
    rows.forEach((row, index) => {
      scores[index] = (scores[index] ?? 0) + evaluateForest([grown], row);
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
  for (const { right } of groups) {
    const end = start + right.length;
    const highest = scores.subarray(start, end).reduce((most, value) => Math.max(most, value), -Infinity);
    let sum = 0;
    for (let row = start; row < end; row += 1) sum += Math.exp((scores[row] ?? 0) - highest);
    const count = right.filter(Boolean).length;
    for (let row = start; row < end; row += 1) {
      const probability = Math.exp((scores[row] ?? 0) - highest) / sum;
      gradients[row] = count * probability - (right[row - start] === true ? 1 : 0);
      curvatures[row] = Math.max(1e-6, count * probability * (1 - probability));
    }
    start = end;
  }
}

interface Split {
  gain: number;
  feature: number;
  bin: number;
}

function growTree(
  table: Table,
  gradients: Float64Array,
  curvatures: Float64Array,
  { depth, rate }: ForestSettings,
): Forest[number] {
  const nodes: Forest[number]['nodes'] = [];
  const leaves: number[] = [];
  const leaf = (rows: Int32Array): number => {
    let gradient = 0;
    let curvature = 0;
    for (const row of rows) {
      gradient += gradients[row] ?? 0;
      curvature += curvatures[row] ?? 0;
    }
    leaves.push(Math.round(((-rate * gradient) / (curvature + RIDGE)) * 1e4) / 1e4);
    return -leaves.length;
  };
  const grow = (rows: Int32Array, remaining: number): number => {
    const split = remaining === 0 ? null : bestSplit(table, rows, gradients, curvatures);
    if (split === null) return leaf(rows);
    const column = table.columns[split.feature] ?? new Uint8Array();
    const number = nodes.length;
    const threshold = table.edges[split.feature]?.[split.bin] ?? 0;
    nodes.push([split.feature, threshold, 0, 0]);
    const left = grow(
      rows.filter((row) => (column[row] ?? 0) <= split.bin),
      remaining - 1,
    );
    const right = grow(
      rows.filter((row) => (column[row] ?? 0) > split.bin),
      remaining - 1,
    );
    nodes[number] = [split.feature, threshold, left, right];
    return number;
  };
  grow(
    Int32Array.from({ length: table.rows }, (_, row) => row),
    depth,
  );
  return { nodes, leaves };
}

function bestSplit(
  { columns, edges }: Table,
  rows: Int32Array,
  gradients: Float64Array,
  curvatures: Float64Array,
): Split | null {
  let best: Split | null = null;
  const gradientOf = new Float64Array(BINS);
  const curvatureOf = new Float64Array(BINS);
  columns.forEach((column, feature) => {
    gradientOf.fill(0);
    curvatureOf.fill(0);
    for (const row of rows) {
      const bin = column[row] ?? 0;
      gradientOf[bin] = (gradientOf[bin] ?? 0) + (gradients[row] ?? 0);
      curvatureOf[bin] = (curvatureOf[bin] ?? 0) + (curvatures[row] ?? 0);
    }
    const gradient = gradientOf.reduce((sum, value) => sum + value, 0);
    const curvature = curvatureOf.reduce((sum, value) => sum + value, 0);
    let leftGradient = 0;
    let leftCurvature = 0;
    for (let bin = 0; bin < (edges[feature]?.length ?? 0); bin += 1) {
      leftGradient += gradientOf[bin] ?? 0;
      leftCurvature += curvatureOf[bin] ?? 0;
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
