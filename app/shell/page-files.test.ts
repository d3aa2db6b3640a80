import { expect, test } from 'vitest';

import { pageFile } from './page-files.ts';

test('finds the files of the build', () => {
  expect(pageFile('/srv/page', 'app://kiosk/index.html')).toEqual({
    file: '/srv/page/index.html',
    contentType: 'text/html; charset=utf-8',
  });
  expect(pageFile('/srv/page', 'app://kiosk/assets/index-B_x9-2.js?v=1#top')?.file).toBe(
    '/srv/page/assets/index-B_x9-2.js',
  );
});

test.each([
  'app://kiosk/',
  'app://kiosk/../device.json',
  'app://kiosk/assets/../../device.json',
  'app://kiosk/%2e%2e/device.json',
  'app://kiosk/..%2fdevice.json',
  'app://kiosk/..\\device.json',
  'app://kiosk//etc/device.json',
  'app://kiosk/%zz.html',
  'app://kiosk/index.html%00.js',
  'app://kiosk/index.html\0.js',
  'app://kiosk/.env.json',
  'app://kiosk/assets/.map.json',
  'app://kiosk/journal.db',
  'app://kiosk/index',
  'app://kiosk.evil/index.html',
  'app://evil/index.html',
  'app://user@kiosk/index.html',
  'app://kiosk:80/index.html',
  'file:///etc/passwd.html',
  'http://kiosk/index.html',
  '',
])('refuses %j', (address) => {
  expect(pageFile('/srv/page', address)).toBeUndefined();
});
