import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

import { hasGraphicsChip } from './graphics-chip.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function devices(...nodes: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'devices-'));
  folders.push(folder);
  for (const node of nodes) {
    mkdirSync(dirname(join(folder, node)), { recursive: true });
    writeFileSync(join(folder, node), '');
  }
  return folder;
}

it.each([['dri/renderD128'], ['dri/card0', 'dri/renderD129'], ['mali0'], ['nvidiactl', 'nvidia0']])(
  'finds the chip behind %s %s',
  (...nodes) => {
    expect(hasGraphicsChip(devices(...nodes.filter(Boolean)))).toBe(true);
  },
);

it.each([['null'], ['dri/card0'], ['fb0']])('finds none where there is only %s', (node) => {
  expect(hasGraphicsChip(devices(node))).toBe(false);
});
