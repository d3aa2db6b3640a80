import type { KioskState } from '../../app/contract/kiosk.ts';

export type Panel = KioskState['panel'];

/** The panel assumed until the core has told the real one: 21.5 inches, upright or lying as the window is. */
export const assumedPanel = (widthPx: number, heightPx: number): Panel =>
  widthPx < heightPx
    ? { widthMm: 267.8, heightMm: 476.1, widthPx, heightPx }
    : { widthMm: 476.1, heightMm: 267.8, widthPx, heightPx };

export interface Layout {
  orientation: 'portrait' | 'landscape';
  /** CSS pixels in one millimetre of glass. */
  pxPerMm: number;
}

/**
 * What the style sheets need to draw in millimetres. Where the window is not the whole panel (a developer's browser),
 * the panel's millimetres are shrunk into the window, so that proportions stay true.
 */
export function layoutFor(panel: Panel, window: { width: number; height: number }): Layout {
  const orientation = panel.widthMm < panel.heightMm ? 'portrait' : 'landscape';
  return { orientation, pxPerMm: Math.min(window.width / panel.widthMm, window.height / panel.heightMm) };
}
