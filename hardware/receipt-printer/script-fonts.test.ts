import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { layoutReceipt, receiptCells } from '../../app/domain/receipt/layout.ts';
import { openTypeOf } from '../../tools/bundle/woff.ts';
import type { Bitmap } from './bitmap.ts';
import { dotAt } from './bitmap.ts';
import { encodeReceipt, printLayout } from './encoder.ts';
import { findLineArtist } from './index.ts';
import type { LineArtist } from './glyphs.ts';
import { shippedPrinterProfile } from './profile.ts';
import { scriptFonts } from './script-fonts.ts';
import { SimulatedPrinter } from './simulator.ts';

const root = join(import.meta.dirname, '../..');
const woffOf = (source: string): Buffer => readFileSync(join(root, 'node_modules', source));

let folder: string;
let files: string[];
let draw: LineArtist;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'script-fonts-'));
  files = scriptFonts.map(({ source, file }) => {
    const path = join(folder, file);
    writeFileSync(path, openTypeOf(woffOf(source)));
    return path;
  });
  draw = findLineArtist(files)!;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Two words of each script, the second with the highest stacks or the widest letters. */
const words: Readonly<Record<string, readonly [string, string]>> = {
  Yi: ['ꆈꌠ', 'ꁱꂷꀉꑌ'],
  Tibetan: ['བོད་ཡིག', 'རྒྱུན་བསྒྲུབས་ཧཱུྃ'],
  'New Tai Lue': ['ᦅᦱ', 'ᦵᦙᦲᧃᦷᦎᧁ'],
  'Tai Le': ['ᥖᥭᥰ', 'ᥘᥫᥴ'],
  'Tai Tham': ['ᨾᩮᩬᩥᨦ', 'ᨣᩥ᩠ᨶᨲᩫ᩠ᩅ'],
  Lisu: ['ꓡꓲ', 'ꓢꓴꓕꓬ'],
  Miao: ['𖼀𖽔', '𖼊𖽡'],
  Myanmar: ['မြန်မာ', 'ကျွန်ုပ်ဤ'],
};
const plain = { scale: 1, bold: false } as const;

/** Rows and columns of the outermost black dots. */
function inkBox(bitmap: Bitmap): { top: number; bottom: number; right: number } {
  const box = { top: bitmap.height, bottom: -1, right: -1 };
  for (let y = 0; y < bitmap.height; y += 1) {
    for (let x = 0; x < bitmap.width; x += 1) {
      if (!dotAt(bitmap, x, y)) continue;
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      box.right = Math.max(box.right, x);
    }
  }
  return box;
}

describe.each(scriptFonts.map(({ family }) => family.replace(/^Noto (Sans|Serif) /, '')))('%s', (script) => {
  it('is drawn with a font of its own, nothing cut off', () => {
    const [first, second] = words[script]!;
    const [one, two] = [draw(first, plain)!, draw(second, plain)!];
    expect(Buffer.from(one.rows).equals(Buffer.from(two.rows))).toBe(false);
    for (const bitmap of [one, two]) {
      const { top, bottom, right } = inkBox(bitmap);
      expect(top).toBeGreaterThan(0);
      expect(bottom).toBeLessThan(bitmap.height - 1);
      expect(right).toBeLessThan(bitmap.width - 1);
    }
    // Without its font every letter would be the same mark.
    const others = findLineArtist(
      files.filter((_, at) => scriptFonts[at]?.family.endsWith(script) !== true),
    )!;
    expect(Buffer.from(others(first, plain)?.rows ?? []).equals(Buffer.from(one.rows))).toBe(false);
  });
});

it('prints a line of Tibetan beside Chinese as one picture, and says how long the slip is', () => {
  const profile = shippedPrinterProfile('generic-80mm');
  if (!profile.ok) throw new Error(profile.failure);
  const document = (text: string) => ({ title: '热线', blocks: [{ kind: 'text', text } as const] });
  const tibetan = document('藏语热线 བོད་སྐད 12348');
  const device = new SimulatedPrinter();
  for (const piece of encodeReceipt(layoutReceipt(tibetan, 48), profile.value, draw)) device.receive(piece);
  const [slip] = device.slips();
  expect(slip?.lines).toMatchObject([{ kind: 'raster', height: 48 + profile.value.lineDots - 24 }]);
  const longer =
    printLayout(tibetan, profile.value).lengthMm - printLayout(document('藏语'), profile.value).lengthMm;
  expect(longer).toBe(3);
});

it('takes stacks and signs for one cell each, and breaks lines between them', () => {
  expect(receiptCells('བསྒྲུབས')).toEqual(['བ', 'སྒྲུ', 'བ', 'ས']);
  const text = words['Tibetan']![1].repeat(12);
  const lines = layoutReceipt({ title: '', blocks: [{ kind: 'text', text }] }, 32);
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines)
    expect(line.kind === 'text' && draw(line.text, plain)!.width).toBeLessThanOrEqual(384);
});

it('refuses a damaged font file', () => {
  expect(() => openTypeOf(Buffer.from('not a font at all'))).toThrow('not a WOFF file');
  const damaged = Buffer.from(woffOf(scriptFonts[0]!.source));
  damaged.fill(0, damaged.length / 2);
  expect(() => openTypeOf(damaged)).toThrow();
});
