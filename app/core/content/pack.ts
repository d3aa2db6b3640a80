import { createHash } from 'node:crypto';
import { closeSync, existsSync, lstatSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

import { parseParameterTable } from '../../domain/compensation/index.ts';
import { failure, success } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { CONTENT_SCHEMA_VERSION, openContentDatabase, openStatuteDatabase } from '../store/content/index.ts';
import type { ContentDatabase, StatuteDatabase } from '../store/content/index.ts';
import { differenceFrom, workedCase } from './cases.ts';
import { readManifest, STATUTES_FILE } from './manifest.ts';
import type { PackManifest } from './manifest.ts';

/** An opened, verified content pack. */
export interface ContentPack {
  manifest: PackManifest;
  database: ContentDatabase;
  /** The statute library; null when the pack has none. */
  statutes: StatuteDatabase | null;
  /** The parsed parameters.json: dated figures for the calculators. */
  parameters: unknown;
  /** Real folder of the pack: holds the intent model. */
  directory: string;
  close(): void;
}

/**
 * Why a folder is not served: there is none, it was built for another version of the kiosk, a file is not what the manifest
 * says, or its own figures do not lead where one of its worked cases says.
 */
export type PackFault =
  | { code: 'absent' }
  | { code: 'damaged'; file: string }
  | { code: 'other_version' }
  | { code: 'wrong_figures'; case: string };

/** Checks manifest, sizes and hashes without opening the database, and works the pack's cases with the pack's figures. */
export function verifyPack(directory: string): Result<PackManifest, PackFault> {
  const manifestFile = join(directory, 'manifest.json');
  // A link to a folder that is gone is damage, not absence.
  if (lstatSync(directory, { throwIfNoEntry: false }) === undefined) return failure({ code: 'absent' });
  const text = readOrNull(manifestFile);
  const manifest = text === null ? null : readManifest(text.toString('utf8'));
  if (manifest === null) return failure({ code: 'damaged', file: 'manifest.json' });
  if (manifest.contentSchema !== CONTENT_SCHEMA_VERSION) return failure({ code: 'other_version' });
  for (const { name, size, sha256 } of manifest.files) {
    const found = measuredOrNull(join(directory, name));
    const intact = found?.size === size && found.sha256 === sha256;
    if (!intact) return failure({ code: 'damaged', file: name });
  }
  const fault = figuresFault(directory);
  return fault === null ? success(manifest) : failure(fault);
}

function figuresFault(directory: string): PackFault | null {
  const table = parseParameterTable(jsonOrNull(join(directory, 'parameters.json')));
  if (!table.ok) return { code: 'damaged', file: 'parameters.json' };
  const cases = workedCase
    .array()
    .min(1)
    .safeParse(jsonOrNull(join(directory, 'cases.json')));
  if (!cases.success) return { code: 'damaged', file: 'cases.json' };
  const wrong = cases.data.find((each) => differenceFrom(each, table.value) !== null);
  return wrong === undefined ? null : { code: 'wrong_figures', case: wrong.title };
}

/**
 * Verifies and opens a pack folder (a link is followed once, so that a later switch does not move it under our feet).
 * The database is hashed before it is opened, never while it is open. Damage is a value, not an exception.
 */
export function openPack(directory: string): Result<ContentPack, PackFault> {
  const real = existsSync(directory) ? realpathSync(directory) : directory;
  const verified = verifyPack(real);
  if (!verified.ok) return verified;
  const opened: { close(): void }[] = [];
  const closeAll = () => {
    for (const one of opened) one.close();
  };
  let file = 'parameters.json';
  try {
    const parameters: unknown = JSON.parse(readFileSync(join(real, file), 'utf8'));
    file = 'content.db';
    const database = openContentDatabase(join(real, file));
    opened.push(database);
    file = STATUTES_FILE;
    const hasStatutes = verified.value.files.some(({ name }) => name === STATUTES_FILE);
    const statutes = hasStatutes ? openStatuteDatabase(join(real, file)) : null;
    if (statutes !== null) opened.push(statutes);
    return success({
      manifest: verified.value,
      database,
      statutes,
      parameters,
      directory: real,
      close: closeAll,
    });
  } catch {
    closeAll();
    return failure({ code: 'damaged', file });
  }
}

const PIECE = 64 * 1024;

/** Size and hash of a file. It is read in small pieces: memory for a whole library costs more time than hashing it. */
function measuredOrNull(file: string): { size: number; sha256: string } | null {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE);
  try {
    const descriptor = openSync(file, 'r');
    try {
      let size = 0;
      for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) {
        hash.update(piece.subarray(0, read));
        size += read;
      }
      return { size, sha256: hash.digest('hex') };
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

function jsonOrNull(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function readOrNull(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
