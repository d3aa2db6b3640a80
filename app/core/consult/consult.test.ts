import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isStale } from './entry.ts';
import { createWidening, normalise } from './normalise.ts';
import { pinyinSearchTokens, pinyinTokens, syllablesOf } from './pinyin.ts';
import { createUrgentOpinion, createUrgentRules } from './urgent.ts';

describe('normalise', () => {
  it.each([
    ['請問，離婚要什麼手續？', '离婚要什么手续'],
    ['嗯那个我想问一下工伤怎么赔啊', '工伤怎么赔'],
    ['欠我３０００块，两年了！！', '欠我0块0年了'],
    ['打12333有用吗', '打12333有用吗'],
    ['万一工资不发', '万一工资不发'],
    ['你好', '你好'],
    ['ＱＱ被盗😀', 'qq被盗'],
  ])('%s → %s', (raw, text) => {
    expect(normalise(raw)).toEqual({ text, script: 'chinese' });
  });

  it('tells letters and nothing readable from Chinese', () => {
    expect(normalise('Gongshang  zenme PEI?')).toEqual({ text: 'gongshang zenme pei', script: 'latin' });
    expect(normalise("'; DROP TABLE answers;--")).toEqual({ text: 'drop table answers', script: 'latin' });
    expect(normalise('😀！？').script).toBe('none');
    expect(normalise('12348').script).toBe('none');
  });

  it.each([
    ['lí hūn zěnme bàn', 'li hun zenme ban'],
    ['Nǚ’ér de lǜshī', 'nv er de lvshi'],
    ['nü er', 'nv er'],
  ])('reads pinyin with its tones: %s → %s', (raw, text) => {
    expect(normalise(raw)).toEqual({ text, script: 'latin' });
  });

  it('takes any text, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
        const once = normalise(raw);
        expect(once.text).toMatch(/^[\p{Script=Han}a-z0-9 ]*$/u);
      }),
    );
    expect(normalise(normalise('请问老板不发工资咋个办啊').text).text).toBe('老板不发工资咋个办');
  });
});

describe('synonyms', () => {
  it('widen with the legal word once the colloquial one stands there', () => {
    const widening = createWidening([
      { colloquial: '炒鱿鱼', legal: '解除劳动合同' },
      { colloquial: '鱿鱼', legal: '水产' },
    ]);
    expect(widening('被炒鱿鱼了')).toEqual(['解除劳动合同', '水产']);
    expect(widening('离婚')).toEqual([]);
    expect(widening('炒鱿就是解除劳动合同')).toEqual([]);
  });
});

describe('pinyin', () => {
  const known = new Set(['gong', 'shang', 'zen', 'me', 'pei', 'xian', 'xi', 'an']);

  it('cuts run-together syllables, fewest first, and knows what is not pinyin', () => {
    expect(syllablesOf('gongshang zenme pei', known)).toEqual(['gong', 'shang', 'zen', 'me', 'pei']);
    expect(syllablesOf('xian', known)).toEqual(['xian']);
    expect(syllablesOf('drop table answers', known)).toBeNull();
    expect(syllablesOf('', known)).toBeNull();
    expect(pinyinTokens(['gong', 'shang', 'pei'])).toEqual([
      'gong',
      'shang',
      'pei',
      '2gongshang',
      '2shangpei',
    ]);
  });

  it('searches for what it is about, not for how it is asked', () => {
    expect(pinyinSearchTokens(['gong', 'shang', 'zen', 'me', 'pei'])).toEqual([
      '2gongshang',
      'gong',
      'shang',
      'pei',
    ]);
    expect(pinyinSearchTokens(['zen', 'me', 'ban'])).toEqual([]);
    expect(pinyinSearchTokens(['lian'])).toEqual([]);
  });
});

describe('urgent situations', () => {
  const records = [
    {
      ...{
        kind: 'violence',
        words: ['要打死我', '被人追(?!尾)'],
        numbers: [{ number: '110', name: '报警' }],
      },
      ...{ answers: ['family.violence', 'labour.forced'], from: 0.5 },
    },
    {
      ...{ kind: 'self_harm', words: ['不想活'], numbers: [{ number: '12356', name: '心理援助' }] },
      ...{ answers: [], from: 1 },
    },
  ];
  const rules = createUrgentRules(records);

  it('shows the numbers for the danger that matters most', () => {
    expect(rules('他说要打死我')?.kind).toBe('violence');
    expect(rules('他要打死我我也不想活了')?.kind).toBe('self_harm');
    expect(rules('借钱不还')).toBeNull();
    expect(rules('我被人追')?.kind).toBe('violence');
    expect(rules('开车被人追尾')).toBeNull();
  });

  it('are raised by the model where it is sure of what the answers are about, and somebody needs help', () => {
    const opinion = createUrgentOpinion(records, ['family.divorce', 'labour.forced', 'family.violence']);
    expect(opinion([0.3, 0.2, 0.35], 'what-to-do')?.kind).toBe('violence');
    expect(opinion([0.3, 0.2, 0.35], null)?.kind).toBe('violence');
    expect(opinion([0.3, 0.2, 0.35], 'guide')).toBeNull();
    expect(opinion([0.6, 0.1, 0.3], 'what-to-do')).toBeNull();
    expect(createUrgentOpinion(records, [])([0.9], 'what-to-do')).toBeNull();
  });

  it('refuses a kind the screen does not know', () => {
    const flood = { kind: 'flood', words: ['水'], numbers: [], answers: [], from: 1 };
    expect(() => createUrgentRules([flood])).toThrow();
  });
});

describe('freshness', () => {
  it('is stale the day after the maximum age', () => {
    expect(isStale('2026-11-22', 365, '2027-11-22')).toBe(false);
    expect(isStale('2026-11-22', 365, '2027-11-23')).toBe(true);
  });
});
