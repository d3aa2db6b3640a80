import { describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { associationBuckets, createAssociation } from './association.ts';
import { createCandidateSearch, STATUTE_FEATURES } from './candidates.ts';
import { votes } from './neighbours.ts';
import { addScores, buildPostings, documentCount, statuteTokens } from './postings.ts';
import { readRanker } from './ranker.ts';
import { createReferenceReader, readArticleName } from './reference.ts';
import { trainAssociation } from './train-association.ts';
import { trainForest } from './train-trees.ts';
import { createForest } from './trees.ts';

const token = (text: string) => statuteTokens(text).at(-1) ?? 0;

describe('posting lists', () => {
  it('find a two-character word in exactly the documents that have it, however many and far apart', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(5000), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (places, weight) => {
          const documents = Array.from({ length: 5001 }, () => '');
          for (const place of places) documents[place] = '关于工伤的规定';
          const list = new Map(buildPostings(documents)).get(token('工伤'));
          if (list === undefined) throw new Error('no list');
          expect(documentCount(list)).toBe(places.length);
          const scores = new Float32Array(documents.length);
          addScores(list, weight, scores);
          const found = [...scores.keys()].filter((place) => (scores[place] ?? 0) > 0);
          expect(found).toEqual([...places].sort((left, right) => left - right));
          for (const place of places) expect(scores[place]).toBeLessThanOrEqual(weight);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a word said twice counts more, in a longer text less', () => {
    const scores = new Float32Array(3);
    const lists = new Map(buildPostings(['工伤', '工伤工伤', `工伤${'其他的许多话'.repeat(9)}`]));
    addScores(lists.get(token('工伤')) ?? new Uint8Array(), 1, scores);
    expect(scores[1]).toBeGreaterThan(scores[0] ?? 1);
    expect(scores[2]).toBeLessThan(scores[0] ?? 0);
  });

  it('pairs do not reach across punctuation', () => {
    expect(statuteTokens('工。伤')).not.toContain(token('工伤'));
    expect(statuteTokens('abc 123')).toEqual([]);
  });
});

describe('references', () => {
  const read = createReferenceReader(['民法典', '劳动法', '劳动合同法', '道路交通安全法', '刑法']);
  const at = (law: number, ordinal: number, sub = 0) => ({ law, article: { ordinal, sub } });

  it.each([
    ['民法典1079条', [at(0, 1079)]],
    ['《民法典》第一千零七十九条怎么说', [at(0, 1079)]],
    ['民法典1079', [at(0, 1079)]],
    ['劳动合同法第三十条', [at(2, 30)]],
    ['中华人民共和国劳动合同法第 四十七 条', [at(2, 47)]],
    ['刑法第一百二十条之二', [at(4, 120, 2)]],
    ['刑法133条之1', [at(4, 133, 1)]],
    ['刑法133-1', [at(4, 133, 1)]],
    ['刑法133之一怎么判', [at(4, 133, 1)]],
    ['民法典10-12条', [at(0, 10), at(0, 12)]],
    ['民法典1079-1083', [at(0, 1079)]],
    ['刑法264条和民法典第五条、第六条', [at(4, 264), at(0, 5), at(0, 6)]],
    ['道交法76条', [at(3, 76)]],
    ['民法典第一〇七九条', [at(0, 1079)]],
    ['劳动法2008年的规定', [{ law: 1, article: null }]],
    ['按劳动合同法怎么赔', [{ law: 2, article: null }]],
    ['第三十条', []],
    ['离婚怎么办', []],
  ])('%s', (question, references) => {
    expect(read(question)).toEqual(references);
  });

  it('reads names of articles and nothing else', () => {
    expect(readArticleName('第十七条之一')).toEqual({ ordinal: 17, sub: 1 });
    expect(readArticleName('第17条之1')).toEqual({ ordinal: 17, sub: 1 });
    expect(readArticleName('第1079条')).toEqual({ ordinal: 1079, sub: 0 });
    expect(readArticleName('第三章')).toBeNull();
  });
});

describe('candidates', () => {
  const texts = ['甲方拖欠工资的，应当支付。', '驾驶人应当让行。', '', '河流的保护由县里负责。'];
  const lists = {
    text: new Map(buildPostings(texts)),
    heading: new Map(buildPostings(['劳动规则。总则', '河道规则。总则'])),
    lay: new Map(buildPostings(['', '撞了人怎么办', '', ''])),
  };
  const find = createCandidateSearch({
    headingOfArticle: Int32Array.from([0, 0, 0, 1]),
    lawOfHeading: Int32Array.from([0, 1]),
    laws: [
      { name: '劳动规则', kind: '法律' },
      { name: '河道规则', kind: '行政法规' },
    ],
    postings: (field, wanted) => lists[field].get(wanted) ?? null,
    decidedByArticle: new Float32Array(4),
    decidedByLaw: new Float32Array(2),
  });
  const noVotes = { articles: new Map(), nearest: new Map(), laws: new Map() };
  const asked = {
    widening: [],
    named: new Set<number>(),
    cited: new Map(),
    associated: new Map(),
    likeness: new Float32Array(4),
    asked: noVotes,
    said: noVotes,
  };
  const first = (text: string, more = {}) => find({ ...asked, text, ...more })[0]?.article;

  it('come by their own words, by widened words, by lay words, by answers, by meaning and by what was learned', () => {
    expect(first('拖欠工资')).toBe(0);
    expect(first('老板跑了', { widening: ['工资'] })).toBe(0);
    expect(first('撞人了')).toBe(1);
    expect(first('无关', { cited: new Map([[3, 0.9]]) })).toBe(3);
    expect(first('无关', { associated: new Map([[3, -0.1]]) })).toBe(3);
    expect(first('无关', { likeness: Float32Array.from([0.1, 0.2, 0, 0.7]) })).toBe(3);
    expect(first('无关', { asked: { ...noVotes, articles: new Map([[1, 0.4]]) } })).toBe(1);
    expect(first('无关', { said: { ...noVotes, articles: new Map([[1, 0.4]]) } })).toBe(1);
    expect(first('应当', { named: new Set([0]) })).toBeLessThan(2);
  });

  it('are none for a question that says nothing, and an unindexed article is never one', () => {
    expect(find({ ...asked, text: '的了吗' })).toEqual([]);
    const found = find({ ...asked, text: '劳动规则工资让行保护' });
    expect(found.map(({ article }) => article)).not.toContain(2);
    for (const { features } of found) expect(features).toHaveLength(STATUTE_FEATURES.length);
  });
});

describe('learning', () => {
  it('a forest learns to put the right candidate first, the same each time', () => {
    const groups = Array.from({ length: 60 }, (_, group) => {
      const features = Array.from({ length: 8 }, (__, row) => [((row * 7 + group) % 8) / 8, row / 8]);
      return { features, right: features.map(([value]) => value === 7 / 8), weight: 1 };
    });
    const settings = { trees: 10, depth: 2, rate: 0.3, features: 1 };
    const trees = trainForest(groups, settings);
    expect(trainForest(groups, settings)).toEqual(trees);
    for (const { features, right } of groups) {
      const scores = features.map(createForest(trees));
      expect(right[scores.indexOf(Math.max(...scores))]).toBe(true);
    }
  });

  it('an association leads a way of asking to its article', () => {
    const examples = [
      { text: '老板不给钱', articles: ['甲法 第一条'] },
      { text: '车子被撞了', articles: ['乙法 第二条', '乙法 第三条'] },
    ];
    const weights = trainAssociation(examples);
    const best = (text: string) => {
      const scores = createAssociation(weights)(text);
      return weights.articles[scores.indexOf(Math.max(...scores))];
    };
    expect(best('老板没给钱')).toBe('甲法 第一条');
    expect(best('我的车被撞')).toMatch(/^乙法/u);
    expect(associationBuckets('', weights.buckets)).toEqual([]);
    expect(() => createAssociation({ ...weights, width: weights.width + 1 })).toThrow(/size/u);
  });

  it('a ranker of other features or another encoder is refused', () => {
    const association = trainAssociation([{ text: '甲', articles: ['甲法 第一条'] }]);
    const encoder = 'a'.repeat(64);
    const questions = { vectors: '', articles: [] };
    const whole = { format: 2, encoder, features: [...STATUTE_FEATURES], association, questions };
    const ranker = { ...whole, forest: [], figures: {} };
    expect(readRanker(JSON.stringify(ranker), encoder).features).toHaveLength(STATUTE_FEATURES.length);
    expect(() => readRanker(JSON.stringify({ ...ranker, features: ['other'] }), encoder)).toThrow(
      /other features/u,
    );
    expect(() => readRanker(JSON.stringify(ranker), 'b'.repeat(64))).toThrow(/another encoder/u);
    expect(() => readRanker('{}', encoder)).toThrow();
    expect(() => readRanker(JSON.stringify(ranker).slice(0, -9), encoder)).toThrow();
  });
});

describe('votes of near texts', () => {
  const vectors = Int8Array.from([127, 0, 0, 0, 0, 127, 0, 0, 120, 40, 0, 0]);
  const known = { vectors, articles: [[7], [8], [7, 9]] };

  it('go to what the nearest texts rest on, and add up to whole texts', () => {
    const found = votes(known, Int8Array.from([127, 0, 0, 0]), (article) => (article === 8 ? 1 : 0));
    expect([...found.articles.keys()]).toEqual([7, 9, 8]);
    expect(found.articles.get(7)).toBeGreaterThan(0.9);
    expect((found.articles.get(7) ?? 0) + (found.articles.get(8) ?? 0)).toBeCloseTo(1, 5);
    expect(found.nearest.get(7)).toBeGreaterThan(found.nearest.get(9) ?? 1);
    expect((found.laws.get(0) ?? 0) + (found.laws.get(1) ?? 0)).toBeCloseTo(1, 5);
  });

  it('are none when nothing is known', () => {
    const found = votes({ vectors: new Int8Array(), articles: [] }, new Int8Array(4), () => 0);
    expect(found.articles.size + found.laws.size).toBe(0);
  });
});
