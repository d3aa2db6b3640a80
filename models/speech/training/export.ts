import onnxProto from 'onnx-proto';

import { FEATURE_SCALE } from './learn.ts';
import { FEATURES } from './features.ts';
import { viewOf } from './network.ts';
import type { Layer } from './network.ts';

const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx;
const { DataType } = TensorProto;

type Nodes = { opType: string; input: string[]; output: string[]; attribute?: object[] }[];
type Tensors = { name: string; dataType: number; dims: number[]; rawData: Uint8Array }[];

const bytes = (values: ArrayBufferView) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
const numbers = (name: string, values: readonly number[]) => ({
  name,
  type: AttributeProto.AttributeType.INTS,
  ints: values,
});
const number = (name: string, value: number) => ({ name, type: AttributeProto.AttributeType.INT, i: value });
const floats = (name: string, dims: number[], values: Float32Array) => ({
  name,
  dataType: DataType.FLOAT,
  dims,
  rawData: bytes(values),
});
const wholes = (name: string, dims: number[], values: readonly number[]) => ({
  name,
  dataType: DataType.INT64,
  dims,
  rawData: bytes(BigInt64Array.from(values, BigInt)),
});
const port = (name: string, elemType: number, dims: readonly (number | string)[]) => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: dims.map((dim) => (typeof dim === 'number' ? { dimValue: dim } : { dimParam: dim })) },
    },
  },
});

/** A layer's weights as ONNX wants them: [to, from, taps]. */
function convolution({ shape, weights }: Layer): Float32Array {
  const { taps, from, to } = shape;
  const turned = new Float32Array(weights.length);
  for (let tap = 0; tap < taps; tap += 1)
    for (let input = 0; input < from; input += 1)
      for (let output = 0; output < to; output += 1)
        turned[(output * from + input) * taps + tap] = weights[(tap * from + input) * to + output] as number;
  return turned;
}

/** Nodes from `features` ([n, FEATURES, frames], as the engine computes them) to `log_probs` ([n, rows, units]). */
function network(layers: readonly Layer[]): { nodes: Nodes; tensors: Tensors } {
  const nodes: Nodes = [
    { opType: 'Sub', input: ['features', 'mean'], output: ['centred'] },
    { opType: 'Div', input: ['centred', 'spread'], output: ['layer_0'] },
  ];
  const tensors: Tensors = [
    floats('mean', [], Float32Array.of(FEATURE_SCALE.mean)),
    floats('spread', [], Float32Array.of(FEATURE_SCALE.spread)),
    wholes('two', [1], [2]),
  ];
  layers.forEach((layer, at) => {
    const { shape, bias } = layer;
    const name = `layer_${at + 1}`;
    tensors.push(floats(`${name}_weights`, [shape.to, shape.from, shape.taps], convolution(layer)));
    tensors.push(floats(`${name}_bias`, [shape.to], bias));
    const steps: [string, string[], object[]][] = [
      [
        'Conv',
        [`layer_${at}`, `${name}_weights`, `${name}_bias`],
        [
          numbers('kernel_shape', [shape.taps]),
          numbers('strides', [shape.step]),
          numbers('dilations', [shape.spread]),
        ],
      ],
    ];
    if (shape.rectified) steps.push(['Relu', [], []]);
    let before = '';
    steps.forEach(([opType, input, attribute], place) => {
      const last = place === steps.length - 1 && !shape.residual;
      const output = last ? name : `${name}_${opType.toLowerCase()}`;
      nodes.push({ opType, input: place === 0 ? input : [before], output: [output], attribute });
      before = output;
    });
    if (shape.residual) {
      const edge = (shape.taps >> 1) * shape.spread;
      tensors.push(wholes(`${name}_start`, [1], [edge]), wholes(`${name}_end`, [1], [-edge]));
      nodes.push({
        opType: 'Slice',
        input: [`layer_${at}`, `${name}_start`, `${name}_end`, 'two'],
        output: [`${name}_beside`],
      });
      nodes.push({ opType: 'Add', input: [before, `${name}_beside`], output: [name] });
    }
  });
  nodes.push({
    opType: 'Transpose',
    input: [`layer_${layers.length}`],
    output: ['scores'],
    attribute: [numbers('perm', [0, 2, 1])],
  });
  nodes.push({
    opType: 'LogSoftmax',
    input: ['scores'],
    output: ['log_probs'],
    attribute: [number('axis', -1)],
  });
  return { nodes, tensors };
}

