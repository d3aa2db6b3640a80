import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';

import type { MattersShape } from './matters.ts';
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

/** One weight table and its heads: rows gathered, summed, scaled and split. All names begin with `name`. */
function branch(name: string, weights: IntentWeights, buckets: number, heads: readonly number[]) {
  const { columns, bias } = weights;
  const { table, scales } = quantise(weights);
  const own = (part: string) => `${name}_${part}`;
  const outputs = heads.map((_, index) => own(`logits_${index}`));
  const initializer = [
    tensor(own('table'), DataType.INT8, [buckets, columns], table),
    tensor(own('scales'), DataType.FLOAT, [columns], scales),
    tensor(own('zeros'), DataType.INT8, [columns], new Int8Array(columns)),
    tensor(own('bias'), DataType.FLOAT, [columns], bias),
    tensor(own('heads'), DataType.INT64, [heads.length], BigInt64Array.from(heads, BigInt)),
  ];
  const node = [
    {
      opType: 'Gather',
      input: [own('table'), 'ids'],
      output: [own('rows_int8')],
      attribute: [integer('axis', 0)],
    },
    {
      opType: 'DequantizeLinear',
      input: [own('rows_int8'), own('scales'), own('zeros')],
      output: [own('rows')],
      attribute: [integer('axis', 1)],
    },
    {
      opType: 'ReduceSum',
      input: [own('rows'), 'rows_axis'],
      output: [own('sum')],
      attribute: [integer('keepdims', 1)],
    },
    { opType: 'Mul', input: [own('sum'), 'scale'], output: [own('mean')] },
    { opType: 'Add', input: [own('mean'), own('bias')], output: [own('all')] },
    {
      opType: 'Split',
      input: [own('all'), own('heads')],
      output: outputs,
      attribute: [integer('axis', 1)],
    },
  ];
  return { initializer, node, outputs };
}

/**
 * The trained model as an ONNX file (opset 17, int8 weights): `ids` (int64 [n]) and `scale` (float [1], 1/√n) in;
 * `answer`, `topic` (softmax, [1, n]) and `outside` (sigmoid, [1, 1]) of one table, `matter` and `need` (softmax,
 * [1, n]) of another out. The tables share no weight.
 */
export function encodeIntentModel(
  intent: { weights: IntentWeights; shape: IntentShape },
  matters: { weights: IntentWeights; shape: MattersShape },
): Uint8Array {
  const { answers, topics, features } = intent.shape;
  if (intent.weights.columns !== columnsOf(intent.shape)) throw new Error('weights and shape do not fit');
  const first = branch('intent', intent.weights, features.buckets, [answers, topics, 1]);
  const second = branch('matters', matters.weights, matters.shape.features.buckets, [
    matters.shape.topics,
    matters.shape.needs,
  ]);
  const output = (name: string, columns: number) =>
    port(name, DataType.FLOAT, [{ dimValue: 1 }, { dimValue: columns }]);
  const activate = (opType: string, input: string | undefined, name: string) => ({
    opType,
    input: [input ?? ''],
    output: [name],
    attribute: opType === 'Softmax' ? [integer('axis', 1)] : [],
  });
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
        output('answer', answers),
        output('topic', topics),
        output('outside', 1),
        output('matter', matters.shape.topics),
        output('need', matters.shape.needs),
      ],
      initializer: [
        ...first.initializer,
        ...second.initializer,
        tensor('rows_axis', DataType.INT64, [1], new BigInt64Array([0n])),
      ],
      node: [
        ...first.node,
        ...second.node,
        activate('Softmax', first.outputs[0], 'answer'),
        activate('Softmax', first.outputs[1], 'topic'),
        activate('Sigmoid', first.outputs[2], 'outside'),
        activate('Softmax', second.outputs[0], 'matter'),
        activate('Softmax', second.outputs[1], 'need'),
      ],
    },
  };
  return ModelProto.encode(ModelProto.fromObject(model)).finish();
}
