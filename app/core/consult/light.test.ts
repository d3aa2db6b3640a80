import { describe, expect, it } from 'vitest';

import { inLight, isMostly, subjectOfChoice } from './light.ts';

const fused = (...answers: number[]) => ({ answers: Float64Array.from(answers), outside: 0.1 });

describe('reading in the light of what was spoken of', () => {
  const near = [true, true, false, true];

  const lit = (own: number[], joined: number[], before: number, most = 3) =>
    inLight(fused(...own), fused(...joined), { near, before, most });

  it('keeps to what lies near, by both readings, and puts what was just read behind', () => {
    expect(lit([0.1, 0.2, 0.6, 0], [0.8, 0.1, 0.1, 0], -1)).toEqual([0, 1]);
    expect(lit([0.1, 0.2, 0.6, 0], [0.8, 0.1, 0.1, 0], 0)).toEqual([1, 0]);
    expect(lit([0, 0, 0.9, 0], [0, 0, 0.9, 0], -1)).toEqual([]);
  });

  it('keeps what was just read among the choices', () => {
    expect(lit([0.1, 0.5, 0, 0.4], [0, 0.5, 0, 0.5], -1, 2)).toEqual([1, 3]);
    expect(lit([0.1, 0.5, 0, 0.4], [0, 0.5, 0, 0.5], 0, 2)).toEqual([1, 0]);
  });

  it('tells whether a question is mostly of the same matter', () => {
    expect(isMostly(near, fused(0.3, 0.2, 0.3, 0))).toBe(true);
    expect(isMostly(near, fused(0.1, 0.1, 0.6, 0))).toBe(false);
    expect(isMostly(near, fused(0, 0, 0, 0))).toBe(false);
  });
});

describe('what one goes on about after being asked back', () => {
  const one = { id: 'a', title: 'A', topic: 'labour' };
  const subject = (words: string, ...topics: string[]) =>
    subjectOfChoice(
      words,
      topics.map((topic) => ({ ...one, topic })),
      () => '劳动和工资',
    );

  it('is what was asked, where all choices are of one topic and little was said', () => {
    expect(subject('工资', 'labour', 'labour')).toEqual({
      words: '工资',
      title: '劳动和工资',
      topic: 'labour',
      answer: null,
    });
    expect(subject('工资', 'labour', 'lending')).toBeNull();
    expect(subject('工'.repeat(30), 'labour')).toBeNull();
    expect(subject('工资')).toBeNull();
  });
});
