import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ReceiptLine } from '../../app/domain/receipt/layout.ts';
import { slipSignature } from '../../tests/contract/devices.samples.ts';
import { emptyBitmap } from './bitmap.ts';
import { encodeReceipt, printLayout } from './encoder.ts';
import { shippedPrinterProfile } from './index.ts';
import { cellBytes, lineBytes } from './printer-text.ts';
import { cutMethods, qrMethods } from './profile.ts';
import { SimulatedPrinter } from './simulator.ts';

const hex = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString('hex').toUpperCase();
const text = (value: string): ReceiptLine => ({
  kind: 'text',
  text: value,
  scale: 1,
  bold: false,
  align: 'left',
});

function profileOf(name: string) {
  const profile = shippedPrinterProfile(name);
  if (!profile.ok) throw new Error(profile.failure);
  return profile.value;
}

describe('printer text', () => {
  it('is GB18030 in one or two bytes, never four', () => {
    expect(hex(lineBytes('公共法律服务', 'gb2312'))).toBe('B9ABB9B2B7A8C2C9B7FECEF1');
    for (const rare of ['𠮷', '㛃', 'é́', '🙂', 'ᦎ']) expect(cellBytes(rare, 'gbk')).toBeUndefined();
  });

  it('knows which fonts hold a character', () => {
    for (const extended of ['镕', '喆', '堃', '〇']) {
      expect(cellBytes(extended, 'gbk')).toHaveLength(2);
      expect(cellBytes(extended, 'gb2312')).toBeUndefined();
    }
    for (const common of ['元', '，', '□', '￥', '1', ' ', '·', '—'])
      expect(cellBytes(common, 'gb2312')).toBeDefined();
  });

  it('has the money sign right', () => {
    expect(hex(cellBytes('¥', 'gb2312'))).toBe('A3A4');
    expect(hex(cellBytes('€', 'gbk'))).toBe('A2E3');
    expect(cellBytes('€', 'gb2312')).toBeUndefined();
  });
});

const profile = profileOf('generic-80mm');

describe('encoded slip', () => {
  it('begins with initialising and Chinese mode and ends with the cut', () => {
    const bytes = Buffer.concat(encodeReceipt([text('公')], profile));
    expect(hex(bytes.subarray(0, 8))).toBe('1B401C261C530000');
    expect(hex(bytes.subarray(-4))).toBe('1D564200');
    expect(hex(Buffer.concat(encodeReceipt([], profileOf('masung-ms-ep'))).subarray(-3))).toBe('1D5601');
  });

  it('stores a native code as it is, and draws one with control bytes in it', () => {
    const native = profileOf('epson-tm-t88');
    const data = 'https://example.invalid/t/A012';
    const stored = hex(Buffer.concat(encodeReceipt([{ kind: 'qr', data }], native)));
    expect(stored).toContain(
      `1D286B${(data.length + 3).toString(16)}00315030${hex(Buffer.from(data))}1D286B0300315130`.toUpperCase(),
    );
    const drawn = hex(Buffer.concat(encodeReceipt([{ kind: 'qr', data: 'a\x10\x04\x01' }], native)));
    expect(drawn).not.toContain('100401');
    expect(drawn).toContain('1D7630');
  });

  it.each(qrMethods)('has its code printed by the printer that knows the method: %s', (qr) => {
    const data = 'https://example.invalid/t/A012';
    const printer = new SimulatedPrinter();
    printer.receive(Buffer.concat(encodeReceipt([{ kind: 'qr', data }, text('after')], { ...profile, qr })));
    expect(slipSignature(printer.slips()[0])).toEqual([`qr ${data}`, '1 plain left after']);
  });

  it.each(cutMethods)('is cut off by the printer that knows the method: %s', (cut) => {
    const printer = new SimulatedPrinter();
    printer.receive(Buffer.concat(encodeReceipt([text('one')], { ...profile, cut })));
    printer.receive(Buffer.concat(encodeReceipt([text('two')], { ...profile, cut })));
    printer.mouth.eject();
    expect(printer.slips()).toMatchObject([{ cut: cut !== 'tear-bar' }, { cut: cut !== 'tear-bar' }]);
  });

  it('holds no real-time command, whatever the picture', () => {
    const pictures = fc.uint8Array({ minLength: 64, maxLength: 64 });
    const tempting = fc.constantFrom([0x10, 0x04, 0x01], [0x10, 0x14, 0x08], [0x10, 0x05, 0x01]);
    fc.assert(
      fc.property(pictures, tempting, fc.nat(60), (bytes, temptation, at) => {
        const picture = { ...emptyBitmap(64, 8), rows: Uint8Array.from(bytes) };
        picture.rows.set(temptation, at);
        const sent = hex(Buffer.concat(encodeReceipt([text('𠮷')], profile, () => picture)))!;
        const pairs = sent.match(/../g)!.join(' ');
        expect(pairs).not.toMatch(/10 04 0[1-5]|10 14|10 05/);
      }),
      { numRuns: 300 },
    );
  });

  it('is as long as the layout says', () => {
    const layout = printLayout(
      {
        title: '',
        blocks: [
          { kind: 'title', text: '标题' },
          { kind: 'text', text: '一行' },
        ],
      },
      profile,
    );
    expect(layout).toMatchObject({ widthMm: 80, lengthMm: 7 + 4 + 20 });
  });
});

describe('simulated printer', () => {
  it('survives any bytes in any pieces', () => {
    const chunk = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 5 }), (chunks) => {
        const printer = new SimulatedPrinter();
        for (const bytes of chunks) printer.receive(bytes);
        printer.slips();
      }),
    );
  });

  it('breaks lines that are too wide, as paper does', () => {
    const printer = new SimulatedPrinter({ columns: 32 });
    printer.receive(Buffer.concat(encodeReceipt([text('-'.repeat(48))], profile)));
    expect(printer.slips()[0]?.lines).toHaveLength(2);
  });
});
