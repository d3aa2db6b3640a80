import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { commandHelp, runCommand } from './sim/commands.ts';
import { controlSocketName } from './sim/control.ts';
import { serveControl } from './sim/server.ts';
import { SimulatedStation } from './sim/station.ts';

const usage = `npm run sim -- [options]
Starts a simulated receipt printer, ID-card reader and queue counter on pseudo-terminals, and a microphone, a
loudspeaker and an A4 printer's queue behind sockets: their names go into device.json. All cards are invented, and neither
sound nor documents are kept.

  --dir DIR       folder of the links printer, card-reader and queue-counter (default: $KIOSK_HOME/sim or .kiosk/sim)
  --paper 80|58   width of the roll in mm (default: 80)
  --flow FLOW     how the printer stops the line when its 4096 bytes are full: none, xonxoff (default: none)
  --keep-slips    save each slip as a picture under DIR/slips
  --help          this text

Commands, typed here or sent as JSON lines {"command":"place-card","argument":"jia"} to DIR/${controlSocketName}:
${commandHelp}
  help, quit`;

const columnsOf: Readonly<Record<string, number>> = { '80': 48, '58': 32 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string', default: join(process.env['KIOSK_HOME'] ?? '.kiosk', 'sim') },
      paper: { type: 'string', default: '80' },
      flow: { type: 'string', default: 'none' },
      'keep-slips': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const columns = columnsOf[values.paper];
  if (columns === undefined) throw new Error(`--paper is 80 or 58, not ${values.paper}`);
  const { flow } = values;
  if (flow !== 'none' && flow !== 'xonxoff') throw new Error(`--flow is none or xonxoff, not ${flow}`);
  const dir = resolve(values.dir);
  const keepSlips = values['keep-slips'];
  const station = new SimulatedStation({ dir, baudRate: 115_200, columns, flow, keepSlips });
  const control = await serveControl(station, join(dir, controlSocketName));
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    control.close();
    await station.close();
    process.exit(process.exitCode ?? 0);
  };
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());
  process.on('SIGHUP', () => void end());
  try {
    await Promise.all([
      station.plug('printer'),
      station.plug('reader'),
      station.plug('counter'),
      station.sound.plug('microphone'),
      station.sound.plug('speaker'),
      station.documents.start(),
    ]);
  } catch (error) {
    complain(error);
    await end();
  }
  console.log(`printer      ${station.linkOf('printer')}`);
  console.log(`card reader  ${station.linkOf('reader')}`);
  console.log(`queue counter ${station.linkOf('counter')}`);
  console.log(`microphone   ${station.sound.deviceOf('microphone')}`);
  console.log(`speaker      ${station.sound.deviceOf('speaker')}`);
  console.log(`A4 printer   ${station.documents.queue}`);
  console.log(`control      ${join(dir, controlSocketName)}   (type help)`);
  takeCommands(station, end);
  endWithParent(end);
}

/** The shell between npm and us does not pass signals on; when it is gone, so is whoever wanted the simulators. */
function endWithParent(end: () => Promise<void>): void {
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined) return;
  setInterval(() => {
    if (process.ppid !== parent) void end();
  }, 500).unref();
}

function takeCommands(station: SimulatedStation, end: () => Promise<void>): void {
  const prompt = createInterface({ input: process.stdin, terminal: false });
  prompt.on('line', (line) => {
    const [name = '', ...rest] = line.trim().split(/\s+/);
    const argument = rest.join(' ');
    if (name === '') return;
    if (name === 'help') console.log(commandHelp);
    else if (name === 'quit') void end();
    else {
      runCommand(station, name, argument).then((value) => {
        console.log(value === null ? 'ok' : JSON.stringify(value, undefined, 2));
      }, complain);
    }
  });
}

function complain(error: unknown): void {
  console.error(`sim: ${error instanceof Error ? error.message : String(error)}`);
  if (!process.stdin.isTTY) process.exitCode = 1;
}

main().catch((error: unknown) => {
  complain(error);
  process.exit(1);
});
