/** Bytes of parameters after a two-byte command; what is not listed here is taken for a command without parameters. */
const parameters: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  0x1b: {
    ...{
      0x21: 1,
      0x24: 2,
      0x2d: 1,
      0x33: 1,
      0x42: 2,
      0x45: 1,
      0x4a: 1,
      0x52: 1,
      0x5c: 2,
      0x61: 1,
      0x64: 1,
      0x74: 1,
    },
  },
  0x1d: { 0x21: 1, 0x42: 1, 0x49: 1, 0x4c: 2, 0x56: 1, 0x57: 2, 0x5a: 1, 0x61: 1, 0x72: 1 },
  0x1c: { 0x21: 1, 0x50: 4, 0x2d: 1, 0x43: 1, 0x53: 2, 0x57: 1 },
  0x10: { 0x04: 1, 0x05: 1, 0x14: 4 },
};

/** Length of the command or character at the start of `bytes`; undefined while its end has not come. */
export function commandLength(bytes: Uint8Array, chinese: boolean): number | undefined {
  const length = wantedLength(bytes, chinese);
  return length === undefined || length > bytes.length ? undefined : length;
}

function wantedLength(bytes: Uint8Array, chinese: boolean): number | undefined {
  const [first = 0, second, third] = bytes;
  if (first >= 0x81 && chinese) return 2;
  if (first === 0x13 && second === 0x50 && third === 0x48) return masungLength(bytes);
  const known = parameters[first];
  if (!known) return 1;
  if (second === undefined) return undefined;
  if (first === 0x1d && second === 0x76) return rasterLength(bytes);
  if (first === 0x1b && second === 0x5a) return bytes.length < 7 ? undefined : 7 + word(bytes, 5);
  if (first === 0x1d && second === 0x65)
    return third === undefined ? undefined : third === 0x20 ? 5 : third === 0x03 ? 4 : 3;
  if (first === 0x1d && second === 0x28) return bytes.length < 5 ? undefined : 5 + word(bytes, 3);
  if (first === 0x1d && second === 0x56)
    return third === undefined ? undefined : third === 65 || third === 66 ? 4 : 3;
  return 2 + (known[second] ?? 0);
}

/** The codes of MASUNG: the data end with a zero. */
function masungLength(bytes: Uint8Array): number | undefined {
  const step = bytes[3];
  if (step === undefined) return undefined;
  if (step !== 4) return step === 5 ? 4 : 5;
  const end = bytes.indexOf(0, 4);
  return end < 0 ? undefined : end + 1;
}

function rasterLength(bytes: Uint8Array): number | undefined {
  return bytes.length < 8 ? undefined : 8 + word(bytes, 4) * word(bytes, 6);
}

/** Two bytes, low one first. */
export function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8);
}
