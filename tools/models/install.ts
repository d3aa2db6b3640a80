import type { KeyObject } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { copyFile, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

import type { Result } from '../../app/domain/result.ts';
import { failure, success } from '../../app/domain/result.ts';
import { MANIFEST, modelManifest } from '../../models/speech/manifest.ts';
import { readModelFolder, verifyModelFolder } from '../../models/speech/index.ts';
import type { ModelFolder, ModelManifest } from '../../models/speech/index.ts';
import { unpackModel } from './pack.ts';
import type { PackFault } from './pack.ts';

/** Why a model was not installed; what was installed before is untouched. */
export type InstallFault =
  | PackFault
  | { code: 'fetch'; file: string; detail: string }
  | { code: 'older'; installed: number; offered: number };

const isAddress = (from: string): boolean => /^https?:\/\//.test(from);

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where the files of a model come from. */
interface Origin {
  /** Puts one file at `target`; rejects when it cannot be got. */
  fetch(path: string, target: string): Promise<void>;
}

const folderOrigin = (folder: string): Origin => ({
  fetch: (path, target) => copyFile(join(folder, path), target),
});

const webOrigin = (base: string): Origin => ({
  async fetch(path, target) {
    const response = await fetch(new URL(path, base.endsWith('/') ? base : `${base}/`));
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(target));
  },
});

/**
 * Brings a model folder from a folder or an http(s) address under `root`: everything is fetched beside, verified there, and
 * takes its place by one rename. A model of the same name is replaced.
 */
export async function installModel(from: string, root: string): Promise<Result<ModelFolder, InstallFault>> {
  const isWeb = isAddress(from);
  if (!isWeb && !existsSync(join(from, MANIFEST))) return failure({ code: 'absent' });
  const origin = isWeb ? webOrigin(from.replace(/\/manifest\.json$/, '')) : folderOrigin(from);
  return besideThenInPlace(root, (incoming) => bring(origin, incoming));
}

/**
 * Brings a signed pack (a file or an http(s) address) under `root`, as `installModel` does. What is not signed by one of
 * `keys` is refused before anything of it is written, and so is a release older than the installed one.
 */
export async function installPack(
  from: string,
  root: string,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<Result<ModelFolder, InstallFault>> {
  return besideThenInPlace(root, async (incoming) => {
    try {
      const unpacked = await unpackModel(await bytesOf(from), keys, incoming);
      return unpacked.ok ? refuseOlder(unpacked.value, root) : unpacked;
    } catch (error) {
      return failure({ code: 'fetch', file: from, detail: wordsOf(error) });
    }
  });
}

async function bytesOf(from: string): Promise<AsyncIterable<Uint8Array>> {
  if (!isAddress(from)) return createReadStream(from);
  const response = await fetch(from);
  if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
  return response.body as ReadableStream<Uint8Array>;
}

function refuseOlder(offered: ModelManifest, root: string): Result<ModelManifest, InstallFault> {
  const before = readModelFolder(join(root, offered.id));
  const installed = before.ok ? (before.value.manifest.release ?? 0) : 0;
  const release = offered.release ?? 0;
  return release < installed ? failure({ code: 'older', installed, offered: release }) : success(offered);
}

/** Lets a model be put together in a folder beside, which takes its place by one rename or is gone without a trace. */
async function besideThenInPlace(
  root: string,
  fill: (incoming: string) => Promise<Result<ModelManifest, InstallFault>>,
): Promise<Result<ModelFolder, InstallFault>> {
  await mkdir(root, { recursive: true });
  const incoming = join(root, `.incoming-${process.pid}`);
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming);
  try {
    const filled = await fill(incoming);
    if (!filled.ok) return filled;
    const directory = join(root, filled.value.id);
    const before = join(root, `.before-${process.pid}`);
    await flushFolder(incoming);
    if (existsSync(directory)) await rename(directory, before);
    await rename(incoming, directory);
    await flushFolder(root);
    await rm(before, { recursive: true, force: true });
    return success({ directory, manifest: filled.value });
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

/** A rename is safe against a power cut once its folder is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

async function bring(origin: Origin, incoming: string): Promise<Result<ModelManifest, InstallFault>> {
  const got = await get(origin, MANIFEST, incoming);
  if (!got.ok) return got;
  const manifest = await readManifest(incoming);
  if (!manifest.ok) return manifest;
  for (const { path } of manifest.value.files) {
    const file = await get(origin, path, incoming);
    if (!file.ok) return file;
  }
  const whole = await verifyModelFolder(incoming);
  return whole.ok ? success(manifest.value) : whole;
}

async function get(origin: Origin, path: string, incoming: string): Promise<Result<true, InstallFault>> {
  const target = join(incoming, path);
  await mkdir(dirname(target), { recursive: true });
  try {
    await origin.fetch(path, target);
    return success(true);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing) return failure({ code: 'missing', file: path });
    return failure({ code: 'fetch', file: path, detail: wordsOf(error) });
  }
}

async function readManifest(folder: string): Promise<Result<ModelManifest, InstallFault>> {
  try {
    const parsed = modelManifest.safeParse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
    if (parsed.success) return success(parsed.data);
    return failure({ code: 'manifest', detail: parsed.error.issues[0]?.message ?? '' });
  } catch {
    return failure({ code: 'manifest', detail: 'not JSON' });
  }
}

/** Writes the description of a downloaded folder. */
export const writeModelManifest = (folder: string, manifest: unknown): Promise<void> =>
  writeFile(join(folder, MANIFEST), `${JSON.stringify(modelManifest.parse(manifest), null, 2)}\n`);
