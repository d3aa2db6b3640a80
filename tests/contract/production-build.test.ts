import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'esbuild';
import { expect, it } from 'vitest';

import { shellBundle } from '../../tools/bundle/steps.ts';
import type { BuildKind } from '../../tools/bundle/steps.ts';

const root = join(import.meta.dirname, '../..');

async function shellOf(kind: BuildKind): Promise<string> {
  const options = { ...shellBundle(kind), absWorkingDir: root, outdir: 'nowhere', sourcemap: false } as const;
  const { outputFiles } = await build({ ...options, write: false });
  return outputFiles.map(({ text }) => text).join('\n');
}

it('has no dock: neither its code in the shell nor its parts in the package', async () => {
  const dock = /dock\/dock|control\.sock|createConnection/;
  expect(await shellOf('development')).toMatch(dock);
  expect(await shellOf('production')).not.toMatch(dock);
  const packed = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  expect(packed).not.toMatch(/build\/(dock|host)|tools\/(dock|sim)/);
});
