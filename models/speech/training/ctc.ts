/** Number of the unit that stands for nothing. */
export const BLANK = 0;

/** Rows of scores become rows of logarithms of probabilities, in place. */
export function logSoftmax(scores: Float32Array, units: number): void {
  for (let start = 0; start < scores.length; start += units) {
    let highest = -Infinity;
    for (let at = start; at < start + units; at += 1) highest = Math.max(highest, scores[at] as number);
    let sum = 0;
    for (let at = start; at < start + units; at += 1) sum += Math.exp((scores[at] as number) - highest);
    const whole = highest + Math.log(sum);
    for (let at = start; at < start + units; at += 1) scores[at] = (scores[at] as number) - whole;
  }
}

function logAdd(a: number, b: number): number {
  if (a === -Infinity) return b;
  if (b === -Infinity) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/**
 * Connectionist temporal classification: how unlikely `labels` are, over all ways to lay them over the rows, in nats; null when
 * there are too few rows. Writes the slopes with respect to the scores before the softmax into `slopes`.
 */
export function ctcLoss(
  logProbabilities: Float32Array,
  units: number,
  labels: readonly number[],
  slopes: Float32Array,
): number | null {
  const rows = logProbabilities.length / units;
  const states = 2 * labels.length + 1;
  const unitOf = (state: number) => (state % 2 === 0 ? BLANK : (labels[state >> 1] as number));
  const skips = Array.from(
    { length: states },
    (_, state) => state >= 3 && state % 2 === 1 && unitOf(state) !== unitOf(state - 2),
  );
  const forward = new Float64Array(rows * states).fill(-Infinity);
  const backward = new Float64Array(rows * states).fill(-Infinity);
  const given = (row: number, state: number) => logProbabilities[row * units + unitOf(state)] as number;

  for (let row = 0; row < rows; row += 1) {
    for (let state = 0; state < states; state += 1) {
      let sum = -Infinity;
      if (row === 0) sum = state < 2 ? 0 : -Infinity;
      else {
        const before = (row - 1) * states + state;
        sum = forward[before] as number;
        if (state > 0) sum = logAdd(sum, forward[before - 1] as number);
        if (skips[state]) sum = logAdd(sum, forward[before - 2] as number);
      }
      forward[row * states + state] = sum === -Infinity ? sum : sum + given(row, state);
    }
  }
  const end = rows * states;
  const whole = logAdd(forward[end - 1] as number, states > 1 ? (forward[end - 2] as number) : -Infinity);
  if (whole === -Infinity) return null;

  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let state = 0; state < states; state += 1) {
      let sum = -Infinity;
      if (row === rows - 1) sum = state >= states - 2 ? 0 : -Infinity;
      else {
        const after = (row + 1) * states + state;
        sum = (backward[after] as number) + given(row + 1, state);
        if (state + 1 < states)
          sum = logAdd(sum, (backward[after + 1] as number) + given(row + 1, state + 1));
        if (state + 2 < states && skips[state + 2])
          sum = logAdd(sum, (backward[after + 2] as number) + given(row + 1, state + 2));
      }
      backward[row * states + state] = sum;
    }
  }
  for (let at = 0; at < logProbabilities.length; at += 1)
    slopes[at] = Math.exp(logProbabilities[at] as number);
  for (let row = 0; row < rows; row += 1) {
    for (let state = 0; state < states; state += 1) {
      const place = row * units + unitOf(state);
      const share =
        (forward[row * states + state] as number) + (backward[row * states + state] as number) - whole;
      slopes[place] = (slopes[place] as number) - Math.exp(share);
    }
  }
  return -whole;
}
