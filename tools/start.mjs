// `npm start`: from a fresh clone to the kiosk on the screen. Plain JavaScript, for whatever Node the computer has.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { writeDevelopmentDevice } from './start/device.mjs';
import { explain, Failure } from './start/failure.mjs';
import { checkMachine, ensureInstalled, node24 } from './start/install.mjs';
import { runProgram, startProgram, stopPrograms } from './start/programs.mjs';
import { browserCommand, electronCommand, hasDisplay } from './start/screen.mjs';

const help = `Starts the kiosk with a simulated printer and card reader. Installs and builds what is missing.

  npm start                    opens the kiosk: Electron, else Chromium, else prints a link
  npm start -- --no-open       opens nothing, prints the link
  npm start -- --landscape     a machine with a landscape panel

  KIOSK_HOME   where the machine keeps its data (default .kiosk/)
  KIOSK_PORT   port of the link (default any free one)

Ctrl+C in this terminal ends everything.
`;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const home = resolve(process.env.KIOSK_HOME ?? join(root, '.kiosk'));
const hub = 'http://127.0.0.1:8460';

/** Long enough for a browser to find out that it cannot run here. */
const failsEarlyMs = 4_000;

let leaving = false;
async function leave(status) {
  if (leaving) return;
  leaving = true;
  await stopPrograms();
  process.exit(status);
}
process.on('SIGINT', () => leave(0));
process.on('SIGTERM', () => leave(0));
// The terminal was closed.
process.on('SIGHUP', () => leave(0));

async function start({ open, isLandscape }) {
  checkMachine();
  await ensureInstalled(root);
  const built = await runProgram('build', node24(root), ['tools/build.ts'], {
    cwd: root,
    onOutput: (part) => process.stdout.write(part),
  });
  if (built.status !== 0) throw new Failure('the build failed', 'What it said stands above.');

  const devices = await startSimulators();
  try {
    writeDevelopmentDevice(home, { ...devices, hub, isLandscape });
  } catch (error) {
    throw error instanceof Failure ? error : explain(`writing ${home}/device.json`, String(error));
  }

  if (open && hasDisplay()) {
    const electron = electronCommand(root);
    if (electron && (await staysOpen('Electron', electron))) return;
  }
  const link = await startHost();
  const browser = open && hasDisplay() ? browserCommand(home, link) : undefined;
  if (browser && (await staysOpen('the browser', browser))) return;
  const why = !open
    ? 'Nothing was opened, as you asked.'
    : hasDisplay()
      ? 'No browser was found (Debian: apt install chromium).'
      : 'There is no display here.';
  console.log(
    `\n${why} Open this link once, in a browser on this computer:\n\n  ${link}\n\nCtrl+C here ends everything.`,
  );
}

async function startSimulators() {
  const args = ['tools/sim.ts', '--dir', join(home, 'sim'), '--keep-slips'];
  let said = () => {};
  const ready = new Promise((found) => (said = found));
  const devices = {};
  const simulators = startProgram(node24(root), args, {
    cwd: root,
    onLine: (line) => {
      const [, device, path] = /^(printer|card reader) +(\/.+)$/.exec(line) ?? [];
      if (device === 'printer') devices.printer = path;
      if (device === 'card reader') devices.cardReader = path;
      if (devices.printer && devices.cardReader) said(undefined);
    },
  });
  const ended = await Promise.race([ready, simulators.ended]);
  if (ended !== undefined)
    throw new Failure(`the simulated devices ended (${ended})`, 'Try `npm run sim` by itself.');
  console.log(`devices: printer ${devices.printer}, card reader ${devices.cardReader}`);
  return devices;
}

async function startHost() {
  let said = () => {};
  const linked = new Promise((found) => (said = found));
  let isFirst = true;
  const host = startProgram(node24(root), ['build/host/main.mjs'], {
    cwd: root,
    env: { ...process.env, KIOSK_HOME: home, KIOSK_DOCK: join(home, 'sim') },
    onLine: (line) => {
      if (!line.startsWith('link ')) return;
      const link = line.slice('link '.length);
      if (!isFirst) console.log(`The link was used. For one more screen: ${link}`);
      isFirst = false;
      said(link);
    },
  });
  const link = await Promise.race([linked, host.ended.then(() => undefined)]);
  if (!link) {
    throw process.env.KIOSK_PORT
      ? new Failure(
          `port ${process.env.KIOSK_PORT} cannot be used`,
          'Set KIOSK_PORT to a free one, or unset it.',
        )
      : new Failure('the web host ended', 'What it said stands above.');
  }
  void host.ended.then((how) => leaveBecause(`the web host ended (${how})`));
  return link;
}

/** Opens the kiosk's window. False when it closes at once, as it does where libraries or a usable display are missing. */
async function staysOpen(name, { command, args }) {
  const window = startProgram(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', name === 'Electron' ? 'inherit' : 'ignore'],
    env: { ...process.env, KIOSK_HOME: home, KIOSK_DOCK: join(home, 'sim') },
  });
  const early = await Promise.race([
    window.ended,
    new Promise((resolve) => setTimeout(resolve, failsEarlyMs)),
  ]);
  if (early !== undefined) {
    console.log(`${name} does not run here (${early}); trying the next way.`);
    return false;
  }
  console.log(`The kiosk is open (${name}). Ctrl+C here ends everything.`);
  void window.ended.then((how) => leaveBecause(`the kiosk's window ended (${how})`));
  return true;
}

function leaveBecause(words) {
  if (leaving) return;
  console.log(`${words}.`);
  void leave(words.includes('exit 0') ? 0 : 1);
}

try {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      'no-open': { type: 'boolean' },
      landscape: { type: 'boolean' },
    },
  });
  if (values.help) console.log(help);
  else await start({ open: !values['no-open'], isLandscape: values.landscape === true });
} catch (error) {
  const expected = error instanceof Failure || error?.code?.startsWith('ERR_PARSE_ARGS');
  console.error(expected ? error.message : error);
  await leave(expected && !(error instanceof Failure) ? 2 : 1);
}
