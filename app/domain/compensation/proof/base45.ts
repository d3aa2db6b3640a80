/** RFC 9285: bytes in the 45 characters that a QR code packs densest. Exactly one text for any bytes. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const digits = (value: number, count: number): string =>
  Array.from({ length: count }, (_, place) => ALPHABET[Math.floor(value / 45 ** place) % 45]).join('');

export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second] = [bytes[at], bytes[at + 1]];
    text += second === undefined ? digits(first, 2) : digits(first * 256 + second, 3);
  }
  return text;
}

/** `null` for a text that no bytes have. */
export function decodeBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const places = [...text.slice(at, at + 3)].map((character) => ALPHABET.indexOf(character));
    if (places.includes(-1)) return null;
    const value = places.reduceRight((sum, place) => sum * 45 + place, 0);
    if (value > (places.length === 3 ? 0xffff : 0xff)) return null;
    bytes.push(...(places.length === 3 ? [value >> 8, value & 0xff] : [value]));
  }
  return Uint8Array.from(bytes);
}
