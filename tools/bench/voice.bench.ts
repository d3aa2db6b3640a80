import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createConsultant } from '../../app/core/consult/index.ts';
import type { Consultant } from '../../app/core/consult/index.ts';
import { openPack } from '../../app/core/content/index.ts';
import { createHearing } from '../../app/core/speech/hearing.ts';
import { DETECTOR } from '../../app/core/speech/open-hearing.ts';
import { RecogniserProcess } from '../../app/core/speech/recogniser-link.ts';
import { createWordRepair } from '../../app/core/speech/word-repair.ts';
import { SimulatedMicrophone } from '../../hardware/microphone/simulator.ts';
import { seededRandom, shuffled } from '../../models/intent/random.ts';
import { MANIFEST, readModelFolder } from '../../models/speech/index.ts';
import type { ModelFolder } from '../../models/speech/index.ts';
import { openRecogniser } from '../../models/speech/recogniser.ts';
import type { Recogniser } from '../../models/speech/recogniser.ts';
import { asWholeModel, echo, mix, noise, NOISES } from '../../models/speech/training/index.ts';
import { readContentSources } from '../content/read.ts';
import { CONTENT_FOLDER, ensureStarterPack } from '../content/starter.ts';
import { createSpoiler } from '../speech/errors.ts';
import { HELD_OUT_VOICES, phrasesOf, sayPhrases } from '../speech/phrases.ts';
import type { SaidPhrase } from '../speech/phrases.ts';
import { shownFirst } from '../speech/right.ts';
import { synthesise } from '../speech/synthesise.ts';
import type { Speaker } from '../speech/synthesise.ts';
import { keywordPeer } from './peers.ts';
import { interval, percentile, versus } from './row.ts';
import type { Bench, BenchRow } from './row.ts';

const SEED = 2026;
/** Phrases of each kind: learned from (said by other voices) and never learned from. */
const PHRASES = 100;
const ERRORS = 600;
const TIMED = 24;
const MODEL = join(import.meta.dirname, '..', '..', 'models', 'speech', 'test');
const MODEL_SPEED = join(import.meta.dirname, 'model-speed.ts');
const RATE = 16_000;
const QUIET = 0.3 * RATE;

interface Setting {
  consultant: Consultant;
  sentences: string[];
  folder: ModelFolder;
  recogniser: Recogniser;
  said: { phrase: SaidPhrase; taught: boolean }[];
}

/** A said phrase in a hall: some echo, noise of a kind in turn, and quiet around it. */
function inHall(
  { samples }: SaidPhrase,
  at: number,
  decibels: number | null,
  crowd: Float32Array[],
): Float32Array {
  const random = seededRandom(SEED + at);
  const place = new Float32Array(samples.length + 2 * QUIET);
  place.set(samples, QUIET);
  if (decibels === null) return place;
  const heard = echo(place, 0.15 + 0.2 * random.next(), random);
  const kind = NOISES[at % NOISES.length] ?? 'hall';
  const voiced = { start: QUIET, end: QUIET + samples.length };
  return mix(heard, noise(kind, heard.length, crowd, random), decibels, voiced).map((sample) => 0.5 * sample);
}

function transcribe(recogniser: Recogniser, samples: Float32Array): string {
  const utterance = recogniser.begin();
  for (let at = 0; at < samples.length; at += 1_600) utterance.accept(samples.slice(at, at + 1_600));
  const { text } = utterance.finish();
  utterance.discard();
  return text;
}

const share = (right: number, total: number) => ({
  ours: right / total,
  interval: interval(right / total, total),
});

/**
 * Right answers to what was said, by how loud the hall is; with repair, without, and by keywords alone, with repair and
 * without. What the repair is not sure of is asked again, so it counts as no answer.
 */
