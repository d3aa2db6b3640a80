import { availableParallelism, loadavg } from 'node:os';

import type { CoreState, FromCore } from '../contract/relay.ts';
import type { CoreProcess } from './core-process.ts';

/** All delays of the supervisor, in ms, and the counts that go with them. */
export interface SupervisorTiming {
  heartbeat: number;
  /** So many beats without an answer are a hang. Counted in beats, so that a pause of our own process is not blamed on the core. */
  missedBeats: number;
  /** How long a core may take until it is ready before it counts as hung. */
  startLimit: number;
  /**
   * A core that takes longer than this until it is ready runs on a slow machine: until it is healthy, while it loads the
   * rest, its beats wait longer in proportion.
   */
  usualStart: number;
  /** First wait before a restart; doubles with each failure in a row. */
  firstDelay: number;
  /** After so many failures in a row the state is `failed` … */
  failuresUntilFailed: number;
  /** … and this is the wait between the attempts that follow. */
  slowDelay: number;
  /** A core that has been up this long is healthy: earlier failures are forgotten. */
  healthyAfter: number;
  /** How long a core that was asked to stop may take. */
  stopLimit: number;
}

export const supervisorTiming: SupervisorTiming = {
  heartbeat: 100,
  missedBeats: 6,
  startLimit: 60_000,
  usualStart: 3_000,
  firstDelay: 20,
  failuresUntilFailed: 6,
  slowDelay: 15_000,
  healthyAfter: 3_000,
  stopLimit: 3_000,
};

/** A screen's message may be text or bytes up to this size; anything else is dropped before it reaches the core. */
const messageLimit = 1024 * 1024;

function mayPass(data: unknown): boolean {
  if (typeof data === 'string') return data.length <= messageLimit;
  return (data instanceof ArrayBuffer || data instanceof Uint8Array) && data.byteLength <= messageLimit;
}

/** What one screen hears from the core. `closed` fires once, when the core is gone; the screen must then ask for a new port. */
export interface ScreenEnd {
  receive: (data: unknown) => void;
  closed: () => void;
}

/** One screen's way to the core. */
export interface CorePort {
  post(data: unknown): void;
  close(): void;
}

export interface Supervisor {
  state(): CoreState;
  /** Called on each change; returns the unsubscribe function. */
  onState(listener: (state: CoreState) => void): () => void;
  /** A new port to the core, or undefined while the core is not up. */
  connect(screen: ScreenEnd): CorePort | undefined;
  /** Stops the core for good; resolves when its process is gone. */
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  launch: () => CoreProcess;
  timing?: SupervisorTiming;
  /** How many times longer than on an idle machine a beat may wait; at least 1. */
  patience?: () => number;
  /** One line for whoever reads the machine's log; never carries what a screen said. */
  report?: (line: string) => void;
}

/** On a machine with more to do than it has cores for, a healthy core waits for its turn: it is not hung. */
const machineLoad = (): number => Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

/**
 * Keeps one core running: starts it, heart-beats it, kills it when it hangs, restarts it with back-off, and carries
 * screens' messages without looking into them.
 */
export function superviseCore({
  launch,
  timing = supervisorTiming,
  patience = machineLoad,
  report = () => undefined,
}: SupervisorOptions): Supervisor {
  const stateListeners = new Set<(state: CoreState) => void>();
  const screens = new Map<number, ScreenEnd>();
  let state: CoreState = 'starting';
  let core: CoreProcess | undefined;
  let nextPort = 1;
  let failures = 0;
  let unanswered = 0;
  let slowness = 1;
  let beat: NodeJS.Timeout | undefined;
  let health: NodeJS.Timeout | undefined;
  let deadline: NodeJS.Timeout | undefined;
  let restart: NodeJS.Timeout | undefined;
  let stopping: (() => void) | undefined;

  function become(next: CoreState): void {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  function clearTimers(): void {
    clearInterval(beat);
    clearTimeout(health);
    clearTimeout(deadline);
    clearTimeout(restart);
  }

  function start(): void {
    const started = launch();
    const startedAt = performance.now();
    core = started;
    started.onMessage((message) => hear(message, startedAt));
    started.onExit(ended);
    deadline = setTimeout(() => giveUpOn(started, 'not ready in time'), timing.startLimit);
  }

  function hear(message: FromCore, startedAt: number): void {
    unanswered = 0;
    switch (message.kind) {
      case 'ready': {
        clearTimeout(deadline);
        const tookMs = performance.now() - startedAt;
        slowness = Math.max(1, tookMs / timing.usualStart);
        report(`core up after ${Math.round(tookMs)} ms`);
        beat = setInterval(heartbeat, timing.heartbeat);
        health = setTimeout(() => {
          failures = 0;
          slowness = 1;
        }, timing.healthyAfter);
        become('up');
        break;
      }
      case 'message':
        screens.get(message.port)?.receive(message.data);
        break;
      case 'pong':
        break;
    }
  }

  function heartbeat(): void {
    if (!core) return;
    if (unanswered >= timing.missedBeats * patience() * slowness) {
      giveUpOn(core, 'no heart-beat');
      return;
    }
    unanswered += 1;
    core.send({ kind: 'ping', at: Date.now() });
  }

  function giveUpOn(hung: CoreProcess, why: string): void {
    report(`core killed: ${why}`);
    clearTimers();
    hung.kill();
  }

  function ended(how: string): void {
    clearTimers();
    core = undefined;
    unanswered = 0;
    const cutOff = [...screens.values()];
    screens.clear();
    if (stopping) {
      stopping();
    } else {
      failures += 1;
      const failed = failures >= timing.failuresUntilFailed;
      const delay = failed ? timing.slowDelay : timing.firstDelay * 2 ** (failures - 1);
      report(`core gone (${how}), failure ${failures} in a row, next start in ${delay} ms`);
      restart = setTimeout(start, delay);
      become(failed ? 'failed' : 'restarting');
    }
    for (const screen of cutOff) screen.closed();
  }

  start();

  return {
    state: () => state,
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    connect(screen) {
      const connectedTo = core;
      if (state !== 'up' || !connectedTo) return undefined;
      const port = nextPort++;
      screens.set(port, screen);
      connectedTo.send({ kind: 'connect', port });
      return {
        post: (data) => {
          if (screens.has(port) && mayPass(data)) connectedTo.send({ kind: 'message', port, data });
        },
        close: () => {
          if (screens.delete(port)) connectedTo.send({ kind: 'disconnect', port });
        },
      };
    },
    stop() {
      clearTimers();
      const running = core;
      if (!running) return Promise.resolve();
      return new Promise((resolve) => {
        const limit = setTimeout(() => running.kill(), timing.stopLimit);
        stopping = () => {
          clearTimeout(limit);
          resolve();
        };
        running.send({ kind: 'stop' });
      });
    },
  };
}
