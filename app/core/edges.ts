import { randomBytes, randomUUID } from 'node:crypto';

/** Time as the core takes it. Replaced in tests. */
export interface Clock {
  /** Epoch milliseconds, as far as the machine's clock can be trusted. */
  now(): number;
  /** Milliseconds that never jump. */
  monotonic(): number;
}

export interface Randomness {
  uuid(): string;
  bytes(count: number): Buffer;
  /** 0 ≤ share < 1. */
  share(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

export const systemRandomness: Randomness = {
  uuid: () => randomUUID(),
  bytes: (count) => randomBytes(count),
  share: () => Math.random(),
};

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The calendar day in China (ISO); the kiosks stand there, whatever zone the machine was set to. */
export const today = (clock: Clock): string =>
  new Date(clock.now() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
