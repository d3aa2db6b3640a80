import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, test } from 'vitest';

import type { KioskState } from '../../../app/contract/kiosk.ts';
import type { StatuteArticle } from '../../../app/contract/statute.ts';
import { prepareWords } from '../../language.ts';
import { DeskContext, type Desk } from '../desk.ts';
import { nobody, type Basis as Behind } from '../visit.ts';
import { AidSaved } from './Aid.tsx';
import { Unsolved } from './AnswerScreens.tsx';
import { Topics } from './Asking.tsx';
import { Article, Basis } from './Law.tsx';
import { Result } from './Result.tsx';

beforeAll(prepareWords);

const TODAY = '2026-11-22';

/** A screen as it is first drawn on a machine with this content. */
function drawn(screen: ReactNode, content: Partial<KioskState['content']> = {}): string {
  const kiosk = {
    printer: { state: 'ready', paperLow: false },
    listening: { state: 'absent', reason: 'no_model' },
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
  return renderToStaticMarkup(<DeskContext value={desk}>{screen}</DeskContext>);
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
