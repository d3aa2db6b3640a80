import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { chooseModel, listModels, verifyModelFolder } from '../../models/speech/index.ts';
import { describeModel } from './describe.ts';
import { installModel, writeModelManifest } from './install.ts';

let place: string;
let source: string;
let root: string;
const content = { 'model.onnx': 'weights', 'tokens.txt': '<blk> 0\n', 'dict/pos.utf8': 'x' };

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'models-'));
  source = join(place, 'source');
  root = join(place, 'kiosk', 'models', 'speech');
  mkdirSync(join(source, 'dict'), { recursive: true });
  for (const [name, text] of Object.entries(content)) writeFileSync(join(source, name), text);
  describeInto();
});
afterEach(() => rmSync(place, { recursive: true }));

const sum = (text: string) => createHash('sha256').update(text).digest('hex');

function describeInto(changes: object = {}): void {
  const files = Object.entries(content).map(([path, text]) => ({
    path,
    ...(path === 'model.onnx' ? { role: 'model' } : path === 'tokens.txt' ? { role: 'tokens' } : {}),
    sha256: sum(text),
    bytes: Buffer.byteLength(text),
  }));
  const manifest = {
    ...{ v: 1, id: 'small', type: 'dolphin', languages: ['zh-CN'], licence: 'MIT', source: 'here', files },
    ...changes,
  };
  writeFileSync(join(source, 'manifest.json'), JSON.stringify(manifest));
}

const fault = async () => {
  const installed = await installModel(source, root);
  return installed.ok ? null : installed.failure;
};

describe('a model folder', () => {
  test('is installed whole and can be used', async () => {
    expect(await installModel(source, root)).toMatchObject({
      ok: true,
      value: { directory: join(root, 'small') },
    });
    expect(await verifyModelFolder(join(root, 'small'))).toMatchObject({ ok: true });
    expect(chooseModel(root, 'hear', false)).toMatchObject({
      ok: true,
      value: { manifest: { id: 'small' } },
    });
    expect(chooseModel(root, 'speak', false)).toEqual({ ok: false, failure: 'none' });
    expect(readdirSync(root)).toEqual(['small']);
  });

  test.each([
    [
      'a changed byte',
      () => writeFileSync(join(source, 'model.onnx'), 'weightz'),
      { code: 'damaged', file: 'model.onnx' },
    ],
    [
      'a short file',
      () => writeFileSync(join(source, 'model.onnx'), 'w'),
      { code: 'size', file: 'model.onnx', expected: 7, actual: 1 },
    ],
    [
      'a missing file',
      () => rmSync(join(source, 'dict/pos.utf8')),
      { code: 'missing', file: 'dict/pos.utf8' },
    ],
    ['no description', () => rmSync(join(source, 'manifest.json')), { code: 'absent' }],
    [
      'a way out of the folder',
      () => describeInto({ files: [{ path: '../x', sha256: sum(''), bytes: 1 }] }),
      { code: 'manifest' },
    ],
    ['an unknown type', () => describeInto({ type: 'oracle' }), { code: 'manifest' }],
    ['a role that is missing', () => describeInto({ type: 'streaming-zipformer' }), { code: 'manifest' }],
  ])('with %s is refused, and what was there stays', async (_name, spoil, expected) => {
    await installModel(source, root);
    spoil();
    expect(await fault()).toMatchObject(expected);
    expect(await verifyModelFolder(join(root, 'small'))).toMatchObject({ ok: true });
    expect(readdirSync(root)).toEqual(['small']);
  });

  test('replaces the one of the same name', async () => {
    await installModel(source, root);
    writeFileSync(join(source, 'tokens.txt'), '<blk> 1\n');
    rmSync(join(source, 'manifest.json'));
    const again = { id: 'small', languages: ['zh-CN'], licence: 'MIT', source: 'here' };
    await writeModelManifest(source, describeModel(source, { ...again, type: 'dolphin' }));
    expect(await installModel(source, root)).toMatchObject({ ok: true });
    expect(readFileSync(join(root, 'small', 'tokens.txt'), 'utf8')).toBe('<blk> 1\n');
  });

  test('damaged after it was installed tells why there is none', async () => {
    await installModel(source, root);
    rmSync(join(root, 'small', 'tokens.txt'));
    expect(chooseModel(root, 'hear', false)).toEqual({
      ok: false,
      failure: { code: 'missing', file: 'tokens.txt' },
    });
    expect(listModels(root)).toHaveLength(1);
  });

  test('made for tests is not used on a kiosk for the public', async () => {
    describeInto({ testOnly: true });
    await installModel(source, root);
    expect(chooseModel(root, 'hear', false)).toEqual({ ok: false, failure: 'none' });
    expect(chooseModel(root, 'hear', true)).toMatchObject({ ok: true });
  });
});

describe('from the network', () => {
  let server: Server;
  let address: string;
  beforeEach(async () => {
    server = createServer((request, response) => {
      try {
        response.end(readFileSync(join(source, request.url ?? '')));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = server.address();
    address = `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`;
  });
  afterEach(() => server.close());

  test('the same', async () => {
    expect(await installModel(`${address}/manifest.json`, root)).toMatchObject({ ok: true });
  });

  test('a file that is not there is told', async () => {
    rmSync(join(source, 'tokens.txt'));
    expect(await installModel(address, root)).toEqual({
      ok: false,
      failure: { code: 'fetch', file: 'tokens.txt', detail: 'HTTP 404' },
    });
  });
});

test('a downloaded folder is described with its sums', async () => {
  rmSync(join(source, 'manifest.json'));
  writeFileSync(join(source, 'model.int8.onnx'), 'small weights');
  const described = describeModel(source, {
    ...{ id: 'sense', type: 'sense-voice', languages: ['zh-CN'], licence: 'see source', source: 'there' },
  });
  await writeModelManifest(source, described);
  expect(await installModel(source, root)).toMatchObject({ ok: true });
  expect(readdirSync(join(root, 'sense')).sort()).toEqual([
    'dict',
    'manifest.json',
    'model.int8.onnx',
    'tokens.txt',
  ]);
  expect(() =>
    describeModel(source, { id: 'x', type: 'paraformer', languages: [], licence: '', source: '' }),
  ).not.toThrow();
  expect(() =>
    describeModel(source, { id: 'x', type: 'streaming-paraformer', languages: [], licence: '', source: '' }),
  ).toThrow('encoder');
});
