import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { panel, site } from '../../contract/kiosk.ts';

/** What this machine is: written by whoever sets it up, read once at start. */
const deviceSettings = z.object({
  v: z.literal(1),
  site,
  panel,
  printer: z
    .object({ path: z.string(), profile: z.string(), baudRate: z.number().int().positive() })
    .nullable(),
  cardReader: z.object({ path: z.string() }).nullable(),
  /** ALSA devices such as `default` or `plughw:1,0`. */
  microphone: z.object({ device: z.string().min(1) }).nullish(),
  speaker: z.object({ device: z.string().min(1) }).nullish(),
  /** An A4 printer: the name of its CUPS queue, or the socket of a simulator. */
  documentPrinter: z.object({ queue: z.string().regex(/^([\w-]+|socket:.+)$/) }).nullish(),
  /** Lets a model of speech listen that was made for tests; never where the public comes. */
  testModels: z.boolean().nullish(),
  /** The serial line to the counter of the hall that gives queue numbers. */
  queueCounter: z.object({ path: z.string(), baudRate: z.number().int().positive() }).nullish(),
  hub: z.object({ url: z.url({ protocol: /^https?$/ }) }).nullable(),
  /** X25519 public key of the legal aid office, 32 bytes in base64url; without it no pre-application is taken. */
  intakeRecipientKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .nullable(),
});

export type DeviceSettings = z.infer<typeof deviceSettings>;

/** A machine about which nothing is known: no devices, no hub, a 21.5 inch portrait panel. */
export const SAFE_SETTINGS: DeviceSettings = {
  v: 1,
  site: { kioskId: 'unset', name: '', placement: 'service_centre', region: '530000' },
  panel: { widthMm: 268, heightMm: 476, widthPx: 1080, heightPx: 1920 },
  printer: null,
  cardReader: null,
  hub: null,
  intakeRecipientKey: null,
};

const COPIES = ['device.json', 'device.copy.json'] as const;

/** Where the settings came from; `defaults` also stands for a machine that was never set up. */
export type SettingsSource = 'own' | 'copy' | 'defaults';

export function readSettings(home: string): { settings: DeviceSettings; source: SettingsSource } {
  const [own, copy] = COPIES.map((name) => readCopy(join(home, name)));
  if (own) return { settings: own, source: 'own' };
  if (copy) return { settings: copy, source: 'copy' };
  return { settings: SAFE_SETTINGS, source: 'defaults' };
}

/**
 * The settings for somebody who looks at them or writes them anew, who must know what is wrong: a file that cannot be read
 * is an error and never overwritten, and so is a key that means nothing. A machine without the file has none yet.
 */
export function readSettingsStrictly(home: string): DeviceSettings {
  const path = join(home, COPIES[0]);
  const text = textOf(path);
  if (text === undefined) return readSettings(home).settings;
  const given = jsonOf(text, path);
  const parsed = deviceSettings.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
    throw new Error(`${path} is wrong: ${wrong.join('; ')}`);
  }
  const unknown = unknownKeys(given, parsed.data);
  if (unknown.length > 0) throw new Error(`${path} has keys that mean nothing: ${unknown.join(', ')}`);
  return parsed.data;
}

/** Writes both copies, one after the other, each whole or not at all. */
export function writeSettings(home: string, settings: DeviceSettings): void {
  mkdirSync(home, { recursive: true });
  for (const name of COPIES) {
    const temporary = join(home, `${name}.new`);
    const handle = openSync(temporary, 'w', 0o600);
    writeSync(handle, `${JSON.stringify(deviceSettings.parse(settings), null, 2)}\n`);
    fsyncSync(handle);
    closeSync(handle);
    renameSync(temporary, join(home, name));
  }
}

function readCopy(path: string): DeviceSettings | null {
  try {
    return deviceSettings.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} cannot be read: ${String(error)}`, { cause: error });
  }
}

/** Paths of the keys that the schema dropped. */
function unknownKeys(given: unknown, known: unknown, prefix = ''): string[] {
  if (typeof given !== 'object' || given === null) return [];
  const kept = (typeof known === 'object' && known !== null ? known : {}) as Record<string, unknown>;
  return Object.entries(given).flatMap(([key, value]) =>
    key in kept ? unknownKeys(value, kept[key], `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}
