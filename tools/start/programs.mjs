import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const running = new Set();

/** The full path of the first of these programs that is installed, or undefined. */
export function findProgram(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not in this folder
      }
    }
  }
  return undefined;
}

/**
 * Runs a program to its end and tells from time to time that it still runs. Resolves with its status and its output,
 * both streams together; `onOutput` sees the output as it comes.
 */
export function runProgram(title, command, args, { onOutput = () => {}, ...options } = {}) {
  return new Promise((resolve) => {
    const startedAt = Date.now();
    const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(0);
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    running.add(child);
    let output = '';
    const hear = (part) => {
      output += part;
      onOutput(part);
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    const lastLine = () => (output.trimEnd().split('\n').at(-1) ?? '').trim().slice(0, 100);
    const sign = setInterval(() => console.log(`  … ${title}, ${seconds()} s so far: ${lastLine()}`), 20_000);
    const end = (status) => {
      clearInterval(sign);
      running.delete(child);
      resolve({ status, output, seconds: (Date.now() - startedAt) / 1000 });
    };
    child.once('error', (error) => {
      hear(`${error.message}\n`);
      end(127);
    });
    child.once('close', (status, signal) => end(status ?? (signal ? 1 : 0)));
  });
}

/** Starts a program that stays until we leave. `onLine` sees each line it writes to stdout. */
export function startProgram(command, args, { onLine = () => {}, ...options } = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  running.add(child);
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (part) => {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (status, signal) => resolve(signal ?? `exit ${status}`));
  });
  void child.ended.then(() => running.delete(child));
  return child;
}

/** Asks every program that still runs to end, and kills what has not after 5 s. */
export async function stopPrograms() {
  const ended = [...running].map((child) => {
    child.kill('SIGTERM');
    return new Promise((resolve) => child.once('exit', resolve));
  });
  const kill = setTimeout(() => running.forEach((child) => child.kill('SIGKILL')), 5_000);
  await Promise.all(ended);
  clearTimeout(kill);
}
