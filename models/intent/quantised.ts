/** Numbers as bytes, each times the scale of its row. */
export interface QuantisedRows {
  table: Int8Array;
  scales: Float32Array;
}

/** Symmetric int8, one scale a row of `width` numbers. */
export function quantiseRows(values: Float32Array, width: number): QuantisedRows {
  const scales = Float32Array.from({ length: values.length / width }, (_, row) =>
    values
      .subarray(row * width, (row + 1) * width)
      .reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9),
  ).map((most) => most / 127);
  return {
    table: Int8Array.from(values, (value, index) =>
      Math.round(value / (scales[Math.floor(index / width)] ?? 1)),
    ),
    scales,
  };
}
