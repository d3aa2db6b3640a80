import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { createAugmenter } from './augment.ts';
import { openIntentModel } from './index.ts';
import { seededRandom } from './random.ts';
import {
  calibrate,
  cooled,
  encodeIntentModel,
  features,
  cooledClasses,
  forwardClasses,
  forwardMatters,
  predictIntent,
  readClasses,
  trainIntent,
  trainClasses,
  trainMatters,
  writeClasses,
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
    format: 3,
    features: SETTINGS,
    answers,
    matterOf: answers.map(() => 0),
    topics: ['labour', 'family'],
    matters: { topics: [{ code: 'labour', class: '劳动纠纷' }], needs: ['guide', 'calculate'] },
    classes: { names: classes.classes, features: classes.features },
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

const classes = trainClasses(
  spoken.flatMap(({ text, topic }) => [
    { text, columns: [{ column: topic ?? 1, share: 1 }], weight: 1 },
    { text: `请问${text}`, columns: [{ column: topic ?? 1, share: 1 }], weight: 1 },
  ]),
  ['劳动纠纷'],
  { buckets: 8192, longestGram: 2 },
);

describe('public classes', () => {
  it('are told apart, and from what is outside', () => {
    const [labour, outside] = forwardClasses(classes, '工伤认定');
    expect(labour).toBeGreaterThan(0.5);
    expect(forwardClasses(classes, '今天天气')[1]).toBeGreaterThan(outside ?? 1);
    expect(forwardClasses(classes, '')).toEqual(Float32Array.from([0.5, 0.5]));
  });

  it('share a text of which two fit, the better first', () => {
    const lent = { text: '借给公司的钱', weight: 1 };
    const model = trainClasses(
      Array.from({ length: 40 }, () => ({
        ...lent,
        columns: [
          { column: 1, share: 0.65 },
          { column: 0, share: 0.35 },
        ],
      })),
      ['公司法', '债权债务'],
      { buckets: 8192, longestGram: 2 },
    );
    const [company = 0, lending = 0, outside = 1] = forwardClasses(model, lent.text);
    expect(lending).toBeGreaterThan(company);
    expect(company).toBeGreaterThan(2 * outside);
  });

  it('are less sure when cooled', () => {
    const [before = 0] = forwardClasses(classes, '工伤认定');
    const [after = 0] = forwardClasses(cooledClasses(classes, 2), '工伤认定');
    expect(after).toBeLessThan(before);
    expect(after).toBeGreaterThan(0.5);
  });

  it('are read back nearly as they were', () => {
    const same = readClasses(writeClasses(classes));
    expect(same.classes).toEqual(['劳动纠纷']);
    forwardClasses(same, '工伤认定').forEach((value, column) =>
      expect(value).toBeCloseTo(forwardClasses(classes, '工伤认定')[column] ?? NaN, 1),
    );
  });

  it('are refused when they are nonsense', () => {
    expect(() => readClasses('{"format":9}')).toThrow();
    const short = JSON.stringify({ ...JSON.parse(writeClasses(classes)), rows: '' });
    expect(() => readClasses(short)).toThrow(/fit/);
  });
});

describe('training and export', () => {
  const matters = { weights: trainMatters(spoken, mattersShape), shape: mattersShape };
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
    writeFileSync(join(directory, 'intent.onnx'), encodeIntentModel({ network, shape }, matters, classes));
    writeFileSync(join(directory, 'intent.json'), settingsFor(['a', 'b', 'c']));
    const model = await openIntentModel(directory);
    for (const text of ['老板不发工资怎么办', '离婚', '今天下雨']) {
      const said = await model.predict(text);
      const { answers, outside } = run(text);
      const expected = [
        ...answers,
        outside,
        ...forwardMatters(matters.weights, mattersShape, text),
        ...forwardClasses(classes, text),
      ];
      [...said.answers, said.outside, ...said.matters, ...said.needs, ...said.classes].forEach(
        (value, index) => expect(value).toBeCloseTo(expected[index] ?? NaN, 1),
      );
    }
    await model.close();
  });

  it('refuses labels that do not fit the model', async () => {
    const directory = folder();
    writeFileSync(join(directory, 'intent.onnx'), encodeIntentModel({ network, shape }, matters, classes));
    writeFileSync(join(directory, 'intent.json'), settingsFor(['a', 'b']));
    const model = await openIntentModel(directory);
    await expect(model.load()).rejects.toThrow(/same model/);
    await expect(model.predict('离婚')).rejects.toThrow(/same model/);
    await model.close();
  });
});
