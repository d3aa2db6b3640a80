/** Vectors of length 1 as bytes: components stay well below a half, so one fixed scale serves all. */
const SCALE = 254;
const MOST = 127;

/** A unit vector as bytes. */
export const byteVector = (vector: Float32Array): Int8Array =>
  Int8Array.from(vector, (value) => Math.max(-MOST, Math.min(MOST, Math.round(value * SCALE))));

/**
 * Cosine of a byte vector with each row of a matrix of byte vectors. Four sums run beside each other: this loop is the
 * slowest part of a question.
 */
export function cosines(matrix: Int8Array, vector: Int8Array): Float32Array {
  const width = vector.length;
  const query = Int32Array.from(vector);
  const found = new Float32Array(matrix.length / width);
  for (let row = 0, start = 0; row < found.length; row += 1, start += width) {
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let at = 0; at < width; at += 4) {
      first = (first + Math.imul(matrix[start + at] ?? 0, query[at] ?? 0)) | 0;
      second = (second + Math.imul(matrix[start + at + 1] ?? 0, query[at + 1] ?? 0)) | 0;
      third = (third + Math.imul(matrix[start + at + 2] ?? 0, query[at + 2] ?? 0)) | 0;
      fourth = (fourth + Math.imul(matrix[start + at + 3] ?? 0, query[at + 3] ?? 0)) | 0;
    }
    found[row] = (first + second + third + fourth) / SCALE ** 2;
  }
  return found;
}
