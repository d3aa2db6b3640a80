import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';

const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx;
const { DataType } = TensorProto;
const IR_VERSION = 8;
const OPSET = 17;
const NORM_EPSILON = 1e-9;

/** Weights of an encoder: one row of `width` numbers a bucket, and how much each bucket counts, as a logarithm. */
export interface EncoderWeights {
  width: number;
  table: Float32Array;
  gates: Float32Array;
}

const bytes = (values: ArrayBufferView) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const tensor = (name: string, dataType: number, dims: number[], values: ArrayBufferView) => ({
  name,
  dataType,
  dims,
  rawData: bytes(values),
});

const port = (name: string, elemType: number, dims: onnx.TensorShapeProto.IDimension[]) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: dims } } },
});

/** Symmetric int8, one scale a row; the gates are folded into the scales. */
function quantise({ width, table, gates }: EncoderWeights): { bytes: Int8Array; scales: Float32Array } {
  const quantised = new Int8Array(table.length);
  const scales = new Float32Array(gates.length);
  gates.forEach((gate, row) => {
    const values = table.subarray(row * width, (row + 1) * width);
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9) / 127;
    quantised.set(
      values.map((value) => Math.round(value / scale)),
      row * width,
    );
    scales[row] = scale * Math.exp(gate);
  });
  return { bytes: quantised, scales };
}

/**
 * The encoder as an ONNX file (opset 17, int8 weights): `rows` (int64 [n], n > 0) and `weights` (float [n]) in, `vector`
 * (float [width], of length 1) out.
 */
export function encodeEncoderModel(weights: EncoderWeights): Uint8Array {
  const { width, gates } = weights;
  const { bytes: table, scales } = quantise(weights);
  const gather = (data: string, output: string) => ({
    opType: 'Gather',
    input: [data, 'rows'],
    output: [output],
    attribute: [{ name: 'axis', type: AttributeProto.AttributeType.INT, i: 0 }],
  });
  const model = {
    irVersion: IR_VERSION,
    producerName: 'yunling-legal-kiosk',
    opsetImport: [{ domain: '', version: OPSET }],
    graph: {
      name: 'encoder',
      input: [
        port('rows', DataType.INT64, [{ dimParam: 'n' }]),
        port('weights', DataType.FLOAT, [{ dimParam: 'n' }]),
      ],
      output: [port('vector', DataType.FLOAT, [{ dimValue: width }])],
      initializer: [
        tensor('table', DataType.INT8, [gates.length, width], table),
        tensor('scales', DataType.FLOAT, [gates.length], scales),
        tensor('one_row', DataType.INT64, [2], BigInt64Array.from([1n, -1n])),
        tensor('flat', DataType.INT64, [1], BigInt64Array.from([-1n])),
        tensor('epsilon', DataType.FLOAT, [], Float32Array.from([NORM_EPSILON])),
      ],
      node: [
        gather('table', 'bytes'),
        gather('scales', 'row_scales'),
        {
          opType: 'Cast',
          input: ['bytes'],
          output: ['numbers'],
          attribute: [{ name: 'to', type: AttributeProto.AttributeType.INT, i: DataType.FLOAT }],
        },
        { opType: 'Mul', input: ['row_scales', 'weights'], output: ['shares'] },
        { opType: 'Reshape', input: ['shares', 'one_row'], output: ['share_row'] },
        { opType: 'MatMul', input: ['share_row', 'numbers'], output: ['sum'] },
        { opType: 'ReduceL2', input: ['sum'], output: ['length'] },
        { opType: 'Add', input: ['length', 'epsilon'], output: ['divisor'] },
        { opType: 'Div', input: ['sum', 'divisor'], output: ['unit'] },
        { opType: 'Reshape', input: ['unit', 'flat'], output: ['vector'] },
      ],
    },
  };
  return ModelProto.encode(ModelProto.fromObject(model)).finish();
}
