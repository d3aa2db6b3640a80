import { parseDictionary, type Dictionary } from './dictionary.ts';

let loading: Promise<Dictionary | null> | undefined;

/**
 * The dictionary beside the page, read once. Without it (file missing or damaged) the answer is null and the keyboard
 * still types Latin letters and digits.
 */
export function loadDictionary(): Promise<Dictionary | null> {
  loading ??= fetch('dictionary.txt')
    .then((response) => (response.ok ? response.text() : ''))
    .then((text) => (text.includes('\n\n') ? parseDictionary(text) : null))
    .catch(() => null);
  return loading;
}
