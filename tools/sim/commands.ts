import type { CupsTrouble } from '../../hardware/document-printer/simulator.ts';
import { syntheticAddress, syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import type { SoundDevice } from './sound.ts';
import type { DeviceName, SimulatedStation } from './station.ts';

interface Command {
  usage: string;
  help: string;
  /** What the command answers, as JSON; throws what is wrong with its argument. */
  run: (station: SimulatedStation, argument: string) => unknown;
}

const serialDevices: readonly DeviceName[] = ['printer', 'reader', 'counter'];
const soundDevices: readonly SoundDevice[] = ['microphone', 'speaker'];
const pluggable = [...serialDevices, ...soundDevices];
const cardNames = [...Object.keys(syntheticCards), 'other'];

const cupsTroubles: Readonly<Record<string, CupsTrouble | undefined>> = {
  ready: undefined,
  absent: 'absent',
  stopped: 'stopped',
  holds: 'holds',
  forgets: 'forgets',
  fails: 'fails',
  refuses: 'refuses',
  hangs: 'hangs',
};

const commands: Readonly<Record<string, Command>> = {
  'place-card': {
    usage: `place-card ${cardNames.join('|')} [ADDRESS]`,
    help: 'put an invented card on the reader, with an added address',
    run: ({ reader }, argument) => {
      const [name = '', address] = argument.split(/\s+/);
      const card = Object.entries(syntheticCards).find(([each]) => each === name)?.[1];
      if (!card && name !== 'other') throw new Error(`no such card; there are: ${cardNames.join(', ')}`);
      reader.place(card ?? 'other', address === undefined ? [] : [syntheticAddress(address)]);
    },
  },
  'remove-card': { usage: 'remove-card', help: 'take the card away', run: ({ reader }) => reader.remove() },
  'pull-at': {
    usage: 'pull-at BLOCK',
    help: 'the card is pulled at this block: 1 while selecting, 2 and up while reading',
    run: ({ reader }, block) => reader.set({ pullAtBlock: wholeNumber(block) }),
  },
  'damaged-card': {
    usage: 'damaged-card on|off',
    help: 'cards cannot be read',
    run: ({ reader }, value) => reader.set({ damagedCard: choice(value, { on: true, off: false }) }),
  },
  'bad-checksum': {
    usage: 'bad-checksum reader|counter',
    help: 'the next card data or number come with a wrong check byte',
    run: (station, device) =>
      choice(device, { reader: station.reader, counter: station.counter }).set({ badChecksum: true }),
  },
  hall: {
    usage: 'hall open|closed|full',
    help: 'the hall gives numbers, or says why not',
    run: ({ counter }, value) =>
      counter.set({ refusal: choice(value, { open: undefined, closed: 'closed', full: 'full' } as const) }),
  },
  numbers: {
    usage: 'numbers',
    help: 'the queue numbers that were given',
    run: ({ counter }) => counter.numbers,
  },
  a4: {
    usage: `a4 ${Object.keys(cupsTroubles).join('|')}`,
    help: 'the A4 printer and its queue are well, or not',
    run: ({ documents }, value) => documents.cups.set(choice(value, cupsTroubles)),
  },
  documents: {
    usage: 'documents',
    help: 'how many bytes the documents had that came out of the A4 printer',
    run: ({ documents }) => documents.cups.printed,
  },
  'paper-out': {
    usage: 'paper-out',
    help: 'the roll is empty',
    run: ({ printer }) => printer.set({ paperOut: true }),
  },
  'paper-out-at': {
    usage: 'paper-out-at BYTES',
    help: 'the roll ends after so many more bytes of a slip',
    run: ({ printer }, bytes) => printer.set({ paperOutAt: wholeNumber(bytes) }),
  },
  'paper-low': {
    usage: 'paper-low',
    help: 'the roll ends soon',
    run: ({ printer }) => printer.set({ nearEnd: true }),
  },
  'paper-ok': {
    usage: 'paper-ok',
    help: 'put a new roll in',
    run: ({ printer }) => printer.set({ paperOut: false, paperOutAt: undefined, nearEnd: false }),
  },
  cover: {
    usage: 'cover open|closed',
    help: 'move the cover of the printer',
    run: ({ printer }, value) => printer.set({ coverOpen: choice(value, { open: true, closed: false }) }),
  },
  cutter: {
    usage: 'cutter jam|ok',
    help: 'jam the cutter at the next cut, or free it',
    run: ({ printer }, value) => {
      const jam = choice(value, { jam: true, ok: false });
      printer.set(jam ? { jamAtCut: true } : { jamAtCut: false, cutterJam: false });
    },
  },
  delay: {
    usage: 'delay printer|reader|counter MS',
    help: 'answers come so much later; 0 for at once',
    run: (station, argument) => {
      const { device, value } = deviceAnd(argument);
      station.lines[device].replace({ kind: 'delay', ms: wholeNumber(value) });
    },
  },
  fragments: {
    usage: 'fragments printer|reader|counter BYTES',
    help: 'answers come in pieces of so many bytes; 0 for whole',
    run: (station, argument) => {
      const { device, value } = deviceAnd(argument);
      station.lines[device].replace({ kind: 'fragment', bytes: wholeNumber(value) });
    },
  },
  garbage: {
    usage: 'garbage printer|reader|counter on|off',
    help: 'noise before each answer, a false start among it',
    run: (station, argument) => {
      const { device, value } = deviceAnd(argument);
      station[device].set({ noise: choice(value, { on: true, off: false }) });
    },
  },
  flip: {
    usage: 'flip printer|reader|counter BYTE',
    help: 'one bit in this byte of the next answer is turned',
    run: (station, argument) => {
      const { device, value } = deviceAnd(argument);
      station.lines[device].inject({ kind: 'flip', at: wholeNumber(value) });
    },
  },
  silence: {
    usage: 'silence printer|reader|counter',
    help: 'the device no longer answers',
    run: (station, device) => station[deviceName(device)].set({ silent: true }),
  },
  speak: {
    usage: 'speak printer|reader|counter',
    help: 'the device answers again',
    run: (station, device) => station[deviceName(device)].set({ silent: false }),
  },
  unplug: {
    usage: `unplug ${pluggable.join('|')}`,
    help: 'pull the cable',
    run: (station, device) =>
      isSound(device) ? station.sound.unplug(device) : station.unplug(deviceName(device, pluggable)),
  },
  replug: {
    usage: `replug ${pluggable.join('|')}`,
    help: 'put the cable back',
    run: (station, device) =>
      isSound(device) ? station.sound.plug(device) : station.plug(deviceName(device, pluggable)),
  },
  say: {
    usage: 'say silence|tone|FILE',
    help: 'somebody speaks: nobody, a tone, or a WAV file of 16 kHz once',
    run: ({ sound }, what) => sound.say(what),
  },
  microphone: {
    usage: 'microphone live|muted|dead',
    help: 'the microphone gives sound, zeros, or nothing',
    run: ({ sound }, value) =>
      sound.setMicrophone(choice(value, { live: 'live', muted: 'muted', dead: 'dead' } as const)),
  },
  heard: {
    usage: 'heard',
    help: 'how long and how loud the sounds were that were played',
    run: ({ sound }) => sound.heard(),
  },
  slips: { usage: 'slips', help: 'what is printed, decoded', run: ({ printer }) => printer.slips() },
  'take-slips': {
    usage: 'take-slips',
    help: 'what is printed, and empty the tray',
    run: ({ printer }) => printer.takeSlips(),
  },
  commands: {
    usage: 'commands',
    help: 'what can be asked, for the dock',
    run: () => Object.entries(commands).map(([name, { usage, help }]) => ({ name, usage, help })),
  },
  status: {
    usage: 'status',
    help: 'how the devices are',
    run: (station) => ({
      printer: {
        plugged: station.isPlugged('printer'),
        lostBytes: station.printer.lostBytes,
        ...station.printer.troubles,
      },
      reader: {
        plugged: station.isPlugged('reader'),
        card: station.reader.cardPresent,
        ...station.reader.troubles,
      },
      counter: { plugged: station.isPlugged('counter'), ...station.counter.troubles },
      a4: { trouble: station.documents.cups.trouble, waiting: station.documents.cups.waiting },
      ...station.sound.status(),
    }),
  },
};

/** One line per command. */
export const commandHelp: string = Object.values(commands)
  .map(({ usage, help }) => `  ${usage.padEnd(28)}  ${help}`)
  .join('\n');

/** Runs a command on the station; rejects with what is wrong with it. */
export async function runCommand(
  station: SimulatedStation,
  name: string,
  argument: string,
): Promise<unknown> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`no such command: ${name}; type help`);
  return (await command.run(station, argument)) ?? null;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`a whole number, please, not "${text}"`);
  return Number(text);
}

function choice<Value>(text: string, values: Readonly<Record<string, Value>>): Value {
  const value = Object.entries(values).find(([name]) => name === text);
  if (!value) throw new Error(`one of ${Object.keys(values).join(', ')}, please, not "${text}"`);
  return value[1];
}

/** A device and what stands behind it. */
function deviceAnd(argument: string): { device: DeviceName; value: string } {
  const [device = '', value = ''] = argument.split(/\s+/);
  return { device: deviceName(device), value };
}

function deviceName(text: string, allowed: readonly string[] = serialDevices): DeviceName {
  const found = serialDevices.find((each) => each === text);
  if (!found) throw new Error(`one of ${allowed.join(', ')}, please, not "${text}"`);
  return found;
}

function isSound(text: string): text is SoundDevice {
  return soundDevices.some((each) => each === text);
}
