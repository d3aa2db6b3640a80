import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { createAugmenter } from './augment.ts';
import { loadIntentModel } from './index.ts';
import { seededRandom } from './random.ts';
import {
  calibrate,
  cooled,
  encodeIntentModel,
  features,
  forwardMatters,
  forwardNetwork,
  predictIntent,
  readLayNetwork,
  trainIntent,
  trainMatters,
  trainNetwork,
  writeLayNetwork,
} from './training.ts';
import type { IntentShape, LabelledMatter, LabelledText, MattersShape } from './training.ts';

const SETTINGS = { buckets: 4096, longestGram: 2 };
const shape: IntentShape = { features: SETTINGS, answers: 3 };
const texts: LabelledText[] = [
  ...['老板不发工资', '拖欠工资怎么要', '工资被扣了'].map((text) => ({ text, answer: 0 })),
  ...['工伤怎么认定', '上班受伤算工伤吗', '申请工伤认定'].map((text) => ({ text, answer: 1 })),
  ...['想离婚怎么办', '离婚要什么手续', '老公不同意离婚'].map((text) => ({ text, answer: 2 })),
  ...['明天下雨吗', '今天天气好', '气温多少'].map((text) => ({ text, answer: null })),
];

const settingsFor = (answers: string[]) =>
  JSON.stringify({
    format: 2,
    features: SETTINGS,
    answers,
    matterOf: answers.map(() => 0),
    topics: ['labour', 'family'],
    matters: { topics: [{ code: 'labour', class: '劳动纠纷' }], needs: ['guide', 'calculate'] },
    fusion: { answer: [1], outside: [1] },
    thresholds: { answer: 0.9, outside: 0.5, choose: 0.3, candidate: 0.03 },
    figures: {},
  });

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'intent-'));
  folders.push(made);
  return made;
};
afterEach(() => folders.splice(0).forEach((made) => rmSync(made, { recursive: true, force: true })));

describe('features', () => {
  it('is stable, distinct, within the buckets, and empty only for an empty text', () => {
    const first = features('工伤怎么赔', SETTINGS);
    expect(features('工伤怎么赔', SETTINGS)).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
    expect(Math.max(...first)).toBeLessThan(SETTINGS.buckets);
    expect(features('', SETTINGS)).toEqual([]);
    expect(features('伤工', SETTINGS)).not.toEqual(features('工伤', SETTINGS));
  });
});

describe('augmentation', () => {
  it('varies texts reproducibly with characters of the corpus, and leaves short ones alone', () => {
    const corpus = ['老板拖欠工资怎么办', '公司欠薪找谁'];
    const vary = (seed: number) => {
      const augmenter = createAugmenter(corpus, seededRandom(seed));
      return Array.from({ length: 20 }, () => augmenter.vary('老板拖欠工资怎么办'));
    };
    expect(vary(1)).toEqual(vary(1));
    expect(new Set(vary(1)).size).toBeGreaterThan(3);
    const known = new Set(corpus.join(''));
    expect([...vary(2).join('')].every((character) => known.has(character))).toBe(true);
    expect(createAugmenter(corpus, seededRandom(1)).vary('工资')).toBe('工资');
  });
});

const mattersShape: MattersShape = { features: SETTINGS, topics: 2, needs: 2 };
const spoken: LabelledMatter[] = [
  ...['工伤怎么认定', '工伤认定要什么材料'].map((text) => ({ text, topic: 0, need: 0 })),
  ...['拖欠工资赔多少', '工伤能赔多少钱'].map((text) => ({ text, topic: 0, need: 1 })),
  ...['老板不发工资', '公司欠薪'].map((text) => ({ text, topic: 0, need: null })),
  ...['明天下雨吗', '今天天气好'].map((text) => ({ text, topic: 1, need: null })),
];

