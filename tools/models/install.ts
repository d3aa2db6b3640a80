import { createWriteStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

import type { Result } from '../../app/domain/result.ts';
import { failure, success } from '../../app/domain/result.ts';
import { MANIFEST, modelManifest } from '../../models/speech/manifest.ts';
import { verifyModelFolder } from '../../models/speech/index.ts';
import type { ModelFault, ModelFolder } from '../../models/speech/index.ts';

/** Why a model was not installed; what was installed before is untouched. */
export type InstallFault = ModelFault | { code: 'fetch'; file: string; detail: string };

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
  const isWeb = /^https?:\/\//.test(from);
  if (!isWeb && !existsSync(join(from, MANIFEST))) return failure({ code: 'absent' });
  const origin = isWeb ? webOrigin(from.replace(/\/manifest\.json$/, '')) : folderOrigin(from);
  await mkdir(root, { recursive: true });
  const incoming = join(root, `.incoming-${process.pid}`);
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming);
  try {
    return await bring(origin, incoming, root);
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

async function bring(
  origin: Origin,
  incoming: string,
  root: string,
): Promise<Result<ModelFolder, InstallFault>> {
  const got = await get(origin, MANIFEST, incoming);
  if (!got.ok) return got;
  const manifest = await readManifest(incoming);
  if (!manifest.ok) return manifest;
  for (const { path } of manifest.value.files) {
    const file = await get(origin, path, incoming);
    if (!file.ok) return file;
  }
  const whole = await verifyModelFolder(incoming);
  if (!whole.ok) return whole;
  const directory = join(root, manifest.value.id);
  const before = join(root, `.before-${process.pid}`);
  if (existsSync(directory)) await rename(directory, before);
  await rename(incoming, directory);
  await rm(before, { recursive: true, force: true });
  return success({ directory, manifest: manifest.value });
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
    return failure({
      code: 'fetch',
      file: path,
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

async function readManifest(folder: string): Promise<Result<ModelFolder['manifest'], InstallFault>> {
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
