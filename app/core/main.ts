import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FromCore, ToCore } from '../contract/relay.ts';
import { openDevices } from '../../hardware/registry.ts';
import { createCore } from './composition.ts';
import { readSettings, type DeviceSettings } from './device/index.ts';
import { createLog } from './diagnose/index.ts';
import { systemClock, systemRandomness, today } from './edges.ts';
import { openKnowledge } from './knowledge.ts';
import { serveRelay } from './relay.ts';
import { findSynthesiser, openHearing, openModelVoice } from './speech/index.ts';
import { lockHome } from './store/lock.ts';

/** Exit codes that a supervisor can tell apart. */
const EXIT_BUG = 1;
const EXIT_HOME_TAKEN = 3;

/** After `ready`, until what the first screen can do without is loaded. */
const LOAD_AFTER_MS = 500;

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const home = resolve(process.env['KIOSK_HOME'] ?? join(REPOSITORY, '.kiosk'));
const builtinPackDir = resolve(process.env['KIOSK_PACK'] ?? join(REPOSITORY, 'build/packs/starter'));

const programs = process.env['PATH'] ?? '';
const startedByParent = process.send !== undefined;
const lock = lockHome(home);
if (!lock.ok && lock.failure === 'taken') {
  console.error(
    'Another core already runs on this data folder (KIOSK_HOME). Stop it first, or choose another folder.',
  );
  process.exit(EXIT_HOME_TAKEN);
}

const log = createLog(join(home, 'core.log'));

function endByBug(error: unknown): void {
  log.error({ error }, 'unexpected error, the core ends');
  process.exit(EXIT_BUG);
}
process.on('uncaughtException', endByBug);
process.on('unhandledRejection', endByBug);

const { settings: device, source: deviceSource } = readSettings(home);
const knowledge = await openKnowledge({
  home,
  builtinPackDir,
  today: () => today(systemClock),
  region: device.site.region,
  log,
});
const devices = devicesOf(device);
const core = createCore({
  home,
  device,
  deviceSource,
  knowledge,
  devices,
  synthesiser: findSynthesiser(programs),
  modelVoice: openModelVoice({ home, testModels: device.testModels === true, log }),
  hearing: openHearing({
    home,
    testModels: device.testModels === true,
    microphone: devices.microphone,
    vocabulary: knowledge.sayings,
    log,
  }),
  clock: systemClock,
  random: systemRandomness,
  log,
  onBug: endByBug,
});

/** A printer profile that does not exist must not keep the screen from its visitors. */
function devicesOf({ printer, ...settings }: DeviceSettings): ReturnType<typeof openDevices> {
  const { cardReader, microphone, speaker, documentPrinter, queueCounter } = settings;
  const others = {
    ...(cardReader ? { cardReader } : {}),
    ...(microphone ? { microphone } : {}),
    ...(speaker ? { speaker } : {}),
    ...(documentPrinter ? { documentPrinter } : {}),
    ...(queueCounter ? { queueCounter } : {}),
  };
  const edges = { log, today: () => today(systemClock) };
  try {
    return openDevices({ ...others, ...(printer === null ? {} : { printer }) }, edges);
  } catch (error) {
    log.error({ error }, 'printer cannot be opened');
    return openDevices(others, edges);
  }
}

// The screens first: they reach for the core as soon as it is ready, and nobody asks within a blink.
const loading = setTimeout(
  () =>
    void knowledge.load().catch((error: unknown) => {
      // What is closed while it loads is no bug.
      if (!stopping) endByBug(error);
    }),
  LOAD_AFTER_MS,
);

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  clearTimeout(loading);
  void core.close().then(() => {
    if (lock.ok) lock.value.release();
    process.exit(0);
  });
}

// A send that loses the race with the parent's end is followed by `disconnect`.
const send = (message: FromCore): void => void process.send?.(message, undefined, undefined, () => undefined);
const receive = serveRelay(core.router, { send, stop });
process.on('message', (message) => receive(message as ToCore));
process.on('disconnect', stop);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// A parent that went away while we started is not announced again.
if (startedByParent && !process.connected) stop();
send({ kind: 'ready' });
