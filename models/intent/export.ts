import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';

import { columnsOf } from './train.ts';
import type { IntentShape, IntentWeights } from './train.ts';

const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx;
const { DataType } = TensorProto;
const { AttributeType } = AttributeProto;
const IR_VERSION = 8;
const OPSET = 17;

interface Quantised {
  table: Int8Array;
  scales: Float32Array;
}

/** Symmetric int8, one scale a column. */
function quantise({ table, columns }: IntentWeights): Quantised {
  const scales = new Float32Array(columns);
  for (let index = 0; index < table.length; index += 1) {
    const column = index % columns;
    scales[column] = Math.max(scales[column] ?? 0, Math.abs(table[index] ?? 0));
  }
  for (let column = 0; column < columns; column += 1) scales[column] = (scales[column] ?? 0) / 127 || 1 / 127;
  return {
    table: Int8Array.from(table, (value, index) => Math.round(value / (scales[index % columns] ?? 1))),
    scales,
  };
}

const bytes = (values: ArrayBufferView) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const tensor = (name: string, dataType: number, dims: number[], values: ArrayBufferView) => ({
  name,
  dataType,
  dims,
  rawData: bytes(values),
});

const integer = (name: string, value: number) => ({ name, type: AttributeType.INT, i: value });

const port = (name: string, elemType: number, dims: onnx.TensorShapeProto.IDimension[]) => ({
  name,
  type: { tensorType: { elemType, shape: { dim: dims } } },
});

/**
 * The trained model as an ONNX file (opset 17, int8 weights): `ids` (int64 [n]) and `scale` (float [1], 1/√n) in;
 * `answer` and `topic` (softmax, [1, n]) and `outside` (sigmoid, [1, 1]) out.
 */
export function encodeIntentModel(weights: IntentWeights, shape: IntentShape): Uint8Array {
  const columns = columnsOf(shape);
  const { table, scales } = quantise(weights);
  const model = {
    irVersion: IR_VERSION,
    producerName: 'yunling-legal-kiosk',
    opsetImport: [{ domain: '', version: OPSET }],
    graph: {
      name: 'intent',
      input: [
        port('ids', DataType.INT64, [{ dimParam: 'n' }]),
        port('scale', DataType.FLOAT, [{ dimValue: 1 }]),
      ],
      output: [
        port('answer', DataType.FLOAT, [{ dimValue: 1 }, { dimValue: shape.answers }]),
        port('topic', DataType.FLOAT, [{ dimValue: 1 }, { dimValue: shape.topics }]),
        port('outside', DataType.FLOAT, [{ dimValue: 1 }, { dimValue: 1 }]),
      ],
      initializer: [
        tensor('table', DataType.INT8, [shape.features.buckets, columns], table),
        tensor('scales', DataType.FLOAT, [columns], scales),
        tensor('zeros', DataType.INT8, [columns], new Int8Array(columns)),
        tensor('bias', DataType.FLOAT, [columns], weights.bias),
        tensor('rows_axis', DataType.INT64, [1], new BigInt64Array([0n])),
        tensor(
          'heads',
          DataType.INT64,
          [3],
          new BigInt64Array([BigInt(shape.answers), BigInt(shape.topics), 1n]),
        ),
      ],
      node: [
        { opType: 'Gather', input: ['table', 'ids'], output: ['rows_int8'], attribute: [integer('axis', 0)] },
        {
          opType: 'DequantizeLinear',
          input: ['rows_int8', 'scales', 'zeros'],
          output: ['rows'],
          attribute: [integer('axis', 1)],
        },
        {
          opType: 'ReduceSum',
          input: ['rows', 'rows_axis'],
          output: ['sum'],
          attribute: [integer('keepdims', 1)],
        },
        { opType: 'Mul', input: ['sum', 'scale'], output: ['mean'] },
        { opType: 'Add', input: ['mean', 'bias'], output: ['logits'] },
        {
          opType: 'Split',
          input: ['logits', 'heads'],
          output: ['answer_logits', 'topic_logits', 'outside_logit'],
          attribute: [integer('axis', 1)],
        },
        { opType: 'Softmax', input: ['answer_logits'], output: ['answer'], attribute: [integer('axis', 1)] },
        { opType: 'Softmax', input: ['topic_logits'], output: ['topic'], attribute: [integer('axis', 1)] },
        { opType: 'Sigmoid', input: ['outside_logit'], output: ['outside'] },
      ],
    },
  };
  return ModelProto.encode(ModelProto.fromObject(model)).finish();
}
