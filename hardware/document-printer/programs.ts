import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** How a program ended; `hung`: it did not, and was ended. Null when there is no such program. */
export interface Ended {
  code: number | 'hung' | null;
  said: string;
}

/** Runs a program of CUPS and gives what it said, after `limitMs` at the latest. */
export type RunCups = (
  name: 'lp' | 'lpstat' | 'cancel',
  programArguments: readonly string[],
  options: { limitMs: number; input?: Uint8Array | undefined },
) => Promise<Ended>;

/** Where Linux distributions install the programs of CUPS. */
const cupsFolder = '/usr/bin';

/** A print queue of which this is the prefix is a simulator of `npm run sim`: the rest is the path of its Unix socket. */
const prefix = 'socket:';

/** The programs in this folder. */
export const cupsPrograms =
  (folder: string): RunCups =>
  (name, programArguments, options) =>
    run(join(folder, name), programArguments, options);

/**
 * What prints on the queue that device.json names, and the queue's own name: CUPS, or a simulator behind a socket. The
 * simulator is asked by a program as well, so that the driver does the same with both.
 */
export function printingSystemOf(queue: string): { run: RunCups; queue: string } {
  if (!queue.startsWith(prefix)) return { run: cupsPrograms(cupsFolder), queue };
  const path = queue.slice(prefix.length);
  return {
    queue: simulatedQueue,
    run: (name, programArguments, options) =>
      run(process.execPath, ['-e', askedBySocket, path, name, ...programArguments], options),
  };
}

/** Name of the only queue of the simulator. */
export const simulatedQueue = 'a4';

/** Sends what it was asked, then its stdin; says what comes back, whose first line is the exit code. */
const askedBySocket = `const [path, ...asked] = process.argv.slice(1);
const line = require('node:net').connect({ path, allowHalfOpen: true });
let said = '';
line.on('error', () => process.exit(127));
line.on('data', (text) => (said += text));
line.on('end', () => {
  const at = said.indexOf('\\n');
  process.stdout.write(said.slice(at + 1), () => process.exit(Number(said.slice(0, at))));
});
line.write(JSON.stringify(asked) + '\\n');
process.stdin.pipe(line);`;

function run(
  program: string,
  programArguments: readonly string[],
  { limitMs, input }: { limitMs: number; input?: Uint8Array | undefined },
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      stdio: ['pipe', 'pipe', 'ignore'],
      // Its words are read.
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    });
    let said = '';
    const finish = (code: Ended['code']): void => {
      clearTimeout(timer);
      resolve({ code, said });
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      finish('hung');
    }, limitMs);
    child.on('error', () => finish(null));
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    child.on('close', (code) => finish(code ?? 'hung'));
    child.stdin.end(input);
  });
}
