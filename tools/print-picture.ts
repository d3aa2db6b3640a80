import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { renderAsync } from '@resvg/resvg-js';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';

import { findHanFont, hanFontFamily } from '../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../hardware/receipt-printer/simulator.ts';
import type { Slip, SlipLine } from '../hardware/receipt-printer/slip.ts';

const columnDots = 12;
const lineDots = 32;
const marginDots = 28;
const nativeQrModuleDots = 6;

/** A slip as a PNG, one pixel per dot of the printer; `columns` is the width of the roll in ASCII characters. */
export async function slipPicture(slip: Slip, columns: number): Promise<Buffer> {
  const width = columns * columnDots;
  const parts: string[] = [];
  let y = marginDots;
  for (const line of slip.lines) {
    const drawn = drawLine(line, width, y);
    parts.push(drawn.svg);
    y += drawn.height;
  }
  const height = y + marginDots;
  const whole = width + 2 * marginDots;
  const edge = slip.cut ? '' : `<path d="${tornEdge(whole, height)}" fill="#d8d4cc"/>`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${whole}" height="${height}">` +
    `<rect width="100%" height="100%" fill="#fdfcf9"/>` +
    `<g transform="translate(${marginDots} 0)" font-family="${hanFontFamily}" fill="#1c1b1a">${parts.join('')}</g>${edge}</svg>`;
  const font = findHanFont();
  if (font === undefined)
    throw new Error('no Noto Sans CJK font here; install it (apt-get install fonts-noto-cjk)');
  const image = await renderAsync(svg, { font: { loadSystemFonts: false, fontFiles: [font] } });
  return image.asPng();
}

function drawLine(line: SlipLine, width: number, y: number): { svg: string; height: number } {
  switch (line.kind) {
    case 'blank':
      return { svg: '', height: lineDots };
    case 'text':
      return drawText(line, width, y);
    case 'raster': {
      const x = line.align === 'center' ? Math.round((width - line.width) / 2) : 0;
      return { svg: imageMark(rasterPng(line), x, y, line.width, line.height), height: line.height };
    }
    case 'qr': {
      const { modules } = QRCode.create(line.data, { errorCorrectionLevel: 'M' });
      const side = modules.size * nativeQrModuleDots;
      const x = Math.round((width - side) / 2);
      return {
        svg: `<path transform="translate(${x} ${y})" d="${moduleSquares(modules)}"/>`,
        height: side + lineDots,
      };
    }
  }
}

function drawText(
  line: SlipLine & { kind: 'text' },
  width: number,
  y: number,
): { svg: string; height: number } {
  const size = 24 * line.scale;
  const position = line.align === 'center' ? `x="${width / 2}" text-anchor="middle"` : 'x="0"';
  const bold = line.bold ? ' stroke="#1c1b1a" stroke-width="0.8"' : '';
  const text = line.text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
  const svg = `<text ${position} y="${y + size * 0.9}" font-size="${size}" xml:space="preserve"${bold}>${text}</text>`;
  return { svg, height: lineDots + (line.scale - 1) * 24 };
}

function rasterPng(line: SlipLine & { kind: 'raster' }): Buffer {
  const rows = Buffer.from(line.rows, 'base64');
  const png = new PNG({ width: line.width, height: line.height });
  for (let dot = 0; dot < line.width * line.height; dot += 1) {
    const black = ((rows[dot >> 3] ?? 0) & (0x80 >> (dot & 7))) !== 0;
    png.data.set([0x1c, 0x1b, 0x1a, black ? 255 : 0], dot * 4);
  }
  return PNG.sync.write(png);
}

function imageMark(png: Buffer, x: number, y: number, width: number, height: number): string {
  return `<image x="${x}" y="${y}" width="${width}" height="${height}" xlink:href="data:image/png;base64,${png.toString('base64')}"/>`;
}

function moduleSquares(modules: QRCode.BitMatrix): string {
  const squares: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue;
      const side = nativeQrModuleDots;
      squares.push(`M${column * side} ${row * side}h${side}v${side}h-${side}z`);
    }
  }
  return squares.join('');
}

function tornEdge(width: number, height: number): string {
  const teeth = Array.from({ length: Math.ceil(width / 16) }, () => 'l8 -10 l8 10').join(' ');
  return `M0 ${height} ${teeth} V${height} H0 Z`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { columns: { type: 'string', default: '48' }, help: { type: 'boolean', default: false } },
  });
  const [input, output] = positionals;
  if (values.help || input === undefined || output === undefined) {
    console.log(
      'node tools/print-picture.ts BYTES.bin PICTURE.png [--columns 48|32]\nDraws what a printer makes of these bytes.',
    );
    if (!values.help) process.exitCode = 2;
    return;
  }
  const columns = Number(values.columns);
  const printer = new SimulatedPrinter({ columns });
  printer.receive(readFileSync(input));
  const [slip] = printer.slips();
  if (!slip) throw new Error(`${input}: these bytes print nothing`);
  writeFileSync(output, await slipPicture(slip, columns));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(`print-picture: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
}
