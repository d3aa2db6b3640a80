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

/** The trees' nodes in plain lists, one tree after the other: following them is a tenth of a question's time. */
export function createForest(trees: Forest): (features: readonly number[]) => number {
  const nodes = trees.flatMap((tree) => tree.nodes);
  const feature = Int32Array.from(nodes, ([one]) => one);
  const threshold = Float64Array.from(nodes, ([, one]) => one);
  const children = new Int32Array(2 * nodes.length);
  const roots = new Int32Array(trees.length);
  let nodesBefore = 0;
  let leavesBefore = 0;
  // Among all trees' nodes and leaves the numbers of one tree's begin where those before it end.
  const numbered = (child: number) => (child < 0 ? child - leavesBefore : child + nodesBefore);
  trees.forEach((tree, number) => {
    roots[number] = tree.nodes.length === 0 ? numbered(-1) : nodesBefore;
    tree.nodes.forEach(([, , left, right], node) => {
      children[2 * (nodesBefore + node)] = numbered(left);
      children[2 * (nodesBefore + node) + 1] = numbered(right);
    });
    nodesBefore += tree.nodes.length;
    leavesBefore += tree.leaves.length;
  });
  const leaves = Float64Array.from(trees.flatMap((tree) => tree.leaves));

  /** Sum over the trees; a tree without nodes is its only leaf. */
  return (values) => {
    let sum = 0;
    for (let tree = 0; tree < roots.length; tree += 1) {
      let at = roots[tree] as number;
      while (at >= 0) {
        const isLeft = (values[feature[at] as number] ?? 0) <= (threshold[at] as number);
        at = children[2 * at + (isLeft ? 0 : 1)] as number;
      }
      sum += leaves[-at - 1] ?? 0;
    }
    return sum;
  };
}
