import type { RecorderProgram } from './microphone/index.ts';
import type { PlayerProgram } from './speaker/index.ts';

/** A sound device that begins like this is a simulator of `npm run sim`: the rest is the path of its Unix socket. */
const prefix = 'socket:';

/** The path of a simulated sound device; undefined for a real one. */
export const soundSocketOf = (device: string | undefined): string | undefined =>
  device?.startsWith(prefix) === true ? device.slice(prefix.length) : undefined;

const connected = `const line = require('node:net').connect(process.argv[1]);
line.on('error', () => process.exit(1));`;

/** Raw 16 kHz mono on stdout until the simulator pulls the plug. */
export const socketRecorder = (path: string): RecorderProgram => ({
  program: process.execPath,
  programArguments: [
    '-e',
    `${connected}\nline.on('close', () => process.exit(1)).pipe(process.stdout);`,
    path,
  ],
});

/** Tells the simulator the rate in four bytes, then the sound; ends well once the simulator has heard it all. */
export const socketPlayer = (path: string): PlayerProgram => ({
  program: process.execPath,
  play: (samplesPerSecond) => [
    '-e',
    `${connected}
const rate = Buffer.alloc(4);
rate.writeUInt32LE(Number(process.argv[2]));
line.write(rate);
process.stdin.pipe(line);
line.on('end', () => process.exit(0)).on('close', () => process.exit(1)).resume();`,
    path,
    String(samplesPerSecond),
  ],
  list: null,
});