async function accuracy({ consultant, sentences, recogniser, said }: Setting): Promise<BenchRow[]> {
  const repair = createWordRepair(sentences, 'sounds');
  const { sources } = readContentSources(CONTENT_FOLDER);
  const keywords = keywordPeer(sources.answers.map(({ value }) => value));
  const crowd = said.slice(0, 12).map(({ phrase }) => phrase.samples);
  const rows: BenchRow[] = [];
  for (const decibels of [null, 20, 10, 5]) {
    const right = { repaired: 0, raw: 0, keyword: 0, rawKeyword: 0, untaught: 0, same: 0 };
    for (const [at, { phrase, taught }] of said.entries()) {
      const heard = transcribe(recogniser, inHall(phrase, at, decibels, crowd));
      const { text, sure } = repair({ text: heard, expected: [] });
      const { answer, characters } = phrase.phrase;
      if (text === characters.join('')) right.same += 1;
      if ((await shownFirst(consultant, heard)) === answer) right.raw += 1;
      if ((await keywords.answer(heard))[0] === answer) right.rawKeyword += 1;
      if (sure && (await keywords.answer(text))[0] === answer) right.keyword += 1;
      if (!sure || (await shownFirst(consultant, text)) !== answer) continue;
      right.repaired += 1;
      if (!taught) right.untaught += 1;
    }
    const hall = decibels === null ? 'quiet' : `${decibels} dB`;
    const untaught = said.filter(({ taught }) => !taught).length;
    const ours = share(right.repaired, said.length);
    const against = (peer: string, count: number) =>
      versus(`right answer, ${hall}`, ours.ours, 'share', peer, count / said.length, 'larger');
    rows.push(
      { ...against('without repair', right.raw), interval: ours.interval },
      against('keywords only', right.rawKeyword),
      against('keywords only, after our repair', right.keyword),
      {
        what: `right answer, ${hall}, phrases never taught`,
        ...share(right.untaught, untaught),
        unit: 'share',
      },
      { what: `every character right, ${hall}`, ...share(right.same, said.length), unit: 'share' },
    );
  }
  return rows;
}

/** Typed sentences with errors of Yunnan: our own phrasings, and questions that nobody wrote into the pack. */
async function repairRows({ consultant, sentences }: Setting): Promise<BenchRow[]> {
  const { sources } = readContentSources(CONTENT_FOLDER);
  const repair = createWordRepair(sentences, 'words');
  const spoil = createSpoiler();
  const random = seededRandom(SEED);
  const own = sources.answers.flatMap(({ value }) =>
    value.phrasings.map((text) => ({ text, answer: value.id })),
  );
  const heldOut = Object.entries(sources.heldOutAnswers?.value.answers ?? {}).flatMap(([answer, texts]) =>
    texts.map((text) => ({ text, answer })),
  );
  const rows: BenchRow[] = [];
  for (const [name, all] of [
    ['own phrasings', own],
    ['kept-back questions', heldOut],
  ] as const) {
    const count = { asked: 0, spoiled: 0, broken: 0, mended: 0, repaired: 0, harmed: 0 };
    for (const { text, answer } of shuffled(
      all.filter((one) => one.text.length > 3),
      random,
    ).slice(0, ERRORS)) {
      if ((await shownFirst(consultant, text)) !== answer) continue;
      count.asked += 1;
      const wrong = spoil(text, random);
      const without = (await shownFirst(consultant, wrong)) === answer;
      const withRepair =
        (await shownFirst(consultant, repair({ text: wrong, expected: [] }).text)) === answer;
      if (without) count.spoiled += 1;
      else {
        count.broken += 1;
        if (withRepair) count.mended += 1;
      }
      if (withRepair) count.repaired += 1;
      const untouched = repair({ text, expected: [] }).text;
      if (untouched !== text && (await shownFirst(consultant, untouched)) !== answer) count.harmed += 1;
    }
    const { asked } = count;
    const repaired = share(count.repaired, asked);
    rows.push(
      {
        ...versus(
          `right answer to ${asked} misspelt ${name}`,
          repaired.ours,
          'share',
          'without repair',
          count.spoiled / asked,
          'larger',
        ),
        interval: repaired.interval,
      },
      {
        what: `of the ${count.broken} that lost their answer: recovered`,
        ...share(count.mended, count.broken),
        unit: 'share',
      },
      { what: `correct ${name} made wrong`, ...share(count.harmed, asked), unit: 'share' },
    );
  }
  return rows;
}

