import { Resvg } from '@resvg/resvg-js';
import jsQR from 'jsqr';
import { expect, test } from 'vitest';

import { outOfServicePage } from './out-of-service.ts';

test('the last page carries the number as a code that a phone reads', () => {
  const [, picture = ''] = /src="data:image\/svg\+xml,([^"]+)"/.exec(outOfServicePage) ?? [];
  const { pixels, width, height } = new Resvg(decodeURIComponent(picture), {
    fitTo: { mode: 'width', value: 400 },
  }).render();
  expect(jsQR(new Uint8ClampedArray(pixels), width, height)?.data).toBe('tel:12348');
});

test('the last page asks for nothing but its own style sheet', () => {
  expect(outOfServicePage).not.toContain('<script');
  const wanted = [...outOfServicePage.matchAll(/(?:src|href)="([^",]+)/g)].map(([, address]) => address);
  expect(wanted).toEqual(['/-/out-of-service.css', 'data:image/svg+xml']);
});
