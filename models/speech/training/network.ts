import type { Random } from '../../intent/random.ts';
import type { Matrix, Products } from './products.ts';

/** One layer of time-delay network: `taps` rows, `spread` apart, give one; every `step`th is kept. */
export interface LayerShape {
  taps: number;
  step: number;
  spread: number;
  from: number;
  to: number;
  /** The input in the middle of the taps is added to the result. */
  residual: boolean;
  /** Negative results become zero. */
  rectified: boolean;
}

export interface Layer {
  shape: LayerShape;
  /** Row `tap · from + input`, column `output`. */
  weights: Float32Array;
  bias: Float32Array;
}

/** What a layer saw and gave, kept for the way back. */
interface Pass {
  columns: Matrix;
  output: Matrix;
}

const reach = ({ taps, spread }: LayerShape) => (taps - 1) * spread;

/** How many input rows one output row sees, and how many input rows lie between two output rows. */
export function viewOf(layers: readonly LayerShape[]): { width: number; step: number } {
  let width = 1;
  let step = 1;
  for (const layer of layers) {
    width += reach(layer) * step;
    step *= layer.step;
  }
  return { width, step };
}

/** Weights of a layer before it has learned anything. */
export function freshLayer(shape: LayerShape, random: Random): Layer {
  const inputs = shape.taps * shape.from;
  const scale = Math.sqrt(2 / inputs) * (shape.residual ? 0.5 : shape.rectified ? 1 : 0.1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return {
    shape,
    weights: Float32Array.from({ length: inputs * shape.to }, () => scale * normal()),
    bias: new Float32Array(shape.to),
  };
}

const weightMatrix = ({ shape, weights }: Layer): Matrix => ({
  rows: shape.taps * shape.from,
  columns: shape.to,
  values: weights,
});

const residualOffset = (shape: LayerShape) => (shape.taps >> 1) * shape.spread;

/** Rows that a layer sees, side by side. */
function unfold(input: Matrix, { taps, step, spread, from }: LayerShape): Matrix {
  const rows = Math.max(0, Math.floor((input.rows - (taps - 1) * spread - 1) / step) + 1);
  const values = new Float32Array(rows * taps * from);
  for (let row = 0; row < rows; row += 1) {
    for (let tap = 0; tap < taps; tap += 1) {
      const source = (row * step + tap * spread) * from;
      values.set(input.values.subarray(source, source + from), (row * taps + tap) * from);
    }
  }
  return { rows, columns: taps * from, values };
}

/** The way back of `unfold`: slopes of the rows that were seen, added up. */
function fold(slopes: Matrix, inputRows: number, { taps, step, spread, from }: LayerShape): Matrix {
  const values = new Float32Array(inputRows * from);
  for (let row = 0; row < slopes.rows; row += 1) {
    for (let tap = 0; tap < taps; tap += 1) {
      const target = (row * step + tap * spread) * from;
      const source = (row * taps + tap) * from;
      for (let at = 0; at < from; at += 1)
        values[target + at] = (values[target + at] as number) + (slopes.values[source + at] as number);
    }
  }
  return { rows: inputRows, columns: from, values };
}

async function pass(layer: Layer, input: Matrix, products: Products): Promise<Pass> {
  const { shape, bias } = layer;
  const columns = unfold(input, shape);
  const output = await products.plain(columns, weightMatrix(layer));
  const { values } = output;
  for (let row = 0, at = 0; row < output.rows; row += 1) {
    for (let channel = 0; channel < shape.to; channel += 1, at += 1) {
      const sum = (values[at] as number) + (bias[channel] as number);
      values[at] = shape.rectified && sum < 0 ? 0 : sum;
    }
  }
  return { columns, output };
}

/** Rectified branch and, where the layer has one, the input beside it. */
function withResidual({ shape }: Layer, input: Matrix, { output }: Pass): Matrix {
  if (!shape.residual) return output;
  const values = Float32Array.from(output.values);
  const offset = residualOffset(shape) * shape.from;
  for (let at = 0; at < values.length; at += 1)
    values[at] = (values[at] as number) + (input.values[offset + at] as number);
  return { ...output, values };
}

export interface Slopes {
  weights: Float32Array;
  bias: Float32Array;
}

/** Runs all rows through the network; `back` takes the slopes of the result and gives those of every layer. */
export async function run(
  layers: readonly Layer[],
  features: Matrix,
  products: Products,
): Promise<{ result: Matrix; back: (slopes: Matrix) => Promise<Slopes[]> }> {
  const inputs: Matrix[] = [];
  const passes: Pass[] = [];
  let result = features;
  for (const layer of layers) {
    inputs.push(result);
    const passed = await pass(layer, result, products);
    passes.push(passed);
    result = withResidual(layer, result, passed);
  }

  const back = async (slopesOfResult: Matrix): Promise<Slopes[]> => {
    let slopes = slopesOfResult;
    const all: Slopes[] = [];
    for (let number = layers.length - 1; number >= 0; number -= 1) {
      const layer = layers[number] as Layer;
      const { columns, output } = passes[number] as Pass;
      const branch = Float32Array.from(slopes.values);
      if (layer.shape.rectified) {
        for (let at = 0; at < branch.length; at += 1) if ((output.values[at] as number) <= 0) branch[at] = 0;
      }
      const branchSlopes = { ...slopes, values: branch };
      const bias = new Float32Array(layer.shape.to);
      for (let at = 0; at < branch.length;) {
        for (let channel = 0; channel < bias.length; channel += 1, at += 1)
          bias[channel] = (bias[channel] as number) + (branch[at] as number);
      }
      const { values: weights } = await products.leftTurned(columns, branchSlopes);
      all.unshift({ weights, bias });
      if (number === 0) break;
      const input = inputs[number] as Matrix;
      const seen = await products.rightTurned(branchSlopes, weightMatrix(layer));
      const before = fold(seen, input.rows, layer.shape);
      if (layer.shape.residual) {
        const offset = residualOffset(layer.shape) * layer.shape.from;
        for (let at = 0; at < slopes.values.length; at += 1)
          before.values[offset + at] = (before.values[offset + at] as number) + (slopes.values[at] as number);
      }
      slopes = before;
    }
    return all;
  };
  return { result, back };
}