interface Graph {
  inputs: object[];
  outputs: object[];
  nodes: Nodes;
  tensors: Tensors;
  metadata: Readonly<Record<string, string | number>>;
}

function encode({ inputs, outputs, nodes, tensors, metadata }: Graph): Uint8Array {
  const model = {
    irVersion: 8,
    producerName: 'yunling-legal-kiosk',
    opsetImport: [{ domain: '', version: 17 }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value: String(value) })),
    graph: { name: 'speech', input: inputs, output: outputs, initializer: tensors, node: nodes },
  };
  return ModelProto.encode(ModelProto.fromObject(model)).finish();
}

const unitsIn = (layers: readonly Layer[]) => layers.at(-1)?.shape.to ?? 0;
/** Result rows that a streaming step gives: 160 ms. */
const ROWS_A_STEP = 4;

/**
 * The network as a streaming model of sherpa-onnx's kind `nemo_ctc`. It remembers nothing from step to step: each sees all
 * that it needs, and the memory the engine hands around stays empty.
 */
export function encodeStreamingModel(layers: readonly Layer[]): Uint8Array {
  const { width, step } = viewOf(layers.map(({ shape }) => shape));
  const { nodes, tensors } = network(layers);
  const units = unitsIn(layers);
  const memories = ['cache_last_channel', 'cache_last_time'];
  const small = [1, 1, 1, 1];
  return encode({
    inputs: [
      port('features', DataType.FLOAT, ['n', FEATURES, 'frames']),
      port('length', DataType.INT64, ['n']),
      ...memories.map((name) => port(name, DataType.FLOAT, small)),
      port('cache_last_channel_len', DataType.INT64, ['n']),
    ],
    outputs: [
      port('log_probs', DataType.FLOAT, ['n', 'rows', units]),
      port('log_probs_len', DataType.INT64, ['n']),
      ...memories.map((name) => port(`${name}_next`, DataType.FLOAT, small)),
      port('cache_last_channel_len_next', DataType.INT64, ['n']),
    ],
    nodes: [
      ...nodes,
      { opType: 'Identity', input: ['length'], output: ['log_probs_len'] },
      ...memories.map((name) => ({ opType: 'Identity', input: [name], output: [`${name}_next`] })),
      { opType: 'Identity', input: ['cache_last_channel_len'], output: ['cache_last_channel_len_next'] },
    ],
    tensors,
    metadata: {
      model_type: 'EncDecCTCModelBPE',
      window_size: width + (ROWS_A_STEP - 1) * step,
      chunk_shift: ROWS_A_STEP * step,
      subsampling_factor: step,
      // The engine adds one for the blank.
      vocab_size: units - 1,
      ...Object.fromEntries(
        memories.flatMap((name) => [1, 2, 3].map((dimension) => [`${name}_dim${dimension}`, 1])),
      ),
      normalize_type: '',
    },
  });
}

/**
 * A model of `encodeStreamingModel` as one for whole utterances, of sherpa-onnx's kind `zipformer2_ctc`: the same weights behind
 * another door.
 */
export function asWholeModel(streaming: Uint8Array): Uint8Array {
  const model = ModelProto.decode(streaming);
  const { node, initializer, output } = model.graph ?? {};
  const property = (key: string) => Number(model.metadataProps.find((one) => one.key === key)?.value ?? 0);
  const step = property('subsampling_factor');
  const width = property('window_size') - (ROWS_A_STEP - 1) * step;
  return encode({
    inputs: [port('x', DataType.FLOAT, ['n', 'frames', FEATURES]), port('x_lens', DataType.INT64, ['n'])],
    outputs: (output ?? []).slice(0, 2),
    nodes: [
      { opType: 'Transpose', input: ['x'], output: ['features'], attribute: [numbers('perm', [0, 2, 1])] },
      ...((node ?? []).filter(({ opType }) => opType !== 'Identity') as Nodes),
      { opType: 'Sub', input: ['x_lens', 'unseen'], output: ['seen'] },
      { opType: 'Div', input: ['seen', 'step'], output: ['rows_before'] },
      { opType: 'Add', input: ['rows_before', 'one'], output: ['log_probs_len'] },
    ],
    tensors: [
      ...((initializer ?? []) as Tensors),
      wholes('unseen', [1], [width]),
      wholes('step', [1], [step]),
      wholes('one', [1], [1]),
    ],
    metadata: { model_type: 'zipformer2_ctc', version: '1' },
  });
}
