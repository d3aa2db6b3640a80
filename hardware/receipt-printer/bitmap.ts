/** One-bit picture as the printer wants it: rows of whole bytes, the leftmost dot in the highest bit, 1 is black. */
export interface Bitmap {
  width: number;
  height: number;
  rows: Uint8Array;
}

/** White picture; the width is rounded up to whole bytes. */
export function emptyBitmap(width: number, height: number): Bitmap {
  const whole = Math.ceil(width / 8) * 8;
  return { width: whole, height, rows: new Uint8Array((whole / 8) * height) };
}

/** Sets one dot black; dots outside are ignored. */
export function setDot(bitmap: Bitmap, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return;
  const at = y * (bitmap.width / 8) + (x >> 3);
  bitmap.rows[at] = (bitmap.rows[at] ?? 0) | (0x80 >> (x & 7));
}

/** Whether the dot is black. */
export function dotAt(bitmap: Bitmap, x: number, y: number): boolean {
  return ((bitmap.rows[y * (bitmap.width / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}
