import { expect, test } from 'vitest';

import { isAllowedKey } from './allowed-keys.ts';

const plain = { control: false, alt: false, meta: false };

test.each(['a', 'Z', '7', '，', '𠮷', ' ', 'Backspace', 'Enter', 'ArrowLeft', 'Tab'])(
  'lets %j through',
  (key) => {
    expect(isAllowedKey({ ...plain, key })).toBe(true);
  },
);

test.each([
  'F1',
  'F5',
  'F11',
  'F12',
  'F24',
  'BrowserBack',
  'LaunchMail',
  'ContextMenu',
  'PrintScreen',
  'Help',
  'Power',
])('holds %s', (key) => {
  expect(isAllowedKey({ ...plain, key })).toBe(false);
});

test.each(['control', 'alt', 'meta'] as const)('holds every combination with %s', (modifier) => {
  for (const key of ['r', 'p', 'w', '+', '0', 'Tab', 'ArrowLeft', 'I']) {
    expect(isAllowedKey({ ...plain, [modifier]: true, key })).toBe(false);
  }
});
