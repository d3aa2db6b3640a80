import iconv from 'iconv-lite';

import { cellColumns, receiptCells } from '../../app/domain/receipt/layout.ts';
import type { PrinterProfile } from './profile.ts';

/** Characters whose common form no printer font holds, and the form that all hold. */
const substitutes: Readonly<Record<string, string>> = { '¥': '￥', '\u00A0': ' ', '–': '—', '•': '·' };

const geta = Buffer.from([0xa1, 0xfe]);

/** Stands for a character that can neither be printed nor drawn. */
export function gapFor(cell: string, { fontRom }: PrinterProfile): Buffer {
  return fontRom === 'ascii' ? Buffer.from('?'.repeat(cellColumns(cell))) : geta;
}

/**
 * GB18030 bytes of one cell, or undefined where the printer's font lacks it: four-byte codes print as garbage on most
 * firmware, and a GB2312 font has nothing outside its own zone.
 */
export function cellBytes(cell: string, fontRom: PrinterProfile['fontRom']): Buffer | undefined {
  const character = substitutes[cell] ?? cell;
  const bytes = iconv.encode(character, 'gb18030');
  const [lead = 0, trail = 0] = bytes;
  if (bytes.length === 1) return lead < 0x80 ? bytes : undefined;
  if (bytes.length !== 2 || fontRom === 'ascii') return undefined;
  return fontRom === 'gbk' || inGb2312(lead, trail) ? bytes : undefined;
}

/** GB18030 bytes of a line, or undefined when a cell of it has to be drawn. */
export function lineBytes(text: string, fontRom: PrinterProfile['fontRom']): Buffer | undefined {
  const cells: Buffer[] = [];
  for (const cell of receiptCells(text)) {
    const bytes = cellBytes(cell, fontRom);
    if (!bytes) return undefined;
    cells.push(bytes);
  }
  return Buffer.concat(cells);
}

function inGb2312(lead: number, trail: number): boolean {
  if (trail < 0xa1 || (lead === 0xa2 && trail >= 0xe3 && trail <= 0xe4)) return false;
  return (lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7);
}
