import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';

import type { ClassModel } from './classes.ts';
import type { MattersShape } from './matters.ts';
import type { LinearWeights } from './linear.ts';
import type { Network } from './network.ts';
import { quantiseRows } from './quantised.ts';
import type { QuantisedRows } from './quantised.ts';
import type { IntentShape } from './train.ts';

const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx;
const { DataType } = TensorProto;
const { AttributeType } = AttributeProto;
const IR_VERSION = 8;
const OPSET = 17;
const CLASS_IDS = 'class_ids';

/** Symmetric int8, one scale a column. */
function quantise({ table, columns }: LinearWeights): QuantisedRows {
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

/** A linear table and its heads: rows gathered, summed, scaled and split. All names begin with `name`. */
function branch(name: string, weights: LinearWeights, buckets: number, heads: readonly number[]) {
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

/** Rows are stored by column; a matrix product wants them by place. */
function transposed(heads: Float32Array, columns: number, width: number): Float32Array {
  const result = new Float32Array(heads.length);
  for (let column = 0; column < columns; column += 1)
    for (let place = 0; place < width; place += 1)
      result[place * columns + column] = heads[column * width + place] ?? 0;
  return result;
}

/** A network: the sum of a text's rows, made length 1, times the heads. */
function networkBranch(name: string, { shape, rows, heads }: Network) {
  const { buckets, width, columns } = shape;
  const { table, scales } = quantiseRows(rows, width);
  const own = (part: string) => `${name}_${part}`;
  const gather = (data: string, output: string) => ({
    opType: 'Gather',
    input: [own(data), 'ids'],
    output: [own(output)],
    attribute: [integer('axis', 0)],
  });
  const initializer = [
    tensor(own('table'), DataType.INT8, [buckets, width], table),
    tensor(own('scales'), DataType.FLOAT, [buckets], scales),
    tensor(own('heads'), DataType.FLOAT, [width, columns], transposed(heads, columns, width)),
  ];
  const node = [
    gather('table', 'bytes'),
    gather('scales', 'row_scales'),
    {
      opType: 'Cast',
      input: [own('bytes')],
      output: [own('numbers')],
      attribute: [integer('to', DataType.FLOAT)],
    },
    { opType: 'Reshape', input: [own('row_scales'), 'one_row'], output: [own('shares')] },
    { opType: 'MatMul', input: [own('shares'), own('numbers')], output: [own('sum')] },
    { opType: 'ReduceL2', input: [own('sum')], output: [own('length')] },
    { opType: 'Add', input: [own('length'), 'epsilon'], output: [own('divisor')] },
    { opType: 'Div', input: [own('sum'), own('divisor')], output: [own('unit')] },
    { opType: 'MatMul', input: [own('unit'), own('heads')], output: [own('logits')] },
  ];
  return { initializer, node, output: own('logits') };
}

/** Public classes: the sum of a text's rows, each as much as it tells, divided by how much they tell together. */
function classBranch(name: string, { classes, features, table: values, importance }: ClassModel) {
  const columns = classes.length + 1;
  const { table, scales } = quantiseRows(values, columns);
  const own = (part: string) => `${name}_${part}`;
  const gather = (data: string, output: string) => ({
    opType: 'Gather',
    input: [own(data), CLASS_IDS],
    output: [own(output)],
    attribute: [integer('axis', 0)],
  });
  const weighed = scales.map((scale, row) => scale * (importance[row] ?? 0));
  const initializer = [
    tensor(own('table'), DataType.INT8, [features.buckets, columns], table),
    tensor(own('scales'), DataType.FLOAT, [features.buckets], weighed),
    tensor(own('importance'), DataType.FLOAT, [features.buckets], importance),
  ];
  const node = [
    gather('table', 'bytes'),
    gather('scales', 'row_scales'),
    gather('importance', 'row_importance'),
    {
      opType: 'Cast',
      input: [own('bytes')],
      output: [own('numbers')],
      attribute: [integer('to', DataType.FLOAT)],
    },
    { opType: 'Reshape', input: [own('row_scales'), 'one_row'], output: [own('shares')] },
    { opType: 'MatMul', input: [own('shares'), own('numbers')], output: [own('sum')] },
    { opType: 'ReduceL2', input: [own('row_importance')], output: [own('length')] },
    { opType: 'Add', input: [own('length'), 'epsilon'], output: [own('divisor')] },
    { opType: 'Div', input: [own('sum'), own('divisor')], output: [own('logits')] },
  ];
  return { initializer, node, output: own('logits') };
}

/**
 * The trained model as an ONNX file (opset 17, int8 weights). In: `ids` (int64 [n]), `scale` (float [1], 1/√n), and
 * `class_ids` (int64 [m]), the buckets by the classes' own settings. Out, each a softmax of [1, columns]: `answer` of a
 * network, the last column "outside"; `matter` and `need` of one linear table; `class` of the table of public classes.
 */
export function encodeIntentModel(
  intent: { network: Network; shape: IntentShape },
  matters: { weights: LinearWeights; shape: MattersShape },
  classes: ClassModel,
): Uint8Array {
  const { answers } = intent.shape;
  const { topics, needs, features } = matters.shape;
  const answer = networkBranch('intent', intent.network);
  const linear = branch('matters', matters.weights, features.buckets, [topics, needs]);
  const publicClass = classBranch('classes', classes);
  const output = (name: string, columns: number) =>
    port(name, DataType.FLOAT, [{ dimValue: 1 }, { dimValue: columns }]);
  const softmax = (input: string | undefined, name: string) => ({
    opType: 'Softmax',
    input: [input ?? ''],
    output: [name],
    attribute: [integer('axis', 1)],
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
        port(CLASS_IDS, DataType.INT64, [{ dimParam: 'm' }]),
      ],
      output: [
        output('answer', answers + 1),
        output('matter', topics),
        output('need', needs),
        output('class', classes.classes.length + 1),
      ],
      initializer: [
        ...answer.initializer,
        ...linear.initializer,
        ...publicClass.initializer,
        tensor('rows_axis', DataType.INT64, [1], new BigInt64Array([0n])),
        tensor('one_row', DataType.INT64, [2], BigInt64Array.from([1n, -1n])),
        tensor('epsilon', DataType.FLOAT, [], Float32Array.from([1e-6])),
      ],
      node: [
        ...answer.node,
        ...linear.node,
        ...publicClass.node,
        softmax(answer.output, 'answer'),
        softmax(linear.outputs[0], 'matter'),
        softmax(linear.outputs[1], 'need'),
        softmax(publicClass.output, 'class'),
      ],
    },
  };
  return ModelProto.encode(ModelProto.fromObject(model)).finish();
}
