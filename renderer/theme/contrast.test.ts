import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

const tokensOf = (selector: string): Record<string, string> => {
  const block = new RegExp(`^${selector.replace('.', '\\.')} \\{([^}]*)\\}`, 'm').exec(css)?.[1] ?? '';
  const colours = [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)];
  return Object.fromEntries(colours.map(([, name = '', colour = '']): [string, string] => [name, colour]));
};

const luminance = (hex: string) => {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};

const ratio = (one: string, other: string) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
};

const grounds = ['paper', 'surface', 'counter'];
const pairs: [text: string, ground: string][] = [
  ...['ink', 'ink-soft', 'azure', 'jade', 'camellia'].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ['ink', 'azure-wash'],
  ['azure', 'azure-wash'],
  ['ink', 'jade-wash'],
  ['jade', 'jade-wash'],
  ['ink', 'camellia-wash'],
  ['camellia', 'camellia-wash'],
  ['ink', 'gold-wash'],
  ['ink-soft', 'gold-wash'],
  ['on-action', 'azure'],
  ['on-action', 'jade'],
  ['on-action', 'camellia'],
  ['on-strip', 'strip'],
];

describe.each([':root', '.contrast'])('text colours of %s', (theme) => {
  const tokens = tokensOf(theme);
  test.each(pairs)('%s on %s reaches 7:1', (text, ground) => {
    expect(ratio(tokens[text]!, tokens[ground]!)).toBeGreaterThanOrEqual(7);
  });
  test('edges of buttons reach 3:1 on paper', () => {
    expect(ratio(tokens['edge']!, tokens['paper']!)).toBeGreaterThanOrEqual(3);
  });
});
