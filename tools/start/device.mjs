import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Failure } from './failure.mjs';

/** The name by which a machine for development is known again. */
const developmentKiosk = 'dev-0001';

const portrait = { widthMm: 268, heightMm: 476, widthPx: 1080, heightPx: 1920 };
const landscape = { widthMm: 476, heightMm: 268, widthPx: 1920, heightPx: 1080 };

/**
 * Writes the device.json of a machine for development and tests: the simulated devices at these paths, a hub on this
 * computer, and a legal aid office whose private key lies in the same folder, so that a sealed form can be opened. What
 * else stood in such a file (microphone, test models) stays; the file of a real machine is never touched.
 */
export function writeDevelopmentDevice(home, { printer, cardReader, hub, isLandscape = false }) {
  mkdirSync(home, { recursive: true });
  const settings = {
    ...settingsThere(join(home, 'device.json')),
    v: 1,
    site: { kioskId: developmentKiosk, name: '开发用机', placement: 'service_centre', region: '530000' },
    panel: isLandscape ? landscape : portrait,
    printer: printer ? { path: printer, profile: 'generic-80mm', baudRate: 115200 } : null,
    cardReader: cardReader ? { path: cardReader } : null,
    hub: hub ? { url: hub } : null,
    intakeRecipientKey: officeKey(join(home, 'legal-aid-office.jwk.json')),
  };
  for (const name of ['device.json', 'device.copy.json']) {
    writeFileSync(join(home, name), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  }
}

function settingsThere(file) {
  if (!existsSync(file)) return {};
  let settings;
  try {
    settings = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    settings = undefined;
  }
  if (settings?.site?.kioskId !== developmentKiosk)
    throw new Failure(
      `${file} is not of a machine for development`,
      'Set KIOSK_HOME to another folder; a real machine is started with the installed program (README).',
    );
  return settings;
}

function officeKey(file) {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('x25519');
    writeFileSync(file, JSON.stringify(privateKey.export({ format: 'jwk' })), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')).x;
}
