import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { Announced } from '../announced.ts';
import type { DeviceLog } from '../log.ts';
import { canRun } from '../programs.ts';
import type { PlayOutcome, Sound, SpeakerFault, SpeakerPort, SpeakerStatus } from './port.ts';

/** What runs to be heard: a program that takes raw 16-bit sound of one channel on stdin. */
export interface PlayerProgram {
  program: string;
  play: (samplesPerSecond: number) => readonly string[];
  /** Arguments with which it lists sound cards, one a line beginning with "card"; null: no need to look. */
  list: readonly string[] | null;
}

interface SpeakerOptions {
  /** Null: the player is not installed. */
  player: PlayerProgram | null;
  log: DeviceLog;
  /** How long until a missing sound card is looked for again, in ms. */
  lookAgainMs?: number;
  /** How much longer than the sound itself a player may take, in ms. */
  hangingMs?: number;
}

const LOOK_AGAIN_MS = 10_000;
const LOOK_LIMIT_MS = 3_000;
const HANGING_MS = 5_000;
/** Handed over at once, and how much earlier than it is heard: a new volume is heard after that. */
const PIECE_MS = 50;
const AHEAD_MS = 250;

/**
 * aplay on this ALSA device, or the default one (where PipeWire or PulseAudio rule, that leads to them). Null where it
 * is not installed.
 */
export function findPlayer(path: string, device = 'default'): PlayerProgram | null {
  const program = path
    .split(delimiter)
    .map((folder) => join(folder, 'aplay'))
    .find(canRun);
  if (program === undefined) return null;
  const format = ['-q', '-D', device, '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r'];
  return { program, play: (rate) => [...format, String(rate), '-'], list: ['-l'] };
}

/** A loudspeaker behind a player program. A missing sound card is looked for until it is there. */
export class Speaker implements SpeakerPort {
  readonly #options: SpeakerOptions;
  readonly #status: Announced<SpeakerStatus>;
  #volume = 1;
  #stopPlaying: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: SpeakerOptions) {
    this.#options = options;
    const { player } = options;
    this.#status = new Announced<SpeakerStatus>(
      player?.list === null
        ? { state: 'ready' }
        : { state: 'fault', fault: player === null ? 'no_player' : 'no_device' },
    );
    if (player && player.list !== null) this.#look();
  }

  status(): SpeakerStatus {
    return this.#status.value;
  }

  onStatus(listener: (status: SpeakerStatus) => void): () => void {
    return this.#status.onChange(listener);
  }

  setVolume(share: number): void {
    this.#volume = Math.min(1, Math.max(0, share));
  }

  stop(): void {
    this.#stopPlaying();
  }

  async play(sound: Sound, { signal }: { signal?: AbortSignal } = {}): Promise<PlayOutcome> {
    this.stop();
    const { player } = this.#options;
    if (this.#closed) return { kind: 'failed', reason: 'absent' };
    const status = this.#status.value;
    if (player === null || status.state === 'fault')
      return { kind: 'failed', reason: status.state === 'fault' ? status.fault : 'no_player' };
    if (signal?.aborted === true) return { kind: 'stopped' };
    const outcome = await this.#run(player, sound, signal);
    if (outcome.kind === 'failed' && outcome.reason !== 'absent') {
      this.#options.log.info({ device: 'speaker', outcome: outcome.reason }, 'sound was not played');
      this.#status.become({ state: 'fault', fault: outcome.reason });
      this.#lookLater();
    }
    return outcome;
  }

  close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.stop();
    this.#status.close();
    return Promise.resolve();
  }

  #run(player: PlayerProgram, sound: Sound, signal: AbortSignal | undefined): Promise<PlayOutcome> {
    return new Promise((resolve) => {
      const left = new AbortController();
      const child = spawn(player.program, player.play(sound.samplesPerSecond), {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      const settle = (outcome: PlayOutcome): void => {
        left.abort();
        clearTimeout(hanging);
        signal?.removeEventListener('abort', stop);
        if (this.#stopPlaying === stop) this.#stopPlaying = () => undefined;
        resolve(outcome);
      };
      const stop = (): void => {
        child.kill('SIGKILL');
        settle({ kind: 'stopped' });
      };
      const failed = (reason: SpeakerFault): void => settle({ kind: 'failed', reason });
      // A device that is gone may hold its player for ever, and with it whoever is read to.
      const hanging = setTimeout(
        () => {
          child.kill('SIGKILL');
          failed('no_device');
        },
        (sound.samples.length / sound.samplesPerSecond) * 1000 + (this.#options.hangingMs ?? HANGING_MS),
      );
      this.#stopPlaying = stop;
      signal?.addEventListener('abort', stop);
      child.on('error', () => failed('no_player'));
      child.on('close', (code) => (code === 0 ? settle({ kind: 'played' }) : failed('no_device')));
      // A player that died takes no more; its end is told by `close`.
      child.stdin.on('error', () => undefined);
      void this.#feed(child, sound, left.signal);
    });
  }

  /** Gives the sound a little ahead of the ear, so that stopping and a new volume are heard soon. */
  async #feed(
    { stdin }: ChildProcess,
    { samples, samplesPerSecond }: Sound,
    left: AbortSignal,
  ): Promise<void> {
    const step = Math.ceil((samplesPerSecond * PIECE_MS) / 1000);
    const started = performance.now();
    for (let at = 0; at < samples.length && !left.aborted; at += step) {
      const piece = samples.subarray(at, at + step).map((sample) => Math.round(sample * this.#volume));
      stdin?.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
      const early = (at / samplesPerSecond) * 1000 - AHEAD_MS - (performance.now() - started);
      if (early > 0) await pause(early);
    }
    stdin?.end();
  }

  #lookLater(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), this.#options.lookAgainMs ?? LOOK_AGAIN_MS).unref();
  }

  #look(): void {
    const { player } = this.#options;
    if (player === null || this.#closed) return;
    if (!canRun(player.program)) {
      this.#status.become({ state: 'fault', fault: 'no_player' });
      this.#lookLater();
    } else if (player.list === null) this.#status.become({ state: 'ready' });
    else
      execFile(
        player.program,
        player.list,
        { timeout: LOOK_LIMIT_MS, env: { ...process.env, LC_ALL: 'C' } },
        (error, listed) => {
          if (this.#closed) return;
          const there = error === null && /^card \d+:/m.test(listed);
          this.#status.become(there ? { state: 'ready' } : { state: 'fault', fault: 'no_device' });
          if (!there) this.#lookLater();
        },
      );
  }
}
