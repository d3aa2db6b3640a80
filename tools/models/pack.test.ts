import { spawnSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { verifyModelFolder } from '../../models/speech/index.ts';
import { installPack } from './install.ts';
import { keyId, LARGEST_MODEL, readTrustedKeys, signModel } from './pack.ts';

const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const content = { 'model.onnx': 'weights', 'tokens.txt': '<blk> 0\n', 'dict/pos.utf8': 'x' };

let place: string;
let source: string;
let root: string;
let pack: string;
/** Everything that the tests may find below the kiosk's folder. */
const left = () => (existsSync(root) ? readdirSync(root) : []);

const manifestOf = (changes: object = {}) => {
  const files = Object.entries(content).map(([path, text]) => ({
    path,
    ...(path === 'model.onnx' ? { role: 'model' } : path === 'tokens.txt' ? { role: 'tokens' } : {}),
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
  }));
  return {
    ...{ v: 1, id: 'small', type: 'dolphin', languages: ['zh-CN'], licence: 'MIT', source: 'here', files },
    ...changes,
  };
};

async function signed(release = 3, privateKey = ours.privateKey): Promise<string> {
  const made = await signModel(source, { release, privateKey, out: join(place, 'packs') });
  if (!made.ok) throw new Error(made.failure.code);
  return made.value.file;
}

/** A pack as no honest tool makes it: any manifest, signed by whom and under whose name one likes. */
function handmade(manifest: object, privateKey: KeyObject, kid: string): string {
  const [mark, body] = [Buffer.from('YLMODEL1'), Buffer.from(JSON.stringify(manifest))];
  const sig = sign(null, Buffer.concat([mark, body]), privateKey).toString('base64');
  const envelope = Buffer.from(JSON.stringify({ alg: 'ed25519', kid, sig }));
  const length = (part: Buffer) => Buffer.from(Uint32Array.of(part.length).buffer);
  const file = join(place, 'handmade.modelpack');
  const files = Object.values(content).map((text) => Buffer.from(text));
  writeFileSync(file, Buffer.concat([mark, length(body), body, length(envelope), envelope, ...files]));
  return file;
}

const trusted = (...keys: KeyObject[]) => new Map(keys.map((key) => [keyId(key), key]));
const install = (file = pack, keys = trusted(ours.publicKey)) => installPack(file, root, keys);

beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'model-packs-'));
  source = join(place, 'source');
  root = join(place, 'kiosk', 'models', 'speech');
  mkdirSync(join(source, 'dict'), { recursive: true });
  for (const [name, text] of Object.entries(content)) writeFileSync(join(source, name), text);
  writeFileSync(join(source, 'manifest.json'), JSON.stringify(manifestOf()));
  pack = await signed();
});
afterEach(() => rmSync(place, { recursive: true }));

