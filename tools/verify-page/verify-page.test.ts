import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { encodeProof } from '../../app/domain/compensation/proof/index.ts';
import { readParameterTable } from '../calc/parameters.ts';
import { verifyPage } from './build.ts';

const root = join(import.meta.dirname, '../..');
const page = await verifyPage(root);
const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? '';

/** As much of a browser's document as the page touches; nothing of a network. */
function open(): { paste: (text: string) => readonly string[] } {
  interface Element {
    name: string;
    value: string;
    textContent: string;
    children: Element[];
    press: () => void;
  }
  const element = (name: string) => {
    const own: Element & Record<string, unknown> = {
      ...{ name, value: '', textContent: '', children: [], press: () => undefined },
      setAttribute: () => undefined,
      addEventListener: (_: string, press: () => void) => (own.press = press),
      replaceChildren: (...children: Element[]) => (own.children = children),
    };
    return own;
  };
  const shown: Element[] = [];
  const body = { append: (...elements: Element[]) => shown.push(...elements) };
  const document = { title: '', createElement: element, body };
  runInContext(script, createContext({ document, TextEncoder, TextDecoder, Uint8Array }));
  const part = (name: string) => shown.find((each) => each.name === name)!;
  return {
    paste: (text) => {
      part('textarea').value = text;
      part('button').press();
      return part('section').children.map(({ textContent }) => textContent);
    },
  };
}

describe('the page that verifies a sheet', () => {
  const proof = encodeProof(
    { calculator: 'wi.deadlines', inputs: { start_date: '2026-01-31' }, today: '2026-11-22' },
    readParameterTable(join(root, 'content/parameters')),
  );
  const text = proof.ok ? proof.value : '';

  it('is one file that may load nothing, and runs no script but its own', () => {
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(`default-src 'none'; script-src 'sha256-${hash}'`);
    expect(page).not.toMatch(/\b(?:src|href)=|@import|url\(|<link|\bfetch\(|XMLHttpRequest|WebSocket/);
  });

  it('recomputes the sheet and says whether it holds', () => {
    const { paste } = open();
    const lines = paste(` ${text}\n`);
    expect(lines[0]).toMatch(/^一致/);
    expect(lines).toContain('单位应在 2026-03-02 之前申请工伤认定');
    expect(lines).toContain('您或家人最迟在 2027-01-31 之前申请工伤认定');
  });

  it('shows a change, and says so of what is no proof', () => {
    const { paste } = open();
    const changed = text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
    expect(paste(changed)[0]).toMatch(/不一致|认不出/);
    expect(paste('http://example.invalid')[0]).toMatch(/认不出/);
  });
});
