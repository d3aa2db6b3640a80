import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Answer } from '../../../app/contract/consult.ts';
import type { KioskState } from '../../../app/contract/kiosk.ts';
import type { StatuteArticle } from '../../../app/contract/statute.ts';
import { nothingAttached, type Need } from '../../../app/domain/consult/index.ts';
import { prepareWords } from '../../language.ts';
import { DeskContext, type Desk } from '../desk.ts';
import { nobody, type Basis as Behind } from '../visit.ts';
import { AidSaved } from './Aid.tsx';
import { AnswerScreen, Facts, Unsolved } from './AnswerScreens.tsx';
import { Handover, Topics } from './Asking.tsx';
import { Article, Basis } from './Law.tsx';
import { Result } from './Result.tsx';

beforeAll(prepareWords);

const TODAY = '2026-11-22';

/** A screen as it is first drawn on a machine with this content. */
function drawn(screen: ReactNode, content: Partial<KioskState['content']> = {}): string {
  const kiosk = {
    printer: { state: 'ready', paperLow: false },
    listening: { state: 'absent', reason: 'no_model' },
    intakeOffered: true,
    content: {
      ...{ source: 'installed', pack: 'test 1', betterRefused: false, asOf: TODAY, statutes: true },
      ...content,
    },
  };
  const desk = {
    visit: nobody(1),
    kiosk,
    link: { state: 'up', core: null, kiosk },
    clerk: {},
    orientation: 'portrait',
    today: TODAY,
  } as unknown as Desk;
  const markup = renderToStaticMarkup(<DeskContext value={desk}>{screen}</DeskContext>);
  // Where a line may end is nothing that is said.
  return markup.replaceAll('<wbr/>', '');
}

