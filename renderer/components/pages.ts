/**
 * Which blocks stand on which page, in order. All on one page when they fit into `room`; otherwise each page leaves
 * `turning` free for the buttons that turn it. A block higher than a page gets a page of its own; one that `heads` the
 * next stays with it where both fit.
 */
export function intoPages(
  heights: readonly number[],
  gap: number,
  room: number,
  turning: number,
  heads: (block: number) => boolean = () => false,
): readonly (readonly number[])[] {
  const total = heights.reduce((sum, height) => sum + height, 0) + gap * Math.max(0, heights.length - 1);
  if (total <= room + 1) return [heights.map((_, at) => at)];
  const pages: number[][] = [];
  let used = Infinity;
  heights.forEach((height, at) => {
    const follower = heads(at) ? gap + (heights[at + 1] ?? 0) : 0;
    if (used + gap + height + follower <= room - turning + 1) {
      pages.at(-1)?.push(at);
      used += gap + height;
    } else {
      pages.push([at]);
      used = height;
    }
  });
  return pages;
}
