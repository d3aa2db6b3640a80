import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { technicianWords } from './report.ts';

/** What a code reads on every page of a test. */
export const codeText = 'TEST';

/** The page of `device test`: the parts of the printer's font, a line, a code (hardware.md 6.7). */
export function testPage(): ReceiptDocument {
  const words = technicianWords('zh-CN').test_page;
  return {
    title: words.title,
    blocks: [
      { kind: 'title', text: words.title },
      // One character that is drawn makes its whole line a picture, so each part of the font has its own.
      { kind: 'text', text: words.font_gb2312 },
      { kind: 'text', text: words.font_gbk },
      { kind: 'text', text: words.font_drawn },
      { kind: 'text', text: words.line },
      { kind: 'rule' },
      { kind: 'qr', data: codeText, caption: words.qr },
    ],
  };
}

/** A short page with a number, of which the technician says whether it came out well. */
export function numberedPage(number: number, what: string, withCode: boolean): ReceiptDocument {
  return {
    title: `${number}`,
    blocks: [
      { kind: 'title', text: `${number}` },
      { kind: 'text', text: what },
      ...(withCode ? [{ kind: 'qr', data: codeText, caption: what } as const] : []),
    ],
  };
}

/** One A4 page that says TEST in a font that every printer has, within a frame one centimetre from the edges. */
export function testDocument(): Uint8Array {
  const drawing = '28 28 539 786 re S BT /F1 48 Tf 220 410 Td (TEST) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const end = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${end}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
