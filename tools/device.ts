import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { readSettingsStrictly, writeSettings } from '../app/core/device/index.ts';
import type { DeviceSettings } from '../app/core/device/index.ts';
import { candidate, identify, listPorts, readinessOf } from '../hardware/probe/index.ts';
import type { Found } from '../hardware/probe/index.ts';
import { printerProfileNames } from '../hardware/receipt-printer/index.ts';
import { openDevices } from '../hardware/registry.ts';
import { modelsFolder } from '../models/speech/index.ts';
import { checkDevices } from './device/checks.ts';
import { readinessJson, readinessText } from './device/report.ts';

const usage = `npm run -s device -- probe|test|profile [options]
For technicians, while the kiosk itself is stopped: a device has room for one program.

  probe     list the serial ports and ask at each who is there
  test      try every device of device.json: a test page, a level, a tone; with --card a card, shown masked
  profile   probe, and write what was found into device.json

  --port PATH              ask here only; may be given several times
  --home DIR               folder of device.json (default: $KIOSK_HOME or .kiosk)
  --printer-profile NAME   ${printerProfileNames.join(', ')}, or a path ending in .json
                           (default: the one that is set, else generic-80mm)
  --card                   test: wait a minute for a card
  --check                  test: only look, print and play nothing
  --json                   answer as JSON
  --language zh-CN|en      words of the report (default: zh-CN)`;

const cardMs = 60_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', multiple: true, default: [] },
      home: { type: 'string', default: process.env['KIOSK_HOME'] ?? '.kiosk' },
      'printer-profile': { type: 'string' },
      card: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      language: { type: 'string', default: 'zh-CN' },
      help: { type: 'boolean', default: false },
    },
  });
  const home = resolve(values.home);
  const [command] = positionals;
  if (values.help || command === undefined) console.log(usage);
  else if (command === 'probe') tellFound(await probe(values.port), values.json);
  else if (command === 'profile') await writeProfile(home, values);
  else if (command === 'test') await test(home, values);
  else throw new Error(`no such command: ${command}\n${usage}`);
}

async function probe(paths: readonly string[]): Promise<Found[]> {
  const ports = paths.length > 0 ? paths.map((path) => candidate(path)) : await listPorts();
  return Promise.all(ports.map(identify));
}

function tellFound(found: readonly Found[], json: boolean): void {
  if (json) console.log(JSON.stringify(found, undefined, 2));
  else if (found.length === 0) console.log('no serial port; name one with --port');
  else for (const each of found) console.log(lineOf(each));
  if (!found.some(({ kind }) => kind === 'printer' || kind === 'card_reader')) process.exitCode = 1;
}

function lineOf(found: Found): string {
  if (found.kind === 'printer') return `${found.path}  printer  ${found.baudRate}  ${found.model || '?'}`;
  if (found.kind === 'card_reader')
    return `${found.path}  card reader  ${found.baudRate}  ${found.samId || '?'}`;
  if (found.kind === 'queue_counter')
    return `${found.path}  queue counter  ${found.baudRate}  ${found.hall || '?'}`;
  return `${found.path}  ${found.kind}`;
}

/** Devices that were not found stay as they are set. */
async function writeProfile(
  home: string,
  { port, 'printer-profile': named, json }: { port: string[]; 'printer-profile'?: string; json: boolean },
): Promise<void> {
  // A file that is wrong is said before anything is asked, and stays as it is.
  const settings = readSettingsStrictly(home);
  const profile = named ?? settings.printer?.profile ?? 'generic-80mm';
  const found = await probe(port);
  const printer = found.find((each) => each.kind === 'printer');
  const cardReader = found.find((each) => each.kind === 'card_reader');
  const counter = found.find((each) => each.kind === 'queue_counter');
  tellFound(found, json);
  if (!printer && !cardReader && !counter) return;
  const next: DeviceSettings = {
    ...settings,
    ...(printer ? { printer: { path: printer.path, profile, baudRate: printer.baudRate } } : {}),
    ...(cardReader ? { cardReader: { path: cardReader.path } } : {}),
    ...(counter ? { queueCounter: { path: counter.path, baudRate: counter.baudRate } } : {}),
  };
  // A profile that does not exist is said now, not when the kiosk starts.
  await openDevices(next.printer ? { printer: next.printer } : {}, edges).close();
  writeSettings(home, next);
  if (!json) console.log(`written: ${join(home, 'device.json')}`);
}

const edges = {
  log: { info: () => undefined, warn: () => undefined },
  today: () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
};

async function test(
  home: string,
  { card, check, json, language }: { card: boolean; check: boolean; json: boolean; language: string },
): Promise<void> {
  if (language !== 'zh-CN' && language !== 'en') throw new Error('--language is zh-CN or en');
  const { printer, cardReader, microphone, speaker, documentPrinter, queueCounter, testModels } =
    readSettingsStrictly(home);
  const devices = openDevices(
    {
      ...(printer ? { printer } : {}),
      ...(cardReader ? { cardReader } : {}),
      ...(microphone ? { microphone } : {}),
      ...(speaker ? { speaker } : {}),
      ...(documentPrinter ? { documentPrinter } : {}),
      ...(queueCounter ? { queueCounter } : {}),
    },
    edges,
  );
  try {
    const say = json ? () => undefined : (line: string) => console.log(`  ${line}`);
    const models = { folder: modelsFolder(home), testModels: testModels === true };
    const checks = await checkDevices(devices, { act: !check, cardMs: card ? cardMs : 0, models, say });
    const readiness = readinessOf(checks);
    console.log(json ? readinessJson(readiness, language) : readinessText(readiness, language));
    if (!readiness.ready) process.exitCode = 1;
  } finally {
    await devices.close();
  }
}

main().catch((error: unknown) => {
  console.error(`device: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
});
