/** All values of a stream; `each` may act in between. */
export async function collect<Value>(
  stream: Promise<AsyncIterable<Value>>,
  each: (value: Value) => void = () => undefined,
): Promise<Value[]> {
  const values: Value[] = [];
  for await (const value of await stream) {
    values.push(value);
    each(value);
  }
  return values;
}
