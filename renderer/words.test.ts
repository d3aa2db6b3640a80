import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');

const flat = (words: unknown, path = ''): Map<string, string> =>
  typeof words === 'string'
    ? new Map([[path, words]])
    : new Map(
        Object.entries(words as Record<string, unknown>).flatMap(([key, value]) => [
          ...flat(value, path === '' ? key : `${path}.${key}`),
        ]),
      );

/** The words of the citizen's screens; no key stands in both files. */
const wordsOf = (language: string) =>
  new Map(
    ['screen', 'voice'].flatMap((name) => [...flat(JSON.parse(read(`../locales/${language}/${name}.json`)))]),
  );
const [chinese, english] = [wordsOf('zh-CN'), wordsOf('en')];

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
  .map((name) => ({ name, code: read(name).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '') }));
/** The keyboard has words of its own, in keyboard.json. */
const screens = sources.filter(({ name }) => !name.startsWith('keyboard'));

/** Keys written out, and patterns for keys that are put together (`home.door.${name}`). */
const written = new Set<string>();
const patterns: RegExp[] = [];
for (const { code } of screens) {
  for (const [, key = ''] of code.matchAll(/'(?:[a-z]+:)?([a-z_]+(?:\.[A-Za-z0-9_]+)+|[a-z_]+)'/g))
    written.add(key);
  for (const [, key = ''] of code.matchAll(/`([a-z_]+\.[^`]*\$\{[^`]*)`/g))
    patterns.push(new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w.-]+')}$`));
}
const isUsed = (key: string) => written.has(key) || patterns.some((pattern) => pattern.test(key));

test('both languages have the same keys, with the same values to fill in', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  const holes = (text: string | undefined) =>
    [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  for (const [key, text] of chinese) expect([key, holes(english.get(key))]).toEqual([key, holes(text)]);
});

test('no words that no screen says', () => {
  expect([...chinese.keys()].filter((key) => !isUsed(key))).toEqual([]);
});

test('every key that a screen writes out exists', () => {
  const called = screens.flatMap(({ name, code }) =>
    [...code.matchAll(/\bt\('(?:(?:screen|voice):)?([^':]+)'/g)].map(([, key = '']) => ({ name, key })),
  );
  expect(called.length).toBeGreaterThan(80);
  expect(called.filter(({ key }) => !chinese.has(key))).toEqual([]);
});

test('every key that is put together meets at least one word', () => {
  const known = [...chinese.keys(), ...flat(JSON.parse(read('../locales/zh-CN/calculator.json'))).keys()];
  const lost = patterns.filter((pattern) => !known.some((key) => pattern.test(key)));
  // Words of other namespaces, named with it.
  const elsewhere = /^\^(matter|question)/;
  expect(lost.map(String).filter((pattern) => !elsewhere.test(pattern.slice(1)))).toEqual([]);
});

/** Chinese as such, or as an escape of it (4E00 to 9FFF). */
const HAN = /\p{Script=Han}|\\u\{?0*(?:4[ef]|[5-9][\da-f])[\da-f]{2}/iu;

test('no Chinese is written into the screens or the keyboard themselves, nor hidden in escapes', () => {
  expect(sources.filter(({ code }) => HAN.test(code)).map(({ name }) => name)).toEqual([]);
  expect(['字', '\\u4e00', '\\u9FFF', '\\u{5e74}'].filter((text) => !HAN.test(text))).toEqual([]);
  expect(['\\u2212', '。', '\\u00a0', '\\u4dff'].filter((text) => HAN.test(text))).toEqual([]);
});

test('the words are plain: no command, no code, no Latin in Chinese beyond what is named so', () => {
  const odd = [...chinese].filter(([, text]) =>
    /请输入|点击|Error|[A-Za-z]{3,}/.test(text.replaceAll(/\{\{\w+\}\}/g, '')),
  );
  expect(odd.map(([key]) => key)).toEqual(['strip.other_language']);
});
