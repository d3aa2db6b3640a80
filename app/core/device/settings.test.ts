import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  readSettings,
  readSettingsStrictly,
  SAFE_SETTINGS,
  writeSettings,
  type DeviceSettings,
} from './index.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'device-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const settings: DeviceSettings = {
  ...SAFE_SETTINGS,
  site: { kioskId: 'km-south-01', name: '昆明南站', placement: 'station', region: '530100' },
  printer: { path: '/dev/ttyUSB0', profile: 'generic-80mm', baudRate: 115_200 },
  hub: { url: 'https://hub.example' },
  intakeRecipientKey: 'A'.repeat(43),
};

test('are read back as written', () => {
  writeSettings(home, settings);
  expect(readSettings(home)).toEqual({ settings, source: 'own' });
});

test.each(['', '{"v":1', '{"v":2}', JSON.stringify({ ...settings, hub: { url: 'javascript:alert(1)' } })])(
  'damaged (%j): the copy serves',
  (text) => {
    writeSettings(home, settings);
    writeFileSync(join(home, 'device.json'), text);
    expect(readSettings(home)).toEqual({ settings, source: 'copy' });
  },
);

test('both gone: a machine without devices', () => {
  expect(readSettings(home)).toEqual({ settings: SAFE_SETTINGS, source: 'defaults' });
  writeFileSync(join(home, 'device.json'), 'x');
  writeFileSync(join(home, 'device.copy.json'), 'x');
  expect(readSettings(home).settings.printer).toBeNull();
});

test('read strictly: a machine that was never set up has none, and one that was has its own', () => {
  expect(readSettingsStrictly(home)).toEqual(SAFE_SETTINGS);
  writeSettings(home, settings);
  expect(readSettingsStrictly(home)).toEqual(settings);
});

test.each([
  ['', 'cannot be read'],
  ['{"v":1', 'cannot be read'],
  [JSON.stringify({ ...settings, printer: { path: 1 } }), 'printer.path'],
  [JSON.stringify({ ...settings, cardreader: null }), 'cardreader'],
  [JSON.stringify({ ...settings, printer: { ...settings.printer, baud: 9600 } }), 'printer.baud'],
])('read strictly: %j is refused with a clear line', (text, reason) => {
  writeSettings(home, settings);
  writeFileSync(join(home, 'device.json'), text);
  expect(() => readSettingsStrictly(home)).toThrow(reason);
});
