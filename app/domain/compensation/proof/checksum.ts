const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const BITS_64 = 0xffffffffffffffffn;

/** FNV-1a over UTF-8, 64 bits in hexadecimal. It finds slips and clumsy changes; it is no signature. */
export function checksum(text: string): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * PRIME) & BITS_64;
  return hash.toString(16).padStart(16, '0');
}

/** JSON with the fields of every object in order, so that the same content has one text. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
