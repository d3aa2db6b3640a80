import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { failure, success } from '../../app/domain/result.ts';
import type { Result } from '../../app/domain/result.ts';
import { hears, MANIFEST, modelManifest } from './manifest.ts';
import type { ModelManifest } from './manifest.ts';

export interface ModelFolder {
  directory: string;
  manifest: ModelManifest;
}

/** What is wrong with a folder: nothing there, a description that cannot be read, or files that are not what it says. */
export type ModelFault =
  | { code: 'absent' }
  | { code: 'manifest'; detail: string }
  | { code: 'missing'; file: string }
  | { code: 'size'; file: string; expected: number; actual: number }
  | { code: 'damaged'; file: string };

/** Reads a folder's description and looks whether all files are there in their size; does not read them. */
export function readModelFolder(directory: string): Result<ModelFolder, ModelFault> {
  const file = join(directory, MANIFEST);
  if (!existsSync(file)) return failure({ code: 'absent' });
  const manifest = readManifest(file);
  if (!manifest.ok) return manifest;
  for (const { path, bytes } of manifest.value.files) {
    const size = statSync(join(directory, path), { throwIfNoEntry: false })?.size;
    if (size === undefined) return failure({ code: 'missing', file: path });
    if (size !== bytes) return failure({ code: 'size', file: path, expected: bytes, actual: size });
  }
  return success({ directory, manifest: manifest.value });
}

function readManifest(file: string): Result<ModelManifest, ModelFault> {
  try {
    const parsed = modelManifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return success(parsed.data);
    const [issue] = parsed.error.issues;
    return failure({ code: 'manifest', detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` });
  } catch {
    return failure({ code: 'manifest', detail: 'not JSON' });
  }
}

/** As `readModelFolder`, and reads every file against its sum. */
export async function verifyModelFolder(directory: string): Promise<Result<ModelFolder, ModelFault>> {
  const folder = readModelFolder(directory);
  if (!folder.ok) return folder;
  for (const { path, sha256 } of folder.value.manifest.files) {
    if ((await sumOf(join(directory, path))) !== sha256) return failure({ code: 'damaged', file: path });
  }
  return folder;
}

async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** Where a kiosk keeps its models of speech. */
export const modelsFolder = (home: string): string => join(home, 'models', 'speech');

/** All folders under `root`, whole or not, by name. */
export function listModels(root: string): { name: string; folder: Result<ModelFolder, ModelFault> }[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => ({ name, folder: readModelFolder(join(root, name)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The model that a kiosk uses to listen (`hear`) or to speak, or why it has none; `test` ones only where allowed. */
export function chooseModel(
  root: string,
  purpose: 'hear' | 'speak',
  allowTest: boolean,
): Result<ModelFolder, 'none' | ModelFault> {
  const all = listModels(root);
  const whole = all.flatMap(({ folder }) => (folder.ok ? [folder.value] : []));
  const fitting = whole.filter(
    ({ manifest }) => hears(manifest) === (purpose === 'hear') && (allowTest || !manifest.testOnly),
  );
  const [best] = fitting.sort((a, b) => Number(a.manifest.testOnly) - Number(b.manifest.testOnly));
  if (best !== undefined) return success(best);
  const broken = all.find(({ folder }) => !folder.ok);
  return failure(broken?.folder.ok === false ? broken.folder.failure : 'none');
}