/** From the last sound to the answer, through the process that listens, at the pace of speech. */
async function times({ consultant, sentences, folder, said }: Setting): Promise<BenchRow[]> {
  const silent = { warn: () => undefined };
  const ear = new RecogniserProcess({
    modelDirectory: folder.directory,
    detector: DETECTOR,
    vocabulary: () => sentences,
    log: silent,
  });
  await new Promise<void>((resolve) => {
    const stop = ear.onStatus(() => {
      stop();
      resolve();
    });
  });
  const microphone = new PacedMicrophone();
  const hearing = createHearing({ microphone, ear });
  const answered: number[] = [];
  const firstWords: number[] = [];
  for (const { phrase } of said.slice(0, TIMED)) {
    const sound = new Float32Array(phrase.samples.length + QUIET);
    sound.set(phrase.samples, QUIET);
    microphone.say(Int16Array.from(sound, (sample) => 32_767 * sample));
    const never = new AbortController().signal;
    const begun = performance.now();
    let ended = 0;
    for await (const step of hearing.hear({
      language: 'zh-CN',
      expected: [],
      finished: never,
      endsBySilence: never,
      cancelled: never,
    })) {
      if (step.state === 'partial' && firstWords.length <= answered.length)
        firstWords.push(performance.now() - begun - (1000 * QUIET) / RATE);
      if (step.state === 'recognising') ended = performance.now();
      if (step.state === 'heard') await consultant.ask(step.text);
    }
    answered.push(performance.now() - ended);
  }
  const memory = memoryOfListener();
  await hearing.close();
  return [
    { what: 'end of speech to answer, median', ours: percentile(answered, 0.5), unit: 'ms' },
    { what: 'end of speech to answer, 95 %', ours: percentile(answered, 0.95), unit: 'ms' },
    { what: 'begin of speech to first words, median', ours: percentile(firstWords, 0.5), unit: 'ms' },
    { what: 'begin of speech to first words, 95 %', ours: percentile(firstWords, 0.95), unit: 'ms' },
    { what: 'memory of the process that listens', ours: memory / 1e6, unit: 'MB' },
  ];
}

/** Bytes that the process that listens holds. */
function memoryOfListener(): number {
  const all = execFileSync('ps', ['--ppid', String(process.pid), '-o', 'rss=,args='], { encoding: 'utf8' });
  const line = all.split('\n').find((one) => one.includes('recogniser-process')) ?? '';
  return 1024 * Number.parseInt(line, 10);
}

/** The simulator at the pace of sound. */
class PacedMicrophone extends SimulatedMicrophone {
  override async *record(options: Parameters<SimulatedMicrophone['record']>[0]) {
    const startedAt = performance.now();
    let frames = 0;
    for await (const recorded of super.record(options)) {
      frames += 1;
      const early = startedAt + 20 * frames - performance.now();
      if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
      yield recorded;
    }
  }
}

