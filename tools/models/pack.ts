import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import type { Result } from '../../app/domain/result.ts';
import { failure, success } from '../../app/domain/result.ts';
import { verifyModelFolder } from '../../models/speech/index.ts';
import type { ModelFault, ModelManifest } from '../../models/speech/index.ts';
import { MANIFEST, modelManifest } from '../../models/speech/manifest.ts';
import { ByteReader } from './byte-reader.ts';

/**
 * A signed model in one file: this mark, the manifest, the envelope, then the model's files in the manifest's order and
 * nothing after. Manifest and envelope each come after their length (32 bits, little endian). The signature is over mark and
 * manifest, and the manifest has the sums of all files, so it vouches for every byte.
 */
const MARK = Buffer.from('YLMODEL1', 'latin1');
/** How the name of a pack ends. */
export const PACK_SUFFIX = '.modelpack';
const LENGTH_BYTES = 4;
const LONGEST_MANIFEST = 256 * 1024;
const LONGEST_ENVELOPE = 4 * 1024;
/** The largest published model has a quarter of this; whoever signs more has signed a mistake. */
export const LARGEST_MODEL = 2 * 1024 ** 3;

/** Which key signed and how, so that another kind of signature can be told from a wrong one. */
const envelope = z.object({ alg: z.literal('ed25519'), kid: z.string(), sig: z.base64() });

/** Why a pack is not taken. `untrusted`: signed by a key that this machine was not given. `forged`: not signed by its key. */
export type PackFault =
  | ModelFault
  | { code: 'not_a_pack' }
  | { code: 'no_trusted_key'; file: string }
  | { code: 'untrusted'; kid: string }
  | { code: 'forged' }
  | { code: 'too_large'; bytes: number; most: number }
  | { code: 'longer' };

/** Names a public key: the first 16 hex digits of the SHA-256 of its DER form. */
export const keyId = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);

/** The Ed25519 public keys of a PEM file, by id; several where a new key takes over from an old one. */
export async function readTrustedKeys(
  file: string,
): Promise<Result<ReadonlyMap<string, KeyObject>, PackFault>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const keys = (text.match(/-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g) ?? [])
    .flatMap((pem) => publicKeyOf(pem) ?? [])
    .filter((key) => key.asymmetricKeyType === 'ed25519');
  if (keys.length === 0) return failure({ code: 'no_trusted_key', file });
  return success(new Map(keys.map((key) => [keyId(key), key])));
}

function publicKeyOf(pem: string): KeyObject | null {
  try {
    return createPublicKey(pem);
  } catch {
    return null;
  }
}

/**
 * Puts a whole model folder into one signed file in the folder `out`, named by model and release. `release` counts up with
 * each pack of a model: a kiosk never goes back. Throws when the key is no Ed25519 private key.
 */
export async function signModel(
  folder: string,
  { release, privateKey, out }: { release: number; privateKey: KeyObject; out: string },
): Promise<Result<{ file: string; kid: string; bytes: number }, ModelFault>> {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519')
    throw new Error('a private Ed25519 key is needed: openssl genpkey -algorithm ed25519');
  const whole = await verifyModelFolder(folder);
  if (!whole.ok) return whole;
  const manifest = Buffer.from(`${JSON.stringify({ ...whole.value.manifest, release }, null, 2)}\n`);
  const kid = keyId(createPublicKey(privateKey));
  const sig = sign(null, Buffer.concat([MARK, manifest]), privateKey).toString('base64');
  const signed = Buffer.from(JSON.stringify({ alg: 'ed25519', kid, sig } satisfies z.infer<typeof envelope>));
  const target = join(out, `${whole.value.manifest.id}-${release}${PACK_SUFFIX}`);
  const writing = `${target}.writing`;
  await mkdir(out, { recursive: true });
  const file = await open(writing, 'w');
  try {
    for (const part of [MARK, lengthOf(manifest), manifest, lengthOf(signed), signed]) await file.write(part);
    for (const { path } of whole.value.manifest.files)
      for await (const part of createReadStream(join(folder, path))) await file.write(part as Buffer);
    await file.sync();
    const { size } = await file.stat();
    await rename(writing, target);
    return success({ file: target, kid, bytes: size });
  } finally {
    await file.close();
    await rm(writing, { force: true });
  }
}

