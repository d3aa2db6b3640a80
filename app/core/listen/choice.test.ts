import { describe, expect, test } from 'vitest';

import { choiceOf } from './choice.ts';

const insured = ['交了', '没交', '不清楚'];
const topics = ['劳动和工资', '工伤', '社保和救助', '交通事故', '婚姻家庭'];

describe('a choice that is named', () => {
  test.each([
    ['没交', insured, 1],
    ['嗯，没有交。', insured, 1],
    ['我选不清楚', insured, 2],
    ['不清楚吧', insured, 2],
    ['第二个', insured, 1],
    ['二', insured, 1],
    ['第3项', insured, 2],
    ['最后一个', topics, 4],
    ['工资', topics, 0],
    ['婚姻', topics, 4],
    ['交通事顾', topics, 3],
    ['洪伤', ['红伤', '交通事故'], 0],
    ['老动和工子', topics, 0],
  ] as const)('%s', (said, choices, place) => expect(choiceOf(said, choices)).toBe(place));

  test.each([
    ['今天天气不错', topics],
    ['第九个', insured],
    ['工', ['工伤', '工资']],
    ['', insured],
    ['。。。', insured],
    ['好', []],
  ] as const)('%s names none of them, or more than one', (said, choices) =>
    expect(choiceOf(said, choices)).toBeNull(),
  );

  test.each([
    ['十级', ['一级', '四级', '七级']],
    ['是级', ['一级', '四级', '七级']],
    ['三千块', ['十千块', '不知道']],
    ['两年', ['三年以上', '一年']],
  ])('%s is no other figure', (said, choices) => expect(choiceOf(said, choices)).toBeNull());

  test('what is said whole comes before a place: a choice may itself be a number', () => {
    expect(choiceOf('三级', ['一级', '三级', '二级'])).toBe(1);
    expect(
      choiceOf(
        '十一',
        Array.from({ length: 12 }, (_, at) => `其他${String(at)}`),
      ),
    ).toBe(10);
  });
});
