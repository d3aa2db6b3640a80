import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

import {
  chooseThresholds,
  countEvidence,
  createEvidence,
  createOverlap,
  decide,
  fitFusion,
  fuse,
  indexText,
  inverseFrequency,
  matchAny,
  readLanguage,
  searchTokens,
  tokens,
  writeLanguage,
} from './index.ts';
import type { FusionExample } from './index.ts';

const THRESHOLDS = { answer: 0.8, outside: 0.5, choose: 0.3, candidate: 0.05 };
const fused = (answers: number[], outside: number) => ({ answers: Float64Array.from(answers), outside });

describe('tokens', () => {
  it('are characters and pairs of Han, whole Latin words and numbers', () => {
    expect(tokens('工伤10级abc')).toEqual(['工', '伤', '工伤', '10', '级', 'abc']);
    expect(searchTokens('怎么的工伤')).toEqual(['工', '伤', '的工', '工伤']);
  });

  it('find two-character words in FTS5, whatever stands in the question', () => {
    const database = new Database(':memory:');
    database.exec("CREATE VIRTUAL TABLE texts USING fts5(body, content='')");
    const insert = database.prepare('INSERT INTO texts (rowid, body) VALUES (?, ?)');
    ['工伤怎么认定', '离婚手续', '借钱不还'].forEach((text, index) => insert.run(index + 1, indexText(text)));
    const find = (text: string) =>
      database
        .prepare('SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank')
        .pluck()
        .all(matchAny(searchTokens(text)));
    expect(find('工伤')[0]).toBe(1);
    expect(find('离婚')).toEqual([2]);
    expect(find('and OR near NOT "离婚" *')).toEqual([2]);
    expect(matchAny([])).toBeNull();
    database.close();
  });
});

describe('overlap', () => {
  const texts = ['工伤认定', '离婚', '工地', '怎么办', '怎走', '怎么去', '申请工伤认定'].map(tokens);
  const overlap = createOverlap(texts, inverseFrequency(texts));
  const similarities = (text: string) => [...overlap.similarities(tokens(text))];
  const coverages = (text: string) => [...overlap.coverages(tokens(text))];

  it('is 1 for the same words, 0 for none in common, and minds rare words more', () => {
    const [same, other] = similarities('工伤认定');
    expect(same).toBeCloseTo(1);
    expect(other).toBe(0);
    expect(similarities('')).toEqual(texts.map(() => 0));
    expect(similarities('工')[2]).toBeLessThan(similarities('走')[4] ?? 0);
  });

  it('measures how much of the question a text covers', () => {
    expect(coverages('工伤')[6]).toBeCloseTo(1);
    expect(coverages('工伤天')[6]).toBeLessThan(0.9);
    expect(coverages('')).toEqual(texts.map(() => 0));
  });

  it('finds nothing by function words alone', () => {
    expect(similarities('怎么')).toEqual(texts.map(() => 0));
    expect(similarities('怎走')[4]).toBeCloseTo(1);
  });
});

