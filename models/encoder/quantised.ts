import onnxProto from 'onnx-proto';

import { bagOf, ENCODER_BUCKETS, ENCODER_WIDTH } from './features.ts';

/**
 * Reads the weights back out of the bytes of `encoder.onnx` and encodes with them in plain arithmetic: for building a
 * pack, where tens of thousands of texts are encoded at once. Throws when the bytes are damaged or of another shape.
 */
export function createBulkEncoder(model: Uint8Array): (text: string) => Float32Array {
  const { graph } = onnxProto.onnx.ModelProto.decode(model);
  const rawOf = (name: string): Uint8Array => {
    const raw = graph?.initializer?.find((one) => one.name === name)?.rawData;
    if (!raw) throw new Error(`encoder.onnx has no ${name}`);
    return Uint8Array.from(raw);
  };
  const table = new Int8Array(rawOf('table').buffer);
  const scales = new Float32Array(rawOf('scales').buffer);
  if (table.length !== ENCODER_BUCKETS * ENCODER_WIDTH || scales.length !== ENCODER_BUCKETS)
    throw new Error('encoder.onnx does not have the expected shape');
  return (text) => {
    const vector = new Float32Array(ENCODER_WIDTH);
    const { rows, weights } = bagOf(text);
    rows.forEach((row, token) => {
      const share = (weights[token] ?? 0) * (scales[row] ?? 0);
      const from = row * ENCODER_WIDTH;
      for (let at = 0; at < ENCODER_WIDTH; at += 1)
        vector[at] = (vector[at] ?? 0) + share * (table[from + at] ?? 0);
    });
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) + 1e-9;
    return vector.map((value) => value / length);
  };
}
