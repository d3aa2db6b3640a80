import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { recordingLog } from '../../tests/contract/devices.samples.ts';
import { findPlayer, Speaker, soundOfWav } from './index.ts';
import type { PlayerProgram } from './driver.ts';
import type { Sound, SpeakerPort } from './port.ts';
import { SimulatedSpeaker } from './simulator.ts';

const simulated = fileURLToPath(new URL('./simulated-player.mjs', import.meta.url));
const tone = (ms: number): Sound => ({
  samples: Int16Array.from({ length: 8 * ms }, (_, at) => Math.round(9000 * Math.sin(at / 3))),
  samplesPerSecond: 8000,
});

let folder: string;
let opened: Speaker[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'speaker-'));
});
afterEach(async () => {
  await Promise.all(opened.map((speaker) => speaker.close()));
  opened = [];
  rmSync(folder, { recursive: true });
});

function speakerWith(player: PlayerProgram | null, hangingMs = 10_000): Speaker {
  const speaker = new Speaker({ player, log: recordingLog(), lookAgainMs: 30, hangingMs });
  opened.push(speaker);
  return speaker;
}

const playing = (how: string, out?: string): PlayerProgram => ({
  program: process.execPath,
  play: (rate) => [simulated, how, String(rate), ...(out === undefined ? [] : [out])],
  list: null,
});

const becomes = (speaker: SpeakerPort, status: object) =>
  vi.waitFor(() => expect(speaker.status()).toEqual(status), { timeout: 10_000 });

describe('speaker', () => {
  it('plays every sample, at the volume it is told', async () => {
    const heard = join(folder, 'heard');
    const speaker = speakerWith(playing('play', heard));
    const sound = tone(400);
    expect(await speaker.play(sound)).toEqual({ kind: 'played' });
    expect(readFileSync(heard)).toEqual(Buffer.from(sound.samples.buffer));
    speaker.setVolume(0.5);
    await speaker.play(sound);
    const quiet = new Int16Array(Uint8Array.from(readFileSync(heard)).buffer);
    expect([...quiet]).toEqual([...sound.samples].map((sample) => Math.round(sample / 2) | 0));
  });

  it('stops at once: by stop, by the signal, by a newer sound and by closing', async () => {
    const speaker = speakerWith(playing('hang'));
    const first = speaker.play(tone(200));
    const away = new AbortController();
    const second = speaker.play(tone(200), { signal: away.signal });
    expect(await first).toEqual({ kind: 'stopped' });
    away.abort();
    expect(await second).toEqual({ kind: 'stopped' });
    const third = speaker.play(tone(200));
    speaker.stop();
    speaker.stop();
    expect(await third).toEqual({ kind: 'stopped' });
    expect(await speaker.play(tone(200), { signal: away.signal })).toEqual({ kind: 'stopped' });
    const last = speaker.play(tone(200));
    await speaker.close();
    expect(await last).toEqual({ kind: 'stopped' });
    expect(await speaker.play(tone(20))).toEqual({ kind: 'failed', reason: 'absent' });
  });

  it('gives up a player that hangs, and tries again with the next sound', async () => {
    const speaker = speakerWith(playing('hang'), 100);
    expect(await speaker.play(tone(20))).toEqual({ kind: 'failed', reason: 'no_device' });
    await becomes(speaker, { state: 'ready' });
  });

  it('says that the player is not installed, and takes one that comes later off the path', async () => {
    expect(findPlayer(`/nowhere:${folder}`)).toBeNull();
    const speaker = speakerWith(findPlayer('/nowhere'));
    expect(speaker.status()).toEqual({ state: 'fault', fault: 'no_player' });
    expect(await speaker.play(tone(20))).toEqual({ kind: 'failed', reason: 'no_player' });
  });

  it('looks for a sound card until there is one, and again after one was pulled', async () => {
    const out = join(folder, 'out');
    writeFileSync(out, '');
    const list = `[ -e ${out} ] || echo 'card 0: PCH [HDA], device 0: ALC [ALC]'`;
    const script = `#!/bin/sh\nif [ "$1" = -l ]; then ${list}; exit 0; fi\ncat >/dev/null; [ ! -e ${out} ]\n`;
    writeFileSync(join(folder, 'aplay'), script, { mode: 0o755 });
    const speaker = speakerWith(findPlayer(`/nowhere:${folder}`));
    expect(await speaker.play(tone(20))).toEqual({ kind: 'failed', reason: 'no_device' });
    rmSync(out);
    await becomes(speaker, { state: 'ready' });
    expect(await speaker.play(tone(20))).toEqual({ kind: 'played' });
    writeFileSync(out, '');
    expect(await speaker.play(tone(20))).toEqual({ kind: 'failed', reason: 'no_device' });
    expect(speaker.status()).toEqual({ state: 'fault', fault: 'no_device' });
    rmSync(join(folder, 'aplay'));
    await becomes(speaker, { state: 'fault', fault: 'no_player' });
  });
});

describe('simulated speaker', () => {
  it('keeps what was heard to its end, and how loud', async () => {
    const speaker = new SimulatedSpeaker();
    speaker.setVolume(0.3);
    const sound = tone(100);
    expect(await speaker.play(sound)).toEqual({ kind: 'played' });
    const cut = speaker.play(tone(60_000));
    speaker.stop();
    expect(await cut).toEqual({ kind: 'stopped' });
    speaker.set('no_device');
    expect(await speaker.play(sound)).toEqual({ kind: 'failed', reason: 'no_device' });
    expect(speaker.heard).toEqual([{ sound, volume: 0.3 }]);
  });
});

describe('WAV', () => {
  const wav = (channels: number, samples: readonly number[], claimed = samples.length * 2): Buffer => {
    const file = Buffer.alloc(44 + samples.length * 2);
    file.write('RIFF', 0, 'latin1');
    file.write('WAVEfmt ', 8, 'latin1');
    file.writeUInt32LE(16, 16);
    file.writeUInt16LE(1, 20);
    file.writeUInt16LE(channels, 22);
    file.writeUInt32LE(22_050, 24);
    file.writeUInt16LE(16, 34);
    file.write('data', 36, 'latin1');
    file.writeUInt32LE(claimed, 40);
    samples.forEach((sample, at) => file.writeInt16LE(sample, 44 + at * 2));
    return file;
  };

  it('gives its samples, two channels as one, whatever length it claims', () => {
    expect(soundOfWav(wav(1, [1, -2, 3], 0x7ffff000))).toEqual({
      ok: true,
      value: { samples: Int16Array.of(1, -2, 3), samplesPerSecond: 22_050 },
    });
    expect(soundOfWav(wav(2, [10, 20, -10, -20]))).toMatchObject({
      value: { samples: Int16Array.of(15, -15) },
    });
  });

  it.each([Buffer.alloc(0), Buffer.from('RIFFxxxxWAVE'), wav(6, [1, 2])])('says what is wrong', (file) =>
    expect(soundOfWav(file).ok).toBe(false),
  );
});
