import { InferenceSession, Tensor } from 'onnxruntime-node';

import { bagOf, ENCODER_WIDTH } from './features.ts';

/** Turns texts into vectors that lie near each other when the texts are about the same matter. */
export interface Encoder {
  /** A vector of length 1 for a normalised text; all zeros for a text without Han characters. */
  encode(text: string): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Loads the bytes of `encoder.onnx`. Throws when they are damaged or of another shape. */
export async function loadEncoder(model: Uint8Array): Promise<Encoder> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const encode = async (text: string): Promise<Float32Array> => {
    const { rows, weights } = bagOf(text);
    if (rows.length === 0) return new Float32Array(ENCODER_WIDTH);
    const { vector } = await session.run({
      rows: new Tensor('int64', BigInt64Array.from(rows, BigInt), [rows.length]),
      weights: new Tensor('float32', weights, [weights.length]),
    });
    if (!(vector?.data instanceof Float32Array) || vector.data.length !== ENCODER_WIDTH)
      throw new Error('encoder.onnx gives no vector of the expected width');
    return vector.data;
  };
  await encode('试');
  return { encode, close: () => session.release() };
}
