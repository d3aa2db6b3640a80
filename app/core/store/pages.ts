/**
 * Reads table rows straight from the bytes of an SQLite file and its write-ahead log, page by page, without trusting
 * the tree above them: what is left of a damaged database. Rows come in no order, old versions included; the caller
 * must be able to tell a sound row from a broken one (journal rows carry their own hash).
 * Format: sqlite.org/fileformat2.html, sections 1.5, 1.6, 2.1 and 4.
 */
export type RecordValue = string | number | null;

const PAGE_SIZE = 4096;
const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const TABLE_LEAF = 0x0d;

/** Every row of every table leaf page; values as SQLite stored them (a rowid alias is null). Never throws. */
export function* scanRecords(file: Buffer, log: Buffer): Generator<RecordValue[]> {
  const latest = new Map<number, Buffer>();
  const versions: { number: number; page: Buffer }[] = [];
  for (let offset = 0; offset + PAGE_SIZE <= file.length; offset += PAGE_SIZE)
    versions.push({ number: offset / PAGE_SIZE + 1, page: file.subarray(offset, offset + PAGE_SIZE) });
  for (
    let offset = WAL_HEADER;
    offset + FRAME_HEADER + PAGE_SIZE <= log.length;
    offset += FRAME_HEADER + PAGE_SIZE
  )
    versions.push({
      number: log.readUInt32BE(offset),
      page: log.subarray(offset + FRAME_HEADER, offset + FRAME_HEADER + PAGE_SIZE),
    });
  for (const { number, page } of versions) latest.set(number, page);
  for (const { number, page } of versions) yield* leafRecords(page, number === 1 ? 100 : 0, latest);
}

function* leafRecords(
  page: Buffer,
  start: number,
  pages: ReadonlyMap<number, Buffer>,
): Generator<RecordValue[]> {
  if (page[start] !== TABLE_LEAF) return;
  const cells = Math.min(page.readUInt16BE(start + 3), PAGE_SIZE / 4);
  for (let index = 0; index < cells; index += 1) {
    try {
      const record = readCell(page, page.readUInt16BE(start + 8 + index * 2), pages);
      if (record !== null) yield record;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
}

function readCell(page: Buffer, offset: number, pages: ReadonlyMap<number, Buffer>): RecordValue[] | null {
  const size = readVarint(page, offset);
  const rowId = readVarint(page, size.end);
  const payload = readPayload(page, rowId.end, size.value, pages);
  return payload === null ? null : readRecord(payload);
}

/** A long row keeps its tail on a chain of overflow pages. */
function readPayload(
  page: Buffer,
  start: number,
  size: number,
  pages: ReadonlyMap<number, Buffer>,
): Buffer | null {
  if (size <= PAGE_SIZE - 35) return start + size <= page.length ? page.subarray(start, start + size) : null;
  if (size > 1_000_000) return null;
  const least = Math.floor(((PAGE_SIZE - 12) * 32) / 255) - 23;
  const wanted = least + ((size - least) % (PAGE_SIZE - 4));
  const local = wanted <= PAGE_SIZE - 35 ? wanted : least;
  const parts = [page.subarray(start, start + local)];
  let left = size - local;
  let next = page.readUInt32BE(start + local);
  while (left > 0) {
    const overflow = pages.get(next);
    if (overflow === undefined) return null;
    const part = overflow.subarray(4, 4 + Math.min(left, PAGE_SIZE - 4));
    parts.push(part);
    left -= part.length;
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function readRecord(payload: Buffer): RecordValue[] | null {
  const header = readVarint(payload, 0);
  const values: RecordValue[] = [];
  let type = header.end;
  let body = header.value;
  while (type < header.value) {
    const serial = readVarint(payload, type);
    type = serial.end;
    const length = serialLength(serial.value);
    if (length === null || body + length > payload.length) return null;
    values.push(readValue(payload, body, serial.value, length));
    body += length;
  }
  return values;
}

const INTEGER_LENGTHS = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function serialLength(serial: number): number | null {
  return serial < 12 ? (INTEGER_LENGTHS[serial] ?? null) : Math.floor((serial - 12) / 2);
}

function readValue(payload: Buffer, at: number, serial: number, length: number): RecordValue {
  if (serial === 0) return null;
  if (serial >= 12) return payload.toString('utf8', at, at + length);
  if (serial === 7) return payload.readDoubleBE(at);
  if (serial >= 8) return serial - 8;
  return length === 8 ? Number(payload.readBigInt64BE(at)) : payload.readIntBE(at, length);
}

function readVarint(buffer: Buffer, start: number): { value: number; end: number } {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = buffer.readUInt8(start + index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  return { value: value * 256 + buffer.readUInt8(start + 8), end: start + 9 };
}
