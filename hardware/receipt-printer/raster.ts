import type { Bitmap } from './bitmap.ts';

/** Bytes of one raster command, so that the printer can be asked in between. */
export const rasterBytes = 2000;

/** Raster commands (GS v 0) of a picture, split in slices. */
export function encodeRaster(picture: Bitmap): Uint8Array[] {
  const bitmap = withoutRealTimeCommands(picture);
  const rowBytes = bitmap.width / 8;
  const sliceRows = Math.max(8, Math.floor(rasterBytes / rowBytes));
  const slices: Uint8Array[] = [];
  for (let row = 0; row < bitmap.height; row += sliceRows) {
    const rows = Math.min(sliceRows, bitmap.height - row);
    slices.push(
      Buffer.concat([
        Buffer.from([0x1d, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8]),
        bitmap.rows.subarray(row * rowBytes, (row + rows) * rowBytes),
      ]),
    );
  }
  return slices;
}

/** Some firmware obeys 10 04 n and 10 14 even inside a picture: the picture is moved by a dot until it has none. */
function withoutRealTimeCommands(bitmap: Bitmap): Bitmap {
  let moved = bitmap;
  for (let dots = 0; dots < 8; dots += 1) {
    if (!hasRealTimeCommand(moved.rows)) return moved;
    moved = movedRight(moved);
  }
  return moved;
}

function hasRealTimeCommand(bytes: Uint8Array): boolean {
  return bytes.some((byte, at) => {
    const next = bytes[at + 1];
    if (byte !== 0x10 || next === undefined) return false;
    const third = bytes[at + 2] ?? 0;
    return (
      next === 0x14 || next === 0x05 || (next === 0x04 && ((third >= 1 && third <= 5) || third === 0x14))
    );
  });
}

/** Shifts by one dot; what leaves at the right edge comes in at the left of the same row, where both are margin. */
function movedRight(bitmap: Bitmap): Bitmap {
  const rowBytes = bitmap.width / 8;
  const rows = new Uint8Array(bitmap.rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const from = at % rowBytes === 0 ? at + rowBytes - 1 : at - 1;
    rows[at] = ((bitmap.rows[at] ?? 0) >> 1) | (((bitmap.rows[from] ?? 0) & 1) << 7);
  }
  return { ...bitmap, rows };
}