function lengthOf(part: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(part.length);
  return length;
}

/**
 * Unpacks a signed model into the empty folder `into`. Nothing is written before the signature was found right, and of no
 * file more than was signed for; whoever calls takes the folder away again after a fault.
 */
export async function unpackModel(
  source: AsyncIterable<Uint8Array>,
  keys: ReadonlyMap<string, KeyObject>,
  into: string,
): Promise<Result<ModelManifest, PackFault>> {
  const bytes = new ByteReader(source);
  try {
    const manifest = await trustedManifest(bytes, keys);
    return manifest.ok ? await unpackFiles(bytes, manifest.value, into) : manifest;
  } finally {
    await bytes.close();
  }
}

/** The manifest as it was signed, and what it says. */
interface SignedManifest {
  written: Buffer;
  manifest: ModelManifest;
}

async function trustedManifest(
  bytes: ByteReader,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<Result<SignedManifest, PackFault>> {
  const mark = await bytes.take(MARK.length);
  if (mark?.equals(MARK) !== true) return failure({ code: 'not_a_pack' });
  const written = await takePart(bytes, LONGEST_MANIFEST);
  const signed = await takePart(bytes, LONGEST_ENVELOPE);
  if (written === null || signed === null) return failure({ code: 'not_a_pack' });
  const fault = signatureFault(written, signed, keys);
  if (fault !== null) return failure(fault);
  const parsed = modelManifest.safeParse(jsonOf(written));
  if (!parsed.success) return failure({ code: 'manifest', detail: parsed.error.issues[0]?.message ?? '' });
  if (parsed.data.release === undefined) return failure({ code: 'manifest', detail: 'it has no release' });
  const total = parsed.data.files.reduce((sum, file) => sum + file.bytes, 0);
  if (total > LARGEST_MODEL) return failure({ code: 'too_large', bytes: total, most: LARGEST_MODEL });
  return success({ written, manifest: parsed.data });
}

async function unpackFiles(
  bytes: ByteReader,
  { written, manifest }: SignedManifest,
  into: string,
): Promise<Result<ModelManifest, PackFault>> {
  for (const { path, bytes: wanted, sha256 } of manifest.files) {
    await mkdir(dirname(join(into, path)), { recursive: true });
    const { copied, sum } = await bytes.copy(wanted, join(into, path));
    if (copied === 0) return failure({ code: 'missing', file: path });
    if (copied < wanted) return failure({ code: 'size', file: path, expected: wanted, actual: copied });
    if (sum !== sha256) return failure({ code: 'damaged', file: path });
  }
  if (!(await bytes.ended())) return failure({ code: 'longer' });
  await writeFile(join(into, MANIFEST), written, { flush: true });
  return success(manifest);
}

/** A part after its length; null when there is none or it claims to be longer than it may. */
async function takePart(bytes: ByteReader, longest: number): Promise<Buffer | null> {
  const length = (await bytes.take(LENGTH_BYTES))?.readUInt32LE();
  return length === undefined || length > longest ? null : bytes.take(length);
}

function signatureFault(
  manifest: Buffer,
  signed: Buffer,
  keys: ReadonlyMap<string, KeyObject>,
): PackFault | null {
  const parsed = envelope.safeParse(jsonOf(signed));
  if (!parsed.success) return { code: 'not_a_pack' };
  const { kid, sig } = parsed.data;
  const key = keys.get(kid);
  if (key === undefined) return { code: 'untrusted', kid };
  const right = verify(null, Buffer.concat([MARK, manifest]), key, Buffer.from(sig, 'base64'));
  return right ? null : { code: 'forged' };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