describe('statute texts', () => {
  const behind: Behind = {
    title: '单位拖欠工资怎么办',
    citations: [{ law: '劳动合同法', article: '第三十条', version: '2012-12-28', gist: '按时付工资。' }],
    reviewedOn: '2026-11-01',
    slip: { kind: 'answer', answerId: 'labour.wage-arrears' },
  };
  const article: StatuteArticle = {
    ...{ law: '灯笼法', article: '第二条', title: '灯笼法', kind: '法律', chapter: '', text: '挂稳。' },
    ...{ version: '2020-05-01', status: 'ok' as const, before: null, after: null },
  };
  const screens = [
    ['the topics', <Topics key="topics" screen={{ at: 'topics', shelves: [] }} />],
    ['a basis', <Basis key="basis" screen={{ at: 'basis', basis: behind }} />],
    ['an article', <Article key="article" screen={{ at: 'article', article }} />],
  ] as const;

  test.each(screens)('are offered from %s where the pack has them, and nowhere else', (_, screen) => {
    expect(drawn(screen)).toContain('data-press="find-law"');
    expect(drawn(screen, { statutes: false })).not.toContain('data-press="find-law"');
  });
  test('stand behind a citation only where the pack has them', () => {
    const basis = <Basis screen={{ at: 'basis', basis: behind }} />;
    expect(drawn(basis)).toContain('看原文');
    expect(drawn(basis, { statutes: false })).not.toMatch(/看原文|data-press="article-/);
    expect(drawn(basis, { statutes: false })).toContain('第30条');
  });
});

test('“not solved” is called noted only when it was', () => {
  const unsolved = (recorded: boolean) =>
    drawn(<Unsolved screen={{ at: 'unsolved', id: 'labour.wage-arrears', recorded }} />);
  expect(unsolved(true)).toContain('我记下了');
  expect(unsolved(false)).not.toContain('我记下了');
  expect(unsolved(false)).toContain('没能记下来');
  for (const recorded of [true, false]) expect(unsolved(recorded)).toContain('12348');
});

test('an application is not called delivered before the core has said so', () => {
  const saved = drawn(<AidSaved screen={{ at: 'aidSaved', receiptNumber: 'KM-1', lackingPapers: [] }} />);
  expect(saved).toContain('已保存，尚未送达');
  expect(saved).not.toContain('已送达');
});

test('a result says when the figures of the pack are old', () => {
  const result = (asOf: string) =>
    drawn(
      <Result
        screen={{
          ...{ at: 'result', interview: 'work-injury', shown: 0 },
          ...{ outcomes: [], missing: [], remarks: [], times: [] },
        }}
      />,
      { asOf },
    );
  expect(result('2026-05-25')).toContain('本机的标准已超过180天没有更新');
  expect(result('2026-05-26')).not.toContain('180天');
});

describe('what was wanted', () => {
  const answer: Answer = {
    ...{ id: 'work-injury.benefits', topic: 'work-injury', title: '工伤能赔哪些钱', plain: '能赔不少。' },
    ...{ audience: [], risks: [], citations: [], reviewedOn: TODAY, stale: false, discreet: false },
    steps: [{ do: '去申请。', where: '单位所在地人社局', deadline: null, place: null }],
    dependsOn: [
      {
        fact: '单位没参保的，由单位出。',
        answer: { id: 'work-injury.no-insurance', title: '没参保', topic: '' },
      },
      { fact: '按级别算。', answer: null },
    ],
    actions: [
      { kind: 'answer', answerId: 'work-injury.death', title: '因工死亡' },
      { kind: 'calculate', calculator: 'work-injury' },
      { kind: 'call', number: '12333', name: '人社服务热线' },
    ],
  };
  const shown = (need: Need | null, said: readonly string[] = []) =>
    drawn(<AnswerScreen screen={{ at: 'answer', answer, related: [], ...nothingAttached, need, said }} />);
  const place = (page: string, words: string) => page.indexOf(words);

  test('stands first: the calculator before other answers, and it is said', () => {
    const page = shown('calculate');
    expect(place(page, 'act-calculate')).toBeLessThan(place(page, 'act-work-injury.death'));
    expect(page).toContain('请点“算一算”');
    const plain = shown(null);
    expect(place(plain, 'act-calculate')).toBeGreaterThan(place(plain, 'act-work-injury.death'));
    expect(plain).not.toContain('请点“算一算”');
  });

  test.each(['where', 'complain', 'progress'] as const)('stands first: place and number for %s', (need) => {
    const page = shown(need);
    for (const address of ['单位所在地人社局', '12333'])
      expect(place(page, address)).toBeLessThan(place(page, answer.plain));
    expect(page.split('12333').length).toBe(2);
  });

  test('leads whoever wants a person, a paper or a lawyer to 12348 and to legal aid', () => {
    expect(place(shown('human'), '12348')).toBeLessThan(place(shown('human'), answer.plain));
    for (const need of ['human', 'draft', 'legal-aid'] as const)
      expect(place(shown(need), 'act-intake')).toBeLessThan(place(shown(need), 'act-work-injury.death'));
    expect(shown(null)).not.toContain('act-intake');
  });

  test('opens a door even where nothing else was understood', () => {
    const over = (need: Need | null) =>
      drawn(
        <Handover
          screen={{
            ...{ at: 'handover', reason: 'not_understood', ...nothingAttached, need },
            suggestions: [{ id: 'a.b', title: '别的', topic: 'labour' }],
          }}
        />,
      );
    expect(over('calculate')).toContain('door-calculate');
    expect(over('legal-aid')).toContain('act-intake');
    expect(over(null)).not.toMatch(/door-calculate|act-intake/);
  });

  test('facts of the own case are asked for, and what was chosen is said above the answer', () => {
    const facts = drawn(
      <Facts
        screen={{ at: 'facts', of: { at: 'answer', answer, related: [], ...nothingAttached, said: [] } }}
      />,
    );
    expect(facts).toContain('data-press="fact-work-injury.no-insurance"');
    expect(facts).toContain('按级别算。');
    const page = shown(null, ['按级别算。']);
    expect(place(page, '您的情况：按级别算。')).toBeLessThan(place(page, answer.plain));
  });
});
