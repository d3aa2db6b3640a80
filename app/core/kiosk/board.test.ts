import { expect, test } from 'vitest';

import { SAFE_SETTINGS } from '../device/index.ts';
import { StateBoard } from './index.ts';

const board = () =>
  new StateBoard({
    site: SAFE_SETTINGS.site,
    panel: SAFE_SETTINGS.panel,
    printer: { state: 'absent' },
    cardReader: { state: 'absent' },
    leftBehind: { card: false, slip: 'nothing' },
    content: { source: 'none', pack: '', betterRefused: true, asOf: '', statutes: false },
    journal: { state: 'ok', unsent: 0, hub: 'not_configured', lastAcknowledgedAt: null },
    speech: { state: 'absent', reason: 'no_voice' },
    listening: { state: 'absent', reason: 'no_model' },
    intakeOffered: false,
  });

test('a watcher gets the state at once, then the latest after changes', async () => {
  const state = board();
  const watching = state.watch(undefined);
  expect((await watching.next()).value).toMatchObject({ intakeOffered: false });
  state.update({ intakeOffered: true });
  state.update({ printer: { state: 'ready', paperLow: true } });
  expect((await watching.next()).value).toMatchObject({ intakeOffered: true, printer: { paperLow: true } });
  const next = watching.next();
  state.update({ intakeOffered: true });
  state.update({ printer: { state: 'busy' } });
  expect((await next).value).toMatchObject({ printer: { state: 'busy' } });
});

test('watching ends with its signal, also while it waits', async () => {
  const controller = new AbortController();
  const watching = board().watch(controller.signal);
  await watching.next();
  const next = watching.next();
  controller.abort();
  expect((await next).done).toBe(true);
});
