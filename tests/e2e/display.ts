import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

const xdotool = (...words: string[]): string =>
  execFileSync('xdotool', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** Every window the X server shows, whoever opened it: a native chooser is not Electron's to count. */
export function visibleWindows(): string[] {
  try {
    return xdotool('search', '--onlyvisible', '--maxdepth', '3', '--name', '').trim().split('\n').sort();
  } catch {
    return [];
  }
}

/** Presses a key combination as a plugged-in keyboard would, e.g. `ctrl+shift+i`. */
export const pressKeys = (keys: string): string => xdotool('key', '--clearmodifiers', keys);

/** Presses a mouse button at a place of the screen. */
export const pressButton = (button: number, x: number, y: number): string =>
  xdotool('mousemove', `${x}`, `${y}`, 'click', `${button}`);

/** Touches these places one after the other, as fast as X takes them. */
export function touchAll(places: readonly (readonly [number, number])[]): void {
  xdotool(...places.flatMap(([x, y]) => ['mousemove', `${x}`, `${y}`, 'click', '1']));
}

/** Starts a window manager, without which nobody handles Alt+F4. */
export async function startWindowManager(): Promise<ChildProcess> {
  const manager = spawn('openbox', [], { stdio: 'ignore' });
  await pause(500);
  return manager;
}

/** The same sequence of numbers 0 ≤ n < 1 for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
