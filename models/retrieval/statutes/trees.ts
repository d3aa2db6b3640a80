import { z } from 'zod';

/**
 * A forest of regression trees as plain numbers. Node i is a row [feature, threshold, left, right]: below or at the
 * threshold to the left, else to the right; a negative child is leaf number -child - 1.
 */
export const forest = z.array(
  z.object({
    nodes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
    leaves: z.array(z.number()),
  }),
);
export type Forest = z.infer<typeof forest>;

/** Sum over the trees; a tree without nodes is its only leaf. */
export function evaluateForest(trees: Forest, features: readonly number[]): number {
  let sum = 0;
  for (const { nodes, leaves } of trees) {
    let at = nodes.length === 0 ? -1 : 0;
    while (at >= 0) {
      const node = nodes[at];
      if (node === undefined) break;
      at = (features[node[0]] ?? 0) <= node[1] ? node[2] : node[3];
    }
    sum += leaves[-at - 1] ?? 0;
  }
  return sum;
}
