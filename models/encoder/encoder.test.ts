import { describe, expect, it } from 'vitest';

import { bagOf, ENCODER_BUCKETS, ENCODER_WIDTH } from './features.ts';
import { byteVector, cosines, loadEncoder } from './index.ts';
import { createBulkEncoder, encodeEncoderModel, readStatutes, teach } from './training.ts';
import type { TaughtArticle } from './training.ts';

const TOPICS = [
  '工资支付',
  '离婚登记',
  '交通事故',
  '房屋租赁',
  '借款利息',
  '遗产继承',
  '土地承包',
  '消费欺诈',
];
/** Invented articles: enough of them for one batch of reading. */
const articles: TaughtArticle[] = Array.from({ length: 160 }, (_, number) => {
  const topic = TOPICS[number % TOPICS.length] ?? '';
  const other = [...'甲乙丙丁戊己庚辛壬癸'][number % 10] ?? '';
  return {
    law: `${topic}规则`,
    chapter: `第${other}章`,
    text: `${topic}应当按照${other}项办理，当事人对${topic}有争议的，可以向${other}地的主管部门提出${topic}的申请，由其在十日内处理。`,
  };
});
const silent = () => undefined;
const read = () => readStatutes(articles, silent);
const learner = read();
const model = encodeEncoderModel(learner.weights);
const dot = (left: Float32Array, right: Float32Array) =>
  left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);

describe('bags', () => {
  it('count Han characters and pairs, and nothing across other signs', () => {
    expect(bagOf('工伤').rows).toHaveLength(3);
    expect(bagOf('工,伤').rows).toHaveLength(2);
    expect(bagOf('abc 12').rows).toHaveLength(0);
    expect(Math.max(...bagOf('工工工').weights)).toBeCloseTo(Math.sqrt(3), 5);
    for (const row of bagOf('老板拖欠工资怎么办').rows) expect(row).toBeLessThan(ENCODER_BUCKETS);
  });
});

describe('the encoder', () => {
  it('gives the same vector of length 1 for the same text, and zeros for one without words', async () => {
    const encoder = await loadEncoder(model);
    const vector = await encoder.encode('老板拖欠工资');
    expect(vector).toHaveLength(ENCODER_WIDTH);
    expect(dot(vector, vector)).toBeCloseTo(1, 4);
    expect(await encoder.encode('老板拖欠工资')).toEqual(vector);
    expect((await encoder.encode('hello')).every((value) => value === 0)).toBe(true);
    await encoder.close();
  });

  it('says in int8, through onnxruntime and in plain arithmetic, what was learned in floats', async () => {
    const encoder = await loadEncoder(model);
    const bulk = createBulkEncoder(model);
    for (const text of ['老板拖欠工资', '离婚登记要带什么', '房屋租赁押金不退还']) {
      const served = await encoder.encode(text);
      expect(dot(served, bulk(text))).toBeCloseTo(1, 4);
      expect(dot(served, learner.encode([bagOf(text)]))).toBeGreaterThan(0.999);
    }
    await encoder.close();
  });

  it('is refused when it is damaged, cut off or no encoder', async () => {
    await expect(loadEncoder(model.slice(0, model.length - 100))).rejects.toThrow();
    await expect(loadEncoder(new Uint8Array())).rejects.toThrow();
    expect(() => createBulkEncoder(model.slice(0, 1000))).toThrow();
    const narrow = { width: 4, table: new Float32Array(32).fill(1), gates: new Float32Array(8) };
    const small = encodeEncoderModel(narrow);
    await expect(loadEncoder(small)).rejects.toThrow();
    expect(() => createBulkEncoder(small)).toThrow(/shape/u);
  });
});

describe('byte vectors', () => {
  it('keep the cosine to two digits', () => {
    const texts = ['离婚登记', '离婚登记要几天', '交通事故的赔偿', '工资支付'];
    const vectors = texts.map((text) => learner.encode([bagOf(text)]));
    const matrix = Int8Array.from(vectors.flatMap((vector) => [...byteVector(vector)]));
    const [first = new Float32Array()] = vectors;
    const found = cosines(matrix, byteVector(first));
    vectors.forEach((vector, row) => expect(found[row]).toBeCloseTo(dot(first, vector), 1.7));
    expect(found).toHaveLength(texts.length);
  });
});

describe('learning', () => {
  it('is the same, number for number, from the same articles', () => {
    expect(read().weights).toEqual(learner.weights);
  });

  it('brings a way of asking nearer to the article it leads to, and leaves a copy alone', () => {
    const taught = learner.copy();
    const before = Float32Array.from(learner.weights.table);
    const near = (from: typeof learner) => {
      const [question, article] = ['老板不给钱', articles[0]?.text ?? ''].map((text) =>
        from.encode([bagOf(text)]),
      );
      return dot(question ?? new Float32Array(), article ?? new Float32Array());
    };
    const questions = [
      { text: '老板不给钱', articles: [0] },
      { text: '跟媳妇过不下去了', articles: [1] },
    ];
    teach(taught, articles, { questions, replies: [], sayings: [] }, silent);
    expect(near(taught)).toBeGreaterThan(near(learner) + 0.05);
    expect(learner.weights.table).toEqual(before);
  });
});