describe('topics and needs', () => {
  const weights = trainMatters(spoken, mattersShape);

  it('are learned apart from each other, the same each time', () => {
    expect(trainMatters(spoken, mattersShape).table).toEqual(weights.table);
    const [inside, outside, guide, calculate] = forwardMatters(weights, mattersShape, '工资赔多少');
    expect(inside).toBeGreaterThan(outside ?? 1);
    expect(calculate).toBeGreaterThan(guide ?? 1);
    expect(forwardMatters(weights, mattersShape, '明天天气')[1]).toBeGreaterThan(0.5);
  });

  it('learn no need from what has none', () => {
    const needless = trainMatters(
      spoken.map((one) => ({ ...one, need: null })),
      mattersShape,
    );
    expect([...forwardMatters(needless, mattersShape, '赔多少')].slice(2)).toEqual([0.5, 0.5]);
  });

  it('are cooled to what held-out utterances bear out, topics only', () => {
    const sure = () => Float32Array.from([0.9, 0.1]);
    const heldOut = [0, 0, 1].map((topic) => ({ text: '工伤', topic }));
    const temperature = calibrate(heldOut, sure);
    expect(temperature).toBeGreaterThan(2);
    const before = forwardMatters(weights, mattersShape, '工资');
    const after = forwardMatters(cooled(weights, 2, temperature), mattersShape, '工资');
    expect(after[0]).toBeLessThan(before[0] ?? 0);
    expect(after[0]).toBeGreaterThan(0.5);
    expect(after[2]).toBe(before[2]);
  });
});

const example = (text: string, column: number) => ({
  variants: [features(text, SETTINGS)],
  column,
  weight: 1,
});
const lay = trainNetwork(
  spoken.map(({ text, topic }) => example(text, topic ?? 1)),
  { buckets: SETTINGS.buckets, width: 16, columns: 2 },
  { seed: 7, rounds: 8, rate: 0.1, forgotten: 0.1 },
);

describe('what was learned once of the topics', () => {
  it('is read back nearly as it was, in the order asked for', () => {
    const file = writeLayNetwork(lay, ['labour']);
    const same = readLayNetwork(file, ['labour']);
    const bucketsOf = (text: string) => features(text, SETTINGS);
    forwardNetwork(same, bucketsOf('工伤认定')).forEach((value, column) =>
      expect(value).toBeCloseTo(forwardNetwork(lay, bucketsOf('工伤认定'))[column] ?? NaN, 1),
    );
    const wider = readLayNetwork(file, ['space', 'labour']);
    const [space, labour, outside] = forwardNetwork(wider, bucketsOf('工伤认定'));
    expect(labour).toBeGreaterThan(Math.max(space ?? 1, outside ?? 1));
  });

  it('is refused when it is nonsense', () => {
    expect(() => readLayNetwork('{"format":9}', [])).toThrow();
  });
});

describe('training and export', () => {
  const matters = { weights: trainMatters(spoken, mattersShape), shape: mattersShape, lay };
  const network = trainIntent(texts, shape, { seed: 7, rounds: 12, rate: 0.1, forgotten: 0.2 });
  const run = (text: string) => predictIntent(network, shape, text);

  it('learns answers and what is outside, the same each time', () => {
    const settings = { seed: 7, rounds: 12, rate: 0.1, forgotten: 0.2 };
    expect(trainIntent(texts, shape, settings).rows).toEqual(network.rows);
    const [wages, injury, divorce] = run('工资没发').answers;
    expect(wages).toBeGreaterThan(Math.max(injury ?? 1, divorce ?? 1));
    expect(run('明天天气').outside).toBeGreaterThan(run('工伤认定').outside);
  });

  it('gives the same figures through ONNX at int8', async () => {
    const directory = folder();
    writeFileSync(join(directory, 'intent.onnx'), encodeIntentModel({ network, shape }, matters));
    writeFileSync(join(directory, 'intent.json'), settingsFor(['a', 'b', 'c']));
    const model = await loadIntentModel(directory);
    for (const text of ['老板不发工资怎么办', '离婚', '今天下雨']) {
      const said = await model.predict(text);
      const { answers, outside } = run(text);
      const linear = forwardMatters(matters.weights, mattersShape, text);
      const other = forwardNetwork(lay, features(text, SETTINGS));
      const expected = [
        ...answers,
        outside,
        ...[0, 1].map((topic) => ((linear[topic] ?? 0) + (other[topic] ?? 0)) / 2),
        ...linear.subarray(2),
      ];
      [...said.answers, said.outside, ...said.matters, ...said.needs].forEach((value, index) =>
        expect(value).toBeCloseTo(expected[index] ?? NaN, 1),
      );
    }
    await model.close();
  });

  it('refuses labels that do not fit the model', async () => {
    const directory = folder();
    writeFileSync(join(directory, 'intent.onnx'), encodeIntentModel({ network, shape }, matters));
    writeFileSync(join(directory, 'intent.json'), settingsFor(['a', 'b']));
    await expect(loadIntentModel(directory)).rejects.toThrow(/same model/);
  });
});
