import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import type { ReceiptLine } from '../../app/domain/receipt/layout.ts';
import type { PrintLayout } from '../../hardware/receipt-printer/port.ts';
import type { Slip } from '../../hardware/receipt-printer/slip.ts';

/** A slip with every kind of block, about as long as a calculation. */
export const sampleDocument: ReceiptDocument = {
  title: '工伤待遇计算',
  blocks: [
    { kind: 'title', text: '云岭法务通' },
    { kind: 'text', text: '公共法律服务 12348', align: 'center' },
    { kind: 'rule' },
    { kind: 'heading', text: '您的计算结果' },
    { kind: 'pair', label: '一次性伤残补助金（九级，九个月本人工资）', value: '45,000.00 元' },
    { kind: 'pair', label: '合计', value: '￥45,000.00', emphasis: 'strong' },
    { kind: 'text', text: '本结果只供参考，以社会保险经办机构核定为准。', emphasis: 'small' },
    { kind: 'space' },
    { kind: 'steps', items: ['在事故发生之日起三十日内申请工伤认定', '伤情稳定后申请劳动能力鉴定'] },
    { kind: 'checklist', items: ['身份证原件', '劳动合同或工资流水'] },
    { kind: 'qr', data: 'https://example.invalid/s/A012', caption: '扫码带走' },
    { kind: 'text', text: '张\x1B@三 \x10\x04\x01' },
  ],
};

/** A slip that needs drawn characters. */
export const rareDocument: ReceiptDocument = {
  title: '证明',
  blocks: [
    { kind: 'text', text: '陶喆、朱镕堃' },
    { kind: 'text', text: '𠮷先生与㛃女士' },
    { kind: 'text', text: '普通的一行' },
  ],
};

/** What a layout must look like on the simulated slip; `drawn` says which texts come as a picture. */
export function slipLines(layout: PrintLayout, columns: number, drawn: (text: string) => boolean): string[] {
  return layout.lines.map((line) => lineSignature(line, columns, drawn));
}

function lineSignature(line: ReceiptLine, columns: number, drawn: (text: string) => boolean): string {
  if (line.kind === 'rule') return `1 plain left ${'-'.repeat(columns)}`;
  if (line.kind === 'qr') return `qr ${line.data}`;
  if (line.kind === 'space' || line.text.trim() === '') return 'blank';
  if (drawn(line.text)) return 'picture';
  return `${line.scale} ${line.bold ? 'bold' : 'plain'} ${line.align} ${line.text.trimEnd()}`;
}

/** The decoded slip in the same words. */
export function slipSignature(slip: Slip | undefined): string[] {
  return (slip?.lines ?? []).map((line) => {
    if (line.kind === 'blank') return 'blank';
    if (line.kind === 'qr') return `qr ${line.data}`;
    if (line.kind === 'raster') return line.qr === undefined ? 'picture' : `qr ${line.qr}`;
    return `${line.scale} ${line.bold ? 'bold' : 'plain'} ${line.align} ${line.text}`;
  });
}

/** A log that keeps what it is told. */
export function recordingLog(): {
  lines: string[];
  info: (fields: object, message: string) => void;
  warn: (fields: object, message: string) => void;
} {
  const lines: string[] = [];
  const keep = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { lines, info: keep, warn: keep };
}

/** What devices of a test take from their surroundings; the day is one on which the synthetic cards are valid. */
export const testEdges = (today = '2026-06-01') => ({ log: recordingLog(), today: () => today });

/** Resolves when `ready` is true; rejects with `what` after `limitMs`. */
export async function until(what: string, ready: () => boolean, limitMs = 5000): Promise<number> {
  const started = performance.now();
  while (!ready()) {
    if (performance.now() - started > limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - started;
}
