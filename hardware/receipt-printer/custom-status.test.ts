import { expect, it } from 'vitest';

import { customCondition } from './custom-status.ts';

const condition = (...bytes: [paper: number, user: number, recoverable: number, unrecoverable: number]) =>
  customCondition(Uint8Array.of(0x10, 0x0f, ...bytes));

it('tells from the custom status whether the printer is at work and holds a slip', () => {
  expect(condition(0, 0, 0, 0)).toEqual({
    ...{ fault: undefined, paperLow: false },
    ...{ working: false, slipInMouth: false },
  });
  expect(condition(0x24, 0x04, 0, 0)).toMatchObject({ paperLow: true, working: true, slipInMouth: true });
  expect(condition(0, 0x08, 0, 0)).toMatchObject({ fault: undefined, working: true });
});

it.each<[bytes: Parameters<typeof condition>, fault: string]>([
  [[0x01, 0, 0, 0], 'paper_out'],
  [[0, 0x01, 0, 0], 'cover_open'],
  [[0, 0, 0x40, 0], 'cutter_jam'],
  [[0, 0, 0x01, 0], 'overheated'],
  [[0, 0, 0x02, 0], 'offline'],
  [[0, 0, 0x04, 0], 'offline'],
  [[0, 0, 0x08, 0], 'offline'],
  [[0, 0, 0x20, 0], 'offline'],
  [[0, 0, 0x80, 0], 'offline'],
  [[0, 0, 0, 0x01], 'cutter_jam'],
  [[0, 0, 0, 0x80], 'offline'],
])('calls %j a fault: %s', (bytes, fault) => {
  expect(condition(...bytes).fault).toBe(fault);
});
