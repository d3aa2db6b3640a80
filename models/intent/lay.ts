import { z } from 'zod';

import type { Network } from './network.ts';

const LAY_FORMAT = 1;

/**
 * What a topic sounds like to lay people and in the statutes, learned once (`tools/train-topics.ts`): numbers only.
 * The last column is "outside".
 */
const layFile = z.object({
  format: z.literal(LAY_FORMAT),
  /** Topic codes by column. */
  topics: z.array(z.string()),
  buckets: z.number().int().positive(),
  width: z.number().int().positive(),
  /** Rows as bytes, each times its scale; base64. */
  rows: z.base64(),
  scales: z.base64(),
  heads: z.base64(),
});

const floatsOf = (text: string) => {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};
const textOf = (values: ArrayBufferView) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

/** The network as the text of a file. */
export function writeLayNetwork({ shape, rows, heads }: Network, topics: readonly string[]): string {
  const { buckets, width } = shape;
  const scales = Float32Array.from(
    { length: buckets },
    (_, row) =>
      rows
        .subarray(row * width, (row + 1) * width)
        .reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127,
  );
  const bytes = Int8Array.from(rows, (value, index) => {
    const scale = scales[Math.floor(index / width)] ?? 0;
    return scale === 0 ? 0 : Math.round(value / scale);
  });
  return `${JSON.stringify({
    format: LAY_FORMAT,
    topics,
    buckets,
    width,
    rows: textOf(bytes),
    scales: textOf(scales),
    heads: textOf(heads),
  })}\n`;
}

/** Reads it back with its columns in the order of `topics`; one that it never heard of gets no score. Throws on nonsense. */
export function readLayNetwork(text: string, topics: readonly string[]): Network {
  const file = layFile.parse(JSON.parse(text));
  const { buckets, width } = file;
  const scales = floatsOf(file.scales);
  const heads = floatsOf(file.heads);
  const bytes = Buffer.from(file.rows, 'base64');
  const rows = Float32Array.from(
    { length: buckets * width },
    (_, index) => bytes.readInt8(index) * (scales[Math.floor(index / width)] ?? 0),
  );
  const columns = [...topics.map((code) => file.topics.indexOf(code)), file.topics.length];
  const arranged = new Float32Array(columns.length * width);
  columns.forEach((column, place) => {
    if (column >= 0) arranged.set(heads.subarray(column * width, (column + 1) * width), place * width);
  });
  return { shape: { buckets, width, columns: columns.length }, rows, heads: arranged };
}
