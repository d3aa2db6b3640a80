import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const portrait = { widthMm: 268, heightMm: 476, widthPx: 1080, heightPx: 1920 };
const landscape = { widthMm: 476, heightMm: 268, widthPx: 1920, heightPx: 1080 };

/**
 * Writes the device.json of a machine for development and tests: the simulated devices at these paths, a hub on this
 * computer, and a legal aid office whose private key lies in the same folder, so that a sealed form can be opened.
 */
export function writeDevelopmentDevice(home, { printer, cardReader, hub, isLandscape = false }) {
  mkdirSync(home, { recursive: true });
  const settings = {
    v: 1,
    site: { kioskId: 'dev-0001', name: '开发用机', placement: 'service_centre', region: '530000' },
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

function officeKey(file) {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('x25519');
    writeFileSync(file, JSON.stringify(privateKey.export({ format: 'jwk' })), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')).x;
}
