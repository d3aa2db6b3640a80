import { expect, test } from 'vitest';

import { refusedArguments } from './start-arguments.ts';

test.each([
  '--remote-debugging-port=9222',
  '-remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--inspect',
  '--inspect-brk=0',
  '--no-sandbox',
  '--disable-web-security',
  '--load-extension=/tmp/x',
  '--js-flags=--allow-natives-syntax',
  '--renderer-cmd-prefix=/bin/sh',
  '--ozone-platform=x11,--no-sandbox',
  '--force-device-scale-factor=1 --no-sandbox',
  'https://example.org/',
  '/etc/passwd',
])('refuses %s', (argument) => {
  expect(refusedArguments(['/opt/kiosk/kiosk', argument])).toEqual([argument]);
});

test('accepts no argument, the display platform and the scale', () => {
  expect(refusedArguments(['/opt/kiosk/kiosk'])).toEqual([]);
  expect(refusedArguments(['kiosk', '--ozone-platform=wayland', '--force-device-scale-factor=1.25'])).toEqual(
    [],
  );
});
