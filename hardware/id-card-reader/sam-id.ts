/** Printed form of the 16 bytes that name a reader's security module (hardware.md 1.4). No personal data. */
export function samIdText(data: Uint8Array): string {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const number = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const series = `${number(bytes.readUInt16LE(0), 2)}.${number(bytes.readUInt16LE(2), 2)}`;
  const parts = [number(bytes.readUInt32LE(4), 8), number(bytes.readUInt32LE(8), 10)];
  return [series, ...parts, number(bytes.readUInt32LE(12), 10)].join('-');
}
