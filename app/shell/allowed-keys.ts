/** What Electron says about a key, as far as it matters here. */
export interface PressedKey {
  key: string;
  control: boolean;
  alt: boolean;
  meta: boolean;
}

const namedKeys = new Set([
  'Backspace',
  'Delete',
  'Enter',
  'Tab',
  'Escape',
  'Shift',
  'CapsLock',
  'Home',
  'End',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Process',
  'Unidentified',
  'Dead',
  'Compose',
]);

/**
 * Keys that reach the page: what one types with, and no combination. A kiosk has no keyboard of keys, so this is for
 * one that somebody plugs in; F1–F12, reload, print, zoom, find, address bar and tools all fall outside.
 */
export function isAllowedKey({ key, control, alt, meta }: PressedKey): boolean {
  if (control || alt || meta) return false;
  return [...key].length === 1 || namedKeys.has(key);
}
