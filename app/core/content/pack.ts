import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

import { failure, success } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { CONTENT_SCHEMA_VERSION, openContentDatabase, openStatuteDatabase } from '../store/content/index.ts';
import type { ContentDatabase, StatuteDatabase } from '../store/content/index.ts';
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

/** Why a folder is not served: there is none, it was built for another version of the kiosk, or a file is not what the manifest says. */
export type PackFault = { code: 'absent' } | { code: 'damaged'; file: string } | { code: 'other_version' };

/** Checks manifest, sizes and hashes without opening the database. */
export function verifyPack(directory: string): Result<PackManifest, PackFault> {
  const manifestFile = join(directory, 'manifest.json');
  // A link to a folder that is gone is damage, not absence.
  if (lstatSync(directory, { throwIfNoEntry: false }) === undefined) return failure({ code: 'absent' });
  const text = readOrNull(manifestFile);
  const manifest = text === null ? null : readManifest(text.toString('utf8'));
  if (manifest === null) return failure({ code: 'damaged', file: 'manifest.json' });
  if (manifest.contentSchema !== CONTENT_SCHEMA_VERSION) return failure({ code: 'other_version' });
  for (const { name, size, sha256 } of manifest.files) {
    const content = readOrNull(join(directory, name));
    const intact = content?.length === size && createHash('sha256').update(content).digest('hex') === sha256;
    if (!intact) return failure({ code: 'damaged', file: name });
  }
  return success(manifest);
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

function readOrNull(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
