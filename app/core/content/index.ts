import { join } from 'node:path';

import type { z } from 'zod';

import type { contentStatus } from '../../contract/kiosk.ts';
import { openPack } from './pack.ts';
import type { ContentPack, PackFault } from './pack.ts';

export { isPrompt, PACK_FILES, PACK_FORMAT, promptFile, STATUTES_FILE, writeManifest } from './manifest.ts';
export { differenceFrom, workedCase } from './cases.ts';
export type { WorkedCase } from './cases.ts';
export { openPack, verifyPack } from './pack.ts';
export type { ContentPack, PackFault } from './pack.ts';

type ContentStatus = z.infer<typeof contentStatus>;

interface PackPlaces {
  /** Holds `current` and `previous`, each a pack folder or a link to one. Installing replaces the links by rename. */
  installedDir: string;
  /** The pack that came with the application. */
  builtinDir: string;
}

interface OpenedContent {
  /** Null when not even the built-in pack is whole; the kiosk then only hands over. */
  pack: ContentPack | null;
  status: ContentStatus;
  /** What was tried before and why it is not served, for the technician. An absent installed pack is no fault. */
  rejected: { source: ContentStatus['source']; fault: PackFault }[];
}

/** Opens the best whole pack: installed, else the one installed before, else the built-in one. Never throws for damage. */
export function openBestPack({ installedDir, builtinDir }: PackPlaces): OpenedContent {
  const places = [
    { source: 'installed', directory: join(installedDir, 'current') },
    { source: 'previous', directory: join(installedDir, 'previous') },
    { source: 'builtin', directory: builtinDir },
  ] as const;
  const rejected: OpenedContent['rejected'] = [];
  for (const { source, directory } of places) {
    const opened = openPack(directory);
    if (opened.ok) {
      const { id, version, asOf } = opened.value.manifest;
      const status = {
        ...{ source, pack: `${id} ${version}`, asOf },
        betterRefused: rejected.length > 0,
        statutes: opened.value.statutes !== null,
      };
      return { pack: opened.value, status, rejected };
    }
    const isExpected = source !== 'builtin' && opened.failure.code === 'absent';
    if (!isExpected) rejected.push({ source, fault: opened.failure });
  }
  const status = { source: 'none', pack: '', betterRefused: true, asOf: '', statutes: false } as const;
  return { pack: null, status, rejected };
}
