import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { readSettingsStrictly, writeSettings } from '../app/core/device/index.ts';
import type { DeviceSettings } from '../app/core/device/index.ts';
import { candidate, findQueues, identify, listPorts, readinessOf } from '../hardware/probe/index.ts';
import type { Found as FoundAtPort, FoundQueue } from '../hardware/probe/index.ts';
import { printerProfileNames } from '../hardware/receipt-printer/index.ts';
import { openDevices, printerProfile } from '../hardware/registry.ts';
import { modelsFolder } from '../models/speech/index.ts';
import { technicianAtTerminal } from './device/ask.ts';
import { checkDevices } from './device/checks.ts';
import { readinessJson, readinessText, technicianWords } from './device/report.ts';
import type { Language } from './device/report.ts';
import { tryPrinter } from './device/try-printer.ts';

const usage = `npm run -s device -- probe|test|profile [options]
For technicians, while the kiosk itself is stopped: a device has room for one program.

  probe     list the serial ports, ask at each who is there, and list the queues of CUPS
  test      try every device of device.json: a test page, a level, a tone; with --card a card, shown masked
  profile   probe, and write what was found into device.json

  --port PATH              ask here only; may be given several times
  --queue NAME             ask for this queue of CUPS only; may be given several times
  --home DIR               folder of device.json (default: $KIOSK_HOME or .kiosk)
  --printer-profile NAME   ${printerProfileNames.join(', ')}, or a path ending in .json
                           (default: the one that is set, else generic-80mm)
  --try                    profile: print every way to code and to cut, ask what came out, and write the
                           printer's own profile beside device.json
  --hands                  test: have cover and paper moved, and look whether the printer tells
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
      queue: { type: 'string', multiple: true, default: [] },
      try: { type: 'boolean', default: false },
      hands: { type: 'boolean', default: false },
      card: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      language: { type: 'string', default: 'zh-CN' },
      help: { type: 'boolean', default: false },
    },
  });
  const home = resolve(values.home);
  const [command] = positionals;
  const { language } = values;
  if (language !== 'zh-CN' && language !== 'en') throw new Error('--language is zh-CN or en');
  if (values.help || command === undefined) console.log(usage);
  else if (command === 'probe') tellFound(await probe(values), values.json);
  else if (command === 'profile') await writeProfile(home, { ...values, language });
  else if (command === 'test') await test(home, { ...values, language });
  else throw new Error(`no such command: ${command}\n${usage}`);
}

/** `maker`: what the cable says of itself. */
type Found = (FoundAtPort & { maker: string }) | FoundQueue;

/** Everything, or only what is named. */
async function probe({
  port,
  queue,
}: {
  port: readonly string[];
  queue: readonly string[];
}): Promise<Found[]> {
  const all = port.length + queue.length === 0;
  const ports = all ? await listPorts() : port.map((path) => candidate(path));
  const queues = all || queue.length > 0 ? await findQueues(queue) : [];
  const found = await Promise.all(
    ports.map(async (each) => ({ ...(await identify(each)), maker: each.maker })),
  );
  return [...found, ...queues];
}

function tellFound(found: readonly Found[], json: boolean): void {
  if (json) console.log(JSON.stringify(found, undefined, 2));
  else if (found.length === 0) console.log('no serial port and no queue; name them with --port and --queue');
  else for (const each of found) console.log(lineOf(each));
  if (!found.some(isDevice)) process.exitCode = 1;
}

function isDevice(found: Found): boolean {
  if (found.kind === 'document_printer') return found.state !== 'absent';
  return found.kind === 'printer' || found.kind === 'card_reader' || found.kind === 'queue_counter';
}

function lineOf(found: Found): string {
  if (found.kind === 'document_printer') return `${found.queue}  A4 printer  ${found.state}`;
  if (found.kind === 'printer') {
    const told = Object.entries(found.told).map(([name, value]) => `    ${name}: ${value}`);
    const head = `${found.path}  printer  ${found.baudRate}  ${found.told['model'] ?? '?'}  (${found.states})`;
    return [head, ...told].join('\n');
  }
  if (found.kind === 'card_reader')
    return `${found.path}  card reader  ${found.speeds.join(' ')}  ${found.samId || '?'}`;
  if (found.kind === 'queue_counter')
    return `${found.path}  queue counter  ${found.baudRate}  ${found.hall || '?'}`;
  return `${found.path}  ${found.kind}  ${found.maker}`.trimEnd();
}

interface ProfileOptions {
  port: string[];
  queue: string[];
  'printer-profile'?: string;
  try: boolean;
  json: boolean;
  language: Language;
}

/** Devices that were not found stay as they are set. */
async function writeProfile(home: string, options: ProfileOptions): Promise<void> {
  // A file that is wrong is said before anything is asked, and stays as it is.
  const settings = readSettingsStrictly(home);
  const profile = options['printer-profile'] ?? settings.printer?.profile ?? 'generic-80mm';
  // A profile that does not exist is said now, not when the kiosk starts.
  printerProfile(profile);
  const found = await probe(options);
  tellFound(found, options.json);
  if (!found.some(isDevice)) return;
  const printer = found.find((each) => each.kind === 'printer');
  const cardReader = found.find((each) => each.kind === 'card_reader');
  const counter = found.find((each) => each.kind === 'queue_counter');
  const queues = found.filter((each) => each.kind === 'document_printer').filter(isDevice);
  const [queue] = queues.length === 1 ? queues : [];
  const own = printer && options.try ? await tried(home, { ...printer, profile }, options) : profile;
  const next: DeviceSettings = {
    ...settings,
    ...(printer ? { printer: { path: printer.path, profile: own, baudRate: printer.baudRate } } : {}),
    ...(cardReader ? { cardReader: { path: cardReader.path } } : {}),
    ...(counter ? { queueCounter: { path: counter.path, baudRate: counter.baudRate } } : {}),
    ...(queue ? { documentPrinter: { queue: queue.queue } } : {}),
  };
  writeSettings(home, next);
  if (!options.json) console.log(`written: ${join(home, 'device.json')}`);
}

/** Tries the printer with the technician, and writes its own profile; the path of that. */
async function tried(
  home: string,
  printer: { path: string; baudRate: number; profile: string; told: Readonly<Record<string, string>> },
  { json, language }: ProfileOptions,
): Promise<string> {
  const words = technicianWords(language).try;
  const technician = technicianAtTerminal(json ? (line) => console.error(line) : (line) => console.log(line));
  try {
    const known = printerProfile(printer.profile);
    const profile = await tryPrinter({ ...printer, profile: known, log: edges.log }, technician, words);
    const path = join(home, 'printer-profile.json');
    mkdirSync(home, { recursive: true });
    const name = printer.told['model'] ?? known.name;
    writeFileSync(path, `${JSON.stringify({ ...profile, name }, undefined, 2)}\n`);
    technician.say(words.written.replace('{{path}}', path));
    return path;
  } finally {
    technician.leave();
  }
}

const edges = {
  log: { info: () => undefined, warn: () => undefined },
  today: () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
};

interface TestOptions {
  card: boolean;
  check: boolean;
  hands: boolean;
  json: boolean;
  language: Language;
}

async function test(home: string, { card, check, hands, json, language }: TestOptions): Promise<void> {
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
    const words = technicianWords(language).hands;
    const checks = await checkDevices(devices, {
      ...{ act: !check, cardMs: card ? cardMs : 0, models, say },
      ...(hands ? { hands: { say: (line: string) => console.error(line), words } } : {}),
    });
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
