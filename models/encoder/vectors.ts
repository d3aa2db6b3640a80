/** Vectors of length 1 as bytes: components stay well below a half, so one fixed scale serves all. */
const SCALE = 254;
const MOST = 127;

/** A unit vector as bytes. */
export const byteVector = (vector: Float32Array): Int8Array =>
  Int8Array.from(vector, (value) => Math.max(-MOST, Math.min(MOST, Math.round(value * SCALE))));

/**
 * Cosine of a byte vector with each row of a matrix of byte vectors. Four rows are read beside each other: this loop is the
 * slowest part of a question.
 */
export function cosines(matrix: Int8Array, vector: Int8Array): Float32Array {
  const width = vector.length;
  const query = Int32Array.from(vector);
  const found = new Float32Array(matrix.length / width);
  let row = 0;
  for (; row + 4 <= found.length; row += 4) {
    const start = row * width;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let at = 0; at < width; at += 1) {
      const value = query[at] as number;
      const place = start + at;
      first = (first + Math.imul(matrix[place] as number, value)) | 0;
      second = (second + Math.imul(matrix[place + width] as number, value)) | 0;
      third = (third + Math.imul(matrix[place + 2 * width] as number, value)) | 0;
      fourth = (fourth + Math.imul(matrix[place + 3 * width] as number, value)) | 0;
    }
    found[row] = first / SCALE ** 2;
    found[row + 1] = second / SCALE ** 2;
    found[row + 2] = third / SCALE ** 2;
    found[row + 3] = fourth / SCALE ** 2;
  }
  for (; row < found.length; row += 1) {
    let sum = 0;
    for (let at = 0; at < width; at += 1) sum += (matrix[row * width + at] ?? 0) * (query[at] ?? 0);
    found[row] = sum / SCALE ** 2;
  }
  return found;
}