describe('a signed pack', () => {
  test('is installed whole, with its release', async () => {
    expect(pack).toBe(join(place, 'packs', 'small-3.modelpack'));
    expect(readdirSync(join(place, 'packs'))).toEqual(['small-3.modelpack']);
    expect(await install()).toMatchObject({ ok: true, value: { manifest: { id: 'small', release: 3 } } });
    expect(await verifyModelFolder(join(root, 'small'))).toMatchObject({ ok: true });
    expect(readFileSync(join(root, 'small', 'dict/pos.utf8'), 'utf8')).toBe('x');
    expect(left()).toEqual(['small']);
  });

  test('comes over the network too', async () => {
    const server = createServer((request, response) => {
      if (request.url !== '/small-3.modelpack') response.writeHead(404).end();
      else response.end(readFileSync(pack));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = server.address();
    const address = `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`;
    expect(await install(`${address}/nothing.modelpack`)).toMatchObject({
      failure: { code: 'fetch', detail: 'HTTP 404' },
    });
    expect(await install(`${address}/small-3.modelpack`)).toMatchObject({ ok: true });
    server.close();
  });

  test('of an older release is refused, the same and a newer one are taken', async () => {
    await install();
    expect(await install(await signed(2))).toEqual({
      ok: false,
      failure: { code: 'older', installed: 3, offered: 2 },
    });
    expect(await install()).toMatchObject({ ok: true });
    expect(await install(await signed(4))).toMatchObject({ value: { manifest: { release: 4 } } });
    expect(left()).toEqual(['small']);
  });

  const flip = (at: number) => {
    const bytes = readFileSync(pack);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(pack, bytes);
  };
  const letter = (at: number) => {
    const bytes = readFileSync(pack);
    bytes.write(bytes[at] === 0x41 ? 'B' : 'A', at);
    writeFileSync(pack, bytes);
  };
  const inManifest = (text: string) => readFileSync(pack).indexOf(text);

  test.each<[string, () => unknown, object]>([
    ['signed by a stranger', () => signedByStranger(), { code: 'untrusted', kid: keyId(theirs.publicKey) }],
    [
      'signed by a stranger under our name',
      () => handmade(manifestOf({ release: 1 }), theirs.privateKey, keyId(ours.publicKey)),
      { code: 'forged' },
    ],
    ['with one bit of its mark turned', () => flip(0), { code: 'not_a_pack' }],
    ['with one bit of its manifest turned', () => flip(inManifest('zh-CN')), { code: 'forged' }],
    ['with one bit of its release turned', () => flip(inManifest('"release": 3') + 11), { code: 'forged' }],
    ['with one bit of a sum turned', () => flip(inManifest('sha256": "') + 10), { code: 'forged' }],
    ['with one letter of its signature changed', () => letter(inManifest('"sig":"') + 7), { code: 'forged' }],
    [
      'with one bit of a file turned',
      () => flip(readFileSync(pack).length - 1),
      { code: 'damaged', file: 'dict/pos.utf8' },
    ],
    [
      'without its last file',
      () => truncateSync(pack, readFileSync(pack).length - 1),
      { code: 'missing', file: 'dict/pos.utf8' },
    ],
    [
      'cut in the middle of a file',
      () => truncateSync(pack, readFileSync(pack).length - 4),
      { code: 'size', file: 'tokens.txt', expected: 8, actual: 5 },
    ],
    ['cut in its manifest', () => truncateSync(pack, 40), { code: 'not_a_pack' }],
    ['with something after its end', () => appendFileSync(pack, 'more'), { code: 'longer' }],
    [
      'larger than any model',
      () => {
        const [first, ...others] = manifestOf().files as { bytes: number }[];
        const files = [{ ...first, bytes: LARGEST_MODEL }, ...others];
        return handmade(manifestOf({ release: 1, files }), ours.privateKey, keyId(ours.publicKey));
      },
      { code: 'too_large', bytes: LARGEST_MODEL + 9, most: LARGEST_MODEL },
    ],
    [
      'with a way out of its folder',
      () => {
        const files = [...manifestOf().files, { path: '../x', sha256: '0'.repeat(64), bytes: 1 }];
        return handmade(manifestOf({ release: 1, files }), ours.privateKey, keyId(ours.publicKey));
      },
      { code: 'manifest' },
    ],
    [
      'without a release',
      () => handmade(manifestOf(), ours.privateKey, keyId(ours.publicKey)),
      { code: 'manifest', detail: 'it has no release' },
    ],
    ['that is any other file', () => writeFileSync(pack, 'PK zip'), { code: 'not_a_pack' }],
    ['that is not there', () => rmSync(pack), { code: 'fetch' }],
  ])('%s is refused, and nothing of it is left behind', async (_what, spoil, expected) => {
    const spoiled = spoil();
    const file = typeof spoiled === 'string' ? spoiled : pack;
    expect(await install(file)).toMatchObject({ ok: false, failure: expected });
    expect(left()).toEqual([]);
  });

  function signedByStranger(): void {
    writeFileSync(
      pack,
      readFileSync(handmade(manifestOf({ release: 9 }), theirs.privateKey, keyId(theirs.publicKey))),
    );
  }

  test('that is refused leaves the installed one as it was', async () => {
    await install();
    flip(readFileSync(pack).length - 1);
    expect(await install()).toMatchObject({ ok: false });
    expect(await verifyModelFolder(join(root, 'small'))).toMatchObject({ ok: true });
    expect(left()).toEqual(['small']);
  });
});

describe('keys', () => {
  const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
  const file = () => join(place, 'trusted.pem');

  test('of several publishers stand in one file; other kinds count for nothing', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file(), [ours, theirs, rsa].map(({ publicKey }) => pem(publicKey)).join('\n'));
    const read = await readTrustedKeys(file());
    expect(read.ok && [...read.value.keys()]).toEqual(
      [ours, theirs].map(({ publicKey }) => keyId(publicKey)),
    );
  });

  test.each(['', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'])(
    'that are none: %j',
    async (text) => {
      writeFileSync(file(), text);
      expect(await readTrustedKeys(file())).toEqual({
        ok: false,
        failure: { code: 'no_trusted_key', file: file() },
      });
    },
  );

  test('that cannot sign are said', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const out = join(place, 'packs');
    await expect(signModel(source, { release: 1, privateKey, out })).rejects.toThrow(/Ed25519/);
    await expect(
      signModel(source, { release: 1, privateKey: createPublicKey(ours.privateKey), out }),
    ).rejects.toThrow(/Ed25519/);
  });

  test('on the command line: signed, installed, and a stranger told', () => {
    const home = join(place, 'home');
    mkdirSync(home);
    writeFileSync(join(place, 'ours.pem'), ours.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const models = (...words: string[]) => {
      const done = spawnSync(process.execPath, ['tools/models.ts', ...words, '--home', home], {
        encoding: 'utf8',
      });
      return { code: done.status, said: done.stdout + done.stderr };
    };
    const making = ['sign', source, '--key', join(place, 'ours.pem'), '--release', '1', '--out', place];
    expect(models(...making)).toMatchObject({ code: 0 });
    const made = join(place, 'small-1.modelpack');
    expect(models('install', made)).toMatchObject({
      code: 1,
      said: expect.stringContaining('trusted-models.pem') as string,
    });
    writeFileSync(join(home, 'trusted-models.pem'), pem(theirs.publicKey));
    expect(models('install', made)).toMatchObject({
      code: 1,
      said: expect.stringContaining('does not trust') as string,
    });
    writeFileSync(join(home, 'trusted-models.pem'), pem(ours.publicKey));
    expect(models('install', made)).toMatchObject({ code: 0 });
    expect(models('list').said).toContain('small: dolphin, zh-CN, 0.0 MB, MIT, release 1');
    expect(models('check').said).toContain('small: whole');
  }, 60_000);
});
