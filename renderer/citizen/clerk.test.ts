import { expect, test } from 'vitest';

import { nothingAttached } from '../../app/domain/consult/index.ts';
import type { Answer } from '../../app/contract/consult.ts';
import type { Core } from '../connection.ts';
import { hireClerk } from './clerk.ts';
import { nextVisit, nobody, type Screen, type Visit, type VisitEvent } from './visit.ts';

/** A visitor before an answer, served by a core that answers "not solved" so; the screens from then on. */
function beforeAnAnswer(unsolved: () => Promise<{ recorded: boolean }>) {
  let visit: Visit = { ...nobody(1), sessionId: 'a visit', screen: { at: 'home' } };
  const shown: Screen['at'][] = [];
  const dispatch = (event: VisitEvent) => {
    visit = nextVisit(visit, event);
    shown.push(visit.screen.at);
  };
  const open = ({ answerId }: { answerId: string }) =>
    Promise.resolve({ answer: { id: answerId }, related: [{ id: 'near' }], guides: [] });
  const core = { consult: { unsolved, open } } as unknown as Core;
  const link = { state: 'up', core, kiosk: null, lost: new AbortController().signal } as const;
  const clerk = hireClerk({
    ...{ visit: () => visit, dispatch },
    connection: { subscribe: () => () => undefined, current: () => link },
    newId: () => 'an id',
    today: () => '2026-11-22',
  });
  return { clerk, shown, dispatch, screen: () => visit.screen };
}

test.each([
  ['recorded', () => Promise.resolve({ recorded: true }), true],
  ['not recorded', () => Promise.resolve({ recorded: false }), false],
  ['failed', () => Promise.reject(new Error('no room')), false],
])('"not solved" leads to people, and is called noted only once it is: %s', async (_, reply, recorded) => {
  const { clerk, shown, screen } = beforeAnAnswer(reply);
  clerk.unsolved('answer', 'labour.wage-arrears');
  expect(shown).toEqual(['home']);
  await expect.poll(screen).toEqual({ at: 'unsolved', id: 'labour.wage-arrears', recorded });
});

test('numbers for danger stay in sight when an answer is touched among the choices', async () => {
  const { clerk, dispatch, screen } = beforeAnAnswer(() => Promise.resolve({ recorded: true }));
  const urgent = { kind: 'violence' as const, numbers: [{ number: '110', name: '报警' }] };
  const choose = {
    ...{ at: 'choose' as const, question: 'q', candidates: [], facts: {} },
    ...nothingAttached,
    urgent,
  };
  for (const from of [
    choose,
    { at: 'heard' as const, heard: { text: '', alternatives: [], repaired: [] }, outcome: choose },
  ]) {
    dispatch({ kind: 'went', to: from });
    clerk.open('family.violence');
    await expect.poll(screen).toMatchObject({ at: 'answer', urgent });
  }
  dispatch({ kind: 'home' });
  clerk.open('family.violence');
  await expect.poll(screen).toMatchObject({ at: 'answer', urgent: null, related: [{ id: 'near' }] });
});

test('"none of these" leads to people, without an entry', async () => {
  const { clerk, screen } = beforeAnAnswer(() => Promise.resolve({ recorded: true }));
  clerk.noneMeant();
  await expect.poll(screen).toEqual({ at: 'unsolved', id: null, recorded: true });
});

test('facts that were chosen go along from answer to answer, what was wanted too, and back leads along the trail', async () => {
  const { clerk, dispatch, screen } = beforeAnAnswer(() => Promise.resolve({ recorded: true }));
  const asked: Screen = {
    ...{ at: 'answer', answer: { id: 'work-injury.benefits' } as Answer, related: [], said: [] },
    ...nothingAttached,
    need: 'calculate',
  };
  dispatch({ kind: 'went', to: asked });
  dispatch({ kind: 'went', to: { at: 'facts', of: asked } });
  clerk.open('work-injury.no-insurance', '单位没参保');
  await expect.poll(screen).toMatchObject({ at: 'answer', said: ['单位没参保'], need: 'calculate' });
  const second = screen();
  if (second.at !== 'answer') throw new Error(second.at);
  dispatch({ kind: 'went', to: { at: 'facts', of: second } });
  clerk.open('work-injury.settlement', '老板要私了');
  await expect.poll(screen).toMatchObject({ said: ['单位没参保', '老板要私了'] });
  for (const at of ['facts', 'answer', 'facts', 'answer']) {
    dispatch({ kind: 'back' });
    expect(screen().at).toBe(at);
  }
  expect(screen()).toMatchObject({ answer: { id: 'work-injury.benefits' }, said: [] });
  clerk.open('work-injury.death');
  await expect.poll(screen).toMatchObject({ said: [] });
});
