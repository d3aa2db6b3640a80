import { expect, test } from 'vitest';

import { assumedPanel, layoutFor } from './panel.ts';

test('a full-screen window on an upright 21.5-inch panel has about four pixels in a millimetre', () => {
  const layout = layoutFor(assumedPanel(1080, 1920), { width: 1080, height: 1920 });
  expect(layout.orientation).toBe('portrait');
  expect(layout.pxPerMm).toBeCloseTo(4.03, 2);
});

test('a 32-inch panel has fewer pixels in a millimetre, so the same millimetres stay the same size to the hand', () => {
  const panel = { widthMm: 398.5, heightMm: 708.5, widthPx: 1080, heightPx: 1920 };
  expect(layoutFor(panel, { width: 1080, height: 1920 }).pxPerMm).toBeCloseTo(2.71, 2);
});

test('a small window shows the whole panel', () => {
  const layout = layoutFor(assumedPanel(1920, 1080), { width: 960, height: 700 });
  expect(layout.orientation).toBe('landscape');
  expect(layout.pxPerMm * 476.1).toBeLessThanOrEqual(960);
  expect(layout.pxPerMm * 267.8).toBeLessThanOrEqual(700);
});