describe('evidence', () => {
  const counts = countEvidence(
    [
      { answer: 0, text: '工伤怎么认定' },
      { answer: 0, text: '上班受伤算工伤吗' },
      { answer: 1, text: '离婚要什么手续' },
      { answer: null, text: '今天天气怎么样' },
    ],
    [
      { answer: 0, tokens: indexText('单位三十天内去申请') },
      { answer: 1, tokens: indexText('到登记处去办') },
    ],
    2,
  );
  const evidence = createEvidence(counts, [0, 1]);
  const opinion = { answers: [0.5, 0.3], outside: 0.2, matters: [0.6, 0.3, 0.1] };
  const language = (text: string, widening: string[] = []) =>
    evidence.candidates(text, widening, opinion).answers[1] ?? new Float64Array();

  it('says which answer people ask like this, in their words and in ours', () => {
    const [injury, divorce] = language('受了工伤');
    expect(injury).toBeGreaterThan(divorce ?? 0);
    const [applied, registered] = language('登记处在哪');
    expect(registered).toBeGreaterThan(applied ?? 0);
    const [widened] = language('挨机器砸了', ['工伤']);
    expect(widened).toBeGreaterThan(language('挨机器砸了')[0] ?? 0);
  });

  it('knows what is foreign and what it never heard', () => {
    const [, , foreign, , unknown] = evidence.candidates('明天天气', [], opinion).outside;
    expect(foreign).toBeGreaterThan(Math.log(0.5));
    expect(unknown).toBeGreaterThan(0);
    expect(evidence.candidates('', [], opinion).outside.every(Number.isFinite)).toBe(true);
    expect(evidence.candidates('喵喵喵', [], opinion).outside.at(-2)).toBe(1);
  });

  it('is counted once and kept as bytes; bytes that are cut are refused', () => {
    const bytes = writeLanguage(counts);
    expect(readLanguage(bytes)).toEqual(counts);
    for (const length of [0, 7, 8, bytes.length - 1])
      expect(() => readLanguage(bytes.subarray(0, length))).toThrow('language.bin');
  });
});

describe('fusion', () => {
  const example = (right: number | null): FusionExample => ({
    candidates: {
      answers: [
        Float64Array.from([0, 1], (answer) => (right === answer ? -0.2 : -3)),
        Float64Array.of(-1, -1),
        Float64Array.of(-1, -1),
      ],
      outside: [1, right === null ? -0.5 : -4, -3, -3, 0.1, 2],
    },
    right,
    weight: 1,
  });

  it('gives probabilities that learn which evidence is right', () => {
    const examples = [0, 1, null, 0, 1, null].map(example);
    const weights = fitFusion(examples);
    for (const { candidates, right } of examples) {
      const result = fuse(candidates, weights);
      expect(result.answers.reduce((sum, value) => sum + value, result.outside)).toBeCloseTo(1);
      expect(right === null ? result.outside : result.answers[right]).toBeGreaterThan(0.6);
    }
  });
});

describe('decision', () => {
  it('answers when sure, offers at most three when not, and turns away what is outside', () => {
    expect(decide(fused([0.05, 0.85], 0.1), THRESHOLDS)).toEqual({ kind: 'answer', answer: 1 });
    expect(decide(fused([0.2, 0.3, 0.25, 0.15], 0.1), THRESHOLDS)).toEqual({
      kind: 'choose',
      answers: [1, 2, 0],
    });
    expect(decide(fused([0.3, 0.02], 0.4), THRESHOLDS)).toEqual({ kind: 'choose', answers: [0] });
    expect(decide(fused([0.3, 0.1], 0.6), THRESHOLDS)).toEqual({ kind: 'outside' });
    expect(
      decide(
        fused(
          Array.from({ length: 20 }, () => 0.045),
          0.1,
        ),
        THRESHOLDS,
      ),
    ).toEqual({ kind: 'unsure' });
    expect(decide(fused([], 0.2), THRESHOLDS)).toEqual({ kind: 'unsure' });
  });

  it('sets the bar above held-out mistakes', () => {
    const outcomes = [
      ...Array.from({ length: 50 }, () => ({ fused: fused([0.9, 0.05], 0.05), right: 0 })),
      ...Array.from({ length: 20 }, () => ({ fused: fused([0.6, 0.3], 0.1), right: 1 })),
      ...Array.from({ length: 20 }, () => ({ fused: fused([0.5, 0.1], 0.4), right: null })),
    ];
    const { answer } = chooseThresholds(outcomes);
    expect(answer).toBeGreaterThan(0.6);
    expect(answer).toBeLessThanOrEqual(0.9);
  });

  it('never answers when every held-out answer was wrong', () => {
    const wrong = Array.from({ length: 30 }, () => ({ fused: fused([0.985, 0.01], 0.005), right: 1 }));
    expect(chooseThresholds(wrong).answer).toBe(0.99);
  });
});