/** Time per second of sound and memory, for each kind of model that can be run here, each in a process of its own. */
function speed({ folder, said }: Setting): BenchRow[] {
  const place = mkdtempSync(join(tmpdir(), 'voice-'));
  try {
    const whole = join(place, 'whole');
    mkdirSync(whole);
    const weights = asWholeModel(readFileSync(join(folder.directory, 'model.onnx')));
    writeFileSync(join(whole, 'model.onnx'), weights);
    copyFileSync(join(folder.directory, 'tokens.txt'), join(whole, 'tokens.txt'));
    writeFileSync(join(whole, MANIFEST), JSON.stringify(manifestOf(folder, weights.length)));
    const sounds = said.slice(0, TIMED).map(({ phrase }) => phrase.samples);
    const samples = Float32Array.from(sounds.flatMap((sound) => [...sound]));
    return [folder.directory, whole].flatMap((directory): BenchRow[] => {
      const { type, factor, megabytes } = JSON.parse(
        execFileSync(process.execPath, [MODEL_SPEED, directory], {
          input: Buffer.from(samples.buffer),
          encoding: 'utf8',
        }),
      ) as { type: string; factor: number; megabytes: number };
      return [
        { what: `time per time of sound, ${type}`, ours: factor, unit: 'ratio' },
        { what: `memory of the engine, ${type}`, ours: megabytes, unit: 'MB' },
      ];
    });
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** The same model behind the door of another kind. */
const manifestOf = ({ manifest }: ModelFolder, bytes: number): object => ({
  ...manifest,
  type: 'zipformer-ctc',
  files: manifest.files.map((file) => (file.role === 'model' ? { ...file, bytes } : file)),
});

const OURS: Speaker = 'espeak-ng with pinyin';
const OTHERS: readonly Speaker[] = ['espeak-ng with Han', 'espeak 1.48 with pinyin', 'espeak 1.48 with Han'];

/**
 * How many characters of what a synthesiser says come back through the recogniser: with pinyin as the kiosk feeds it, and
 * otherwise. The recogniser has learned from espeak-ng with pinyin only: a peer's low share may be its accent.
 */
async function roundTrip({ recogniser, said, sentences }: Setting): Promise<BenchRow[]> {
  const repair = createWordRepair(sentences, 'sounds');
  const phrases = said.slice(0, 2 * TIMED).map(({ phrase }) => phrase.phrase);
  const understood = async (speaker: Speaker): Promise<number | null> => {
    let right = 0;
    for (const { words, characters } of phrases) {
      const sound = await synthesise(words, { voice: 'm7', speed: 165, pitch: 50 }, speaker).catch(
        () => null,
      );
      if (sound === null) return null;
      const left = [...repair({ text: transcribe(recogniser, sound), expected: [] }).text];
      for (const character of characters) {
        const at = left.indexOf(character);
        if (at >= 0 && left.splice(at, 1).length === 1) right += 1;
      }
    }
    return right / phrases.reduce((sum, { characters }) => sum + characters.length, 0);
  };
  const ours = (await understood(OURS)) ?? 0;
  const rows: BenchRow[] = [];
  for (const other of OTHERS) {
    const theirs = await understood(other);
    if (theirs === null) console.log(`SKIPPED: ${other}: not installed`);
    else rows.push(versus(`characters understood of ${OURS}`, ours, 'share', other, theirs, 'larger'));
  }
  return rows;
}

export const bench: Bench = {
  name: 'voice',
  async run() {
    if (!existsSync(join(MODEL, 'model.onnx'))) throw new Error('no test model: node tools/train-speech.ts');
    const folder = readModelFolder(MODEL);
    if (!folder.ok) throw new Error(`models/speech/test: ${folder.failure.code}`);
    const pack = openPack(ensureStarterPack((line) => console.log(line)));
    if (!pack.ok) throw new Error(`starter pack: ${pack.failure.code}`);
    const consultant = await createConsultant(pack.value, { today: () => '2026-11-22', region: '530100' });
    const { taught, untaught } = phrasesOf(CONTENT_FOLDER);
    const random = seededRandom(SEED);
    const chosen = [
      ...shuffled(taught.slice(0, 1_600), random).slice(0, PHRASES),
      ...untaught.slice(0, PHRASES),
    ];
    const sounds = await sayPhrases(chosen, HELD_OUT_VOICES, SEED);
    const setting: Setting = {
      consultant,
      sentences: pack.value.database.spoken().map(({ text }) => text),
      folder: folder.value,
      recogniser: openRecogniser(folder.value, 1),
      said: shuffled(
        sounds.map((phrase, at) => ({ phrase, taught: at < PHRASES })),
        random,
      ),
    };
    try {
      return [
        ...(await accuracy(setting)),
        ...(await repairRows(setting)),
        ...(await times(setting)),
        ...speed(setting),
        ...(await roundTrip(setting)),
      ];
    } finally {
      await consultant.close();
      pack.value.close();
    }
  },
};
