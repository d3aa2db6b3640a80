import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';

import { sampleRate } from '../../hardware/microphone/port.ts';
import { soundOfWav } from '../../hardware/speaker/index.ts';

export type SoundDevice = 'microphone' | 'speaker';

/** What somebody says into the microphone; `silence` is a quiet room. */
type Said = 'silence' | 'tone' | Int16Array;

/** How the microphone is: it gives sound, zeros, or nothing at all. */
export type MicrophoneState = 'live' | 'muted' | 'dead';

const stepMs = 20;
const stepSamples = (sampleRate * stepMs) / 1000;
const roomNoise = 30;
const toneHertz = 440;
const toneAmplitude = 8000;

/** A simulated microphone and loudspeaker, each behind a Unix socket, as fast as sound. Nothing is kept but figures. */
export class SimulatedSound {
  readonly #dir: string;
  readonly #servers = new Map<SoundDevice, { server: Server; sockets: Set<Socket> }>();
  #said: Said = 'silence';
  #saidFrom = 0;
  #microphone: MicrophoneState = 'live';
  readonly #heard: { seconds: number; peak: number }[] = [];

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Where the host finds a device, as device.json names it. */
  deviceOf(device: SoundDevice): string {
    return `socket:${this.#pathOf(device)}`;
  }

  isPlugged(device: SoundDevice): boolean {
    return this.#servers.has(device);
  }

  async plug(device: SoundDevice): Promise<void> {
    if (this.#servers.has(device)) return;
    const sockets = new Set<Socket>();
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      if (device === 'microphone') this.#speakInto(socket);
      else this.#listenTo(socket);
    });
    this.#servers.set(device, { server, sockets });
    rmSync(this.#pathOf(device), { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#pathOf(device), resolve);
    });
  }

  unplug(device: SoundDevice): Promise<void> {
    const found = this.#servers.get(device);
    this.#servers.delete(device);
    for (const socket of found?.sockets ?? []) socket.destroy();
    return new Promise((resolve) => {
      if (found) found.server.close(() => resolve());
      else resolve();
    });
  }

  /** Somebody speaks from now on: a WAV file of 16 kHz once, a tone, or nobody. Throws what is wrong with the file. */
  say(what: string): void {
    if (what !== 'silence' && what !== 'tone') {
      const sound = soundOfWav(readFileSync(what));
      if (!sound.ok) throw new Error(`${what}: ${sound.failure}`);
      if (sound.value.samplesPerSecond !== sampleRate) throw new Error(`${what}: not ${sampleRate} Hz`);
      this.#said = sound.value.samples;
    } else this.#said = what;
    this.#saidFrom = performance.now();
  }

  setMicrophone(state: MicrophoneState): void {
    this.#microphone = state;
  }

  /** How long and how loud each sound was that was played to its end. */
  heard(): readonly { seconds: number; peak: number }[] {
    return [...this.#heard];
  }

  status(): object {
    return {
      microphone: { plugged: this.isPlugged('microphone'), state: this.#microphone },
      speaker: { plugged: this.isPlugged('speaker'), heard: this.#heard.length },
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.unplug('microphone'), this.unplug('speaker')]);
  }

  #pathOf(device: SoundDevice): string {
    return join(this.#dir, `${device}.sock`);
  }

  #speakInto(socket: Socket): void {
    const started = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.floor((performance.now() - started) / stepMs);
      for (; sent < due; sent += 1)
        if (this.#microphone !== 'dead') socket.write(this.#pieceAt(started + sent * stepMs));
    }, stepMs);
    socket.on('close', () => clearInterval(timer));
    socket.on('end', () => socket.end());
    socket.resume();
  }

  /** Sound from this moment on: of its own time, however late it is sent. */
  #pieceAt(moment: number): Buffer {
    const piece = Buffer.alloc(stepSamples * 2);
    if (this.#microphone === 'muted') return piece;
    const from = Math.round(((moment - this.#saidFrom) * sampleRate) / 1000);
    for (let at = 0; at < stepSamples; at += 1) piece.writeInt16LE(this.#sampleAt(from + at), at * 2);
    return piece;
  }

  #sampleAt(at: number): number {
    if (this.#said === 'tone')
      return Math.round(toneAmplitude * Math.sin((2 * Math.PI * toneHertz * at) / sampleRate));
    const noise = Math.round((Math.random() - 0.5) * roomNoise);
    return this.#said === 'silence' ? noise : (this.#said[at] ?? noise);
  }

  /** Answers the end of a sound when it has been heard. */
  #listenTo(socket: Socket): void {
    const started = performance.now();
    const pieces: Buffer[] = [];
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('end', () => {
      const bytes = Buffer.concat(pieces);
      if (bytes.length < 4) return socket.destroy();
      const seconds = (bytes.length - 4) / 2 / bytes.readUInt32LE(0);
      let peak = 0;
      for (let at = 4; at + 1 < bytes.length; at += 2) peak = Math.max(peak, Math.abs(bytes.readInt16LE(at)));
      const rest = seconds * 1000 - (performance.now() - started);
      const done = setTimeout(
        () => {
          this.#heard.push({ seconds: Math.round(seconds * 100) / 100, peak });
          socket.end();
        },
        Math.max(0, rest),
      );
      socket.on('close', () => clearTimeout(done));
      return undefined;
    });
  }
}
