import { describe, expect, it } from 'vitest';

import { candidatesFor, paginate } from './candidates.ts';
import { applyStroke, settle } from './composition.ts';
import { fold, parseDictionary } from './dictionary.ts';
import { readSpelling } from './spelling.ts';

const dictionary = parseDictionary(
  [
    "工商\tgong'shang\t400",
    "工伤\tgong'shang\t450",
    "工伤保险\tgong'shang'bao'xian\t300",
    "赔偿\tpei'chang\t350",
    '尝\tchang\t200',
    '陪\tpei\t250',
    "西安\txi'an\t300",
    '先\txian\t420',
    '旅\tlv\t200',
    '女\tnv\t300',
    '人\tren\t400',
    '安\tan\t260',
    '西\txi\t260',
    '公\tgong\t300',
    '伤\tshang\t280',
    "保险\tbao'xian\t330",
  ].join('\n') + '\n\n工伤\t赔偿\t8\n',
);
const texts = (letters: string) => candidatesFor(letters, dictionary).map(({ text }) => text);

describe('reading what was typed', () => {
  it('cuts letters into syllables and keeps the ambiguous readings', () => {
    const readings = readSpelling('xian', dictionary.syllables).map(({ units }) =>
      units.map((unit) => unit.letters).join('·'),
    );
    expect(readings.slice(0, 2)).toEqual(['xian', 'xi·an']);
  });

  it('has no reading for letters that are no pinyin', () => {
    expect(readSpelling('vvv', dictionary.syllables)).toEqual([]);
    expect(candidatesFor('vvv', dictionary)).toEqual([]);
  });

  it('folds what the south-west does not tell apart', () => {
    expect([fold('zhang'), fold('nan'), fold('shi')]).toEqual(['zan', 'lan', 'si']);
  });
});

describe('candidates', () => {
  it('offers the heavier word first and single characters for the first syllable', () => {
    expect(texts('gongshang').slice(0, 2)).toEqual(['工伤', '工商']);
    expect(candidatesFor('gongshang', dictionary)).toContainEqual({ text: '公', consumed: 4 });
  });

  it('finds words by initials and by half-typed syllables', () => {
    expect(texts('gs')[0]).toBe('工伤');
    expect(texts('gongsh')[0]).toBe('工伤');
    expect(texts('gsbx')[0]).toBe('工伤保险');
  });

  it('puts a sentence together from words that follow each other in our content', () => {
    expect(candidatesFor('gongshangpeichang', dictionary)[0]).toEqual({ text: '工伤赔偿', consumed: 17 });
  });

  it('completes a word from its front', () => {
    expect(texts('gongshang')).toContain('工伤保险');
  });

  it('forgives n for l, but puts the exact spelling first', () => {
    expect(texts('nv')).toEqual(['女', '旅']);
  });

  it('pages candidates by their width', () => {
    const pages = paginate(candidatesFor('gongshang', dictionary), 7);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat()).toEqual(candidatesFor('gongshang', dictionary));
  });
});

describe('composition', () => {
  const of = (letters: string) => candidatesFor(letters, dictionary);

  it('keeps the letters that a chosen candidate did not use', () => {
    const next = applyStroke(
      { text: '问', letters: 'gongshangpei' },
      { kind: 'choose', candidate: { text: '工伤', consumed: 9 } },
      20,
    );
    expect(next).toEqual({ text: '问工伤', letters: 'pei' });
  });

  it('deletes letters before characters, and whole characters outside the basic plane', () => {
    expect(applyStroke({ text: '𠮷', letters: 'a' }, { kind: 'delete' }, 20)).toEqual({
      text: '𠮷',
      letters: '',
    });
    expect(applyStroke({ text: '一𠮷', letters: '' }, { kind: 'delete' }, 20)).toEqual({
      text: '一',
      letters: '',
    });
  });

  it('never grows past the limit', () => {
    expect(applyStroke({ text: '一二三', letters: '' }, { kind: 'character', character: '四' }, 3).text).toBe(
      '一二三',
    );
    expect(settle({ text: '一二', letters: 'gongshang' }, of, 3)).toBe('一二工');
  });

  it('settles open letters to their first candidates, and keeps what cannot be read', () => {
    expect(settle({ text: '', letters: 'gongshangpeichang' }, of, 20)).toBe('工伤赔偿');
    expect(settle({ text: '', letters: 'vvv' }, of, 20)).toBe('vvv');
  });
});
