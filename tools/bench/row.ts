/** One measured figure, and beside it the same of a peer where there is one. */
export interface BenchRow {
  what: string;
  ours: number;
  /** 95 % interval of `ours`, where it is a share of cases. */
  interval?: readonly [number, number];
  unit: string;
  peer?: string;
  peerValue?: number;
  /** How many times better ours is: above 1 is better, whether more or less is wanted. */
  ratio?: number;
}

/** A file `*.bench.ts` in this folder exports one of these as `bench`. */
export interface Bench {
  name: string;
  run(): Promise<BenchRow[]>;
}

/** A row against a peer; `better` says whether a larger or a smaller figure is wanted. */
export function versus(
  what: string,
  ours: number,
  unit: string,
  peer: string,
  peerValue: number,
  better: 'larger' | 'smaller',
): BenchRow {
  return {
    what,
    ours,
    unit,
    peer,
    peerValue,
    ratio: better === 'larger' ? ours / peerValue : peerValue / ours,
  };
}

/** The value below which `share` of the values lie; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Wilson's 95 % interval of a share seen in `total` cases. */
export function interval(share: number, total: number): readonly [number, number] {
  const z = 1.96;
  const middle = (share + z ** 2 / (2 * total)) / (1 + z ** 2 / total);
  const reach =
    (z / (1 + z ** 2 / total)) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}
