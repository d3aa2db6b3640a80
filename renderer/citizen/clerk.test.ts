import { expect, test } from 'vitest';

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
  const open = () => Promise.resolve({ id: 'family.violence' });
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
  const choose = { at: 'choose' as const, candidates: [], facts: {}, guides: [], urgent };
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
  await expect.poll(screen).toMatchObject({ at: 'answer', urgent: null });
});
