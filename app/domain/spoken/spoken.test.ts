import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sentencesOf, spokenChinese, spokenEnglish, withoutPersonalNumbers } from './index.ts';
import { cardinal, yuan } from './numerals.ts';

describe('whole numbers', () => {
  test.each([
    ['0', '零'],
    ['2', '二'],
    ['10', '十'],
    ['12', '十二'],
    ['20', '二十'],
    ['22', '二十二'],
    ['100', '一百'],
    ['105', '一百零五'],
    ['110', '一百一十'],
    ['112', '一百一十二'],
    ['200', '二百'],
    ['1000', '一千'],
    ['1001', '一千零一'],
    ['1010', '一千零一十'],
    ['1079', '一千零七十九'],
    ['2000', '两千'],
    ['2222', '两千二百二十二'],
    ['10000', '一万'],
    ['10001', '一万零一'],
    ['10100', '一万零一百'],
    ['12000', '一万两千'],
    ['20000', '两万'],
    ['100000', '十万'],
    ['120000', '十二万'],
    ['220000', '二十二万'],
    ['1010000', '一百零一万'],
    ['1020304', '一百零二万零三百零四'],
    ['100000000', '一亿'],
    ['100010000', '一亿零一万'],
    ['200000002', '两亿零二'],
    ['1000000000000', '一万亿'],
    ['007', '七'],
    ['12345678901234567', '一二三四五六七八九零一二三四五六七'],
  ])('%s is %s', (digits, said) => expect(cardinal(digits)).toBe(said));

  test('every number up to a million is said in its own way, without doubled or final 零', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (one, other) => {
          const said = cardinal(String(one));
          expect(said).not.toMatch(/零零|零$|零[万亿]/);
          if (one !== other) expect(said).not.toBe(cardinal(String(other)));
        },
      ),
    );
  });
});

describe('money', () => {
  test.each([
    ['45,312.50', '四万五千三百一十二元五角'],
    ['45312.05', '四万五千三百一十二元零五分'],
    ['100.00', '一百元'],
    ['0.50', '五角'],
    ['0.02', '两分'],
    ['0.00', '零元'],
    ['2', '两元'],
    ['1,234,567.89', '一百二十三万四千五百六十七元八角九分'],
    ['3.125', '三点一二五元'],
  ])('%s is %s', (written, said) => expect(yuan(written)).toBe(said));
});

describe('a sentence as it is said', () => {
  test.each([
    ['一共 45,312.50 元。', '一共四万五千三百一十二元五角。'],
    ['¥2,000.00', '两千元'],
    ['2万元', '两万元'],
    ['1.5万元', '一点五万元'],
    ['2026年9月1日', '二零二六年九月一日'],
    ['2026-09-01起', '二零二六年九月一日起'],
    ['2026年 2 月 2 日', '二零二六年二月二日'],
    ['2025年度', '二零二五年度'],
    ['干了2年零3个月', '干了两年零三个月'],
    ['2月工资', '二月工资'],
    ['满12年', '满十二年'],
    ['第1079条', '第一千零七十九条'],
    ['第 2 条', '第二条'],
    ['第一千零七十九条', '第一千零七十九条'],
    ['《民法典》第1079条', '民法典，第一千零七十九条'],
    ['依据《劳动法》、《工会法》办', '依据，劳动法，工会法，办'],
    ['打12348', '打幺二三四八'],
    ['12348', '幺二三四八'],
    ['12348元', '一万两千三百四十八元'],
    ['12333 人社服务热线', '幺二三三三，人社服务热线'],
    ['请拨打110', '请拨打幺幺零'],
    ['110报警', '幺幺零报警'],
    ['110 报警电话', '幺幺零，报警电话'],
    ['被性侵的先打 110，看病的钱可以要', '被性侵的先打幺幺零，看病的钱可以要'],
    ['110、县民政局', '幺幺零，县民政局'],
    ['打 96110 和 110，越快越好', '打九六幺幺零，和幺幺零，越快越好'],
    ['马上打 122、120，记下车牌', '马上打幺二二，幺二零，记下车牌'],
    ['第120条', '第一百二十条'],
    ['共 120 平方米', '共一百二十平方米'],
    ['5 × 120 = 600', '五乘以一百二十等于六百'],
    ['赔120.50元', '赔一百二十元五角'],
    ['还有2人，120天，119%', '还有两人，一百二十天，百分之一百一十九'],
    ['110米', '一百一十米'],
    ['满120天', '满一百二十天'],
    ['先打 120 急救', '先打幺二零，急救'],
    ['13800001234', '幺三八，零零零零，幺二三四'],
    ['138 0000 1234', '幺三八，零零零零，幺二三四'],
    ['0871-64166535', '零八七幺，六四幺六，六五三五'],
    ['400-810-1234', '四零零，八幺零，幺二三四'],
    ['11010519491231002X', '幺幺零幺零五幺九四九幺二三幺零零二艾克斯'],
    ['50%', '百分之五十'],
    ['0.5‰', '千分之零点五'],
    ['24%～36%', '百分之二十四到百分之三十六'],
    ['60–300%', '百分之六十到百分之三百'],
    ['1–3个月', '一到三个月'],
    ['2-3天', '二到三天'],
    ['第12至15条', '第十二到十五条'],
    ['第12条至第15条', '第十二条至第十五条'],
    ['100～500元', '一百元到五百元'],
    ['责任占 1/3', '责任占三分之一'],
    ['80mg/100ml', '每一百毫升八十毫克'],
    ['3.5km', '三点五公里'],
    ['2kg', '两千克'],
    ['18.6㎡', '十八点六平方米'],
    ['9:00–12:00', '九点到十二点'],
    ['14:05', '十四点零五分'],
    ['1. 收好工资条。', '第一，收好工资条。'],
    ['① 先协商', '第一，先协商'],
    ['5,000.00 × 9 = 45,000.00 元', '五千点零零乘以九等于四万五千元'],
    ['月工资 ÷ 21.75 ≥ 最低工资', '月工资除以二十一点七五不少于最低工资'],
    ['双方（甲方、乙方）签字', '双方，甲方，乙方，签字'],
    ['“不清楚”也可以', '不清楚也可以'],
    ['昆明市 · 呈贡区', '昆明市，呈贡区'],
    ['□ 身份证', '身份证'],
    ['A4 纸', '诶四纸'],
    ['手机App', '手机应用'],
    ['１２３４８', '幺二三四八'],
    ['7级伤残', '七级伤残'],
    ['2023年修订', '二零二三年修订'],
    ['1000年', '一千年'],
    ['赔2倍工资', '赔两倍工资'],
    ['年龄60岁', '年龄六十岁'],
    ['代码007', '代码零零七'],
    ['', ''],
    ['——', ''],
    ['最低工资 2,070 元/月', '最低工资两千零七十元每月'],
  ])('%s', (written, said) => expect(spokenChinese(written)).toBe(said));

  test('nothing is left that a Mandarin voice cannot say', () => {
    const signs = fc.constantFrom(...'0123456789,.，。%‰-–~年月日元第条个×÷=（）《》 AX:/：、工资');
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 30 }), (written) => {
        expect(spokenChinese(written.join(''))).toMatch(/^[\p{Script=Han}，。！？!?.]*$/u);
      }),
      { numRuns: 500 },
    );
  });

  test('what comes out stays the same when it is said again', () => {
    const said = spokenChinese('2026年9月1日，按《民法典》第1079条，共45,312.50元（不含12348）。');
    expect(spokenChinese(said)).toBe(said);
  });
});

describe('sentences', () => {
  const texts = (text: string) => sentencesOf(text).map((sentence) => sentence.text);
  test.each<[string, string[]]>([
    ['可以要。先留好证据；再投诉！', ['可以要。', '先留好证据；', '再投诉！']],
    ['一共 45,312.50 元。对吗？', ['一共 45,312.50 元。', '对吗？']],
    ['他说：“可以。”然后走了。', ['他说：“可以。”', '然后走了。']],
    ['题目\n正文', ['题目', '正文']],
    ['Keep your payslips. Then complain.', ['Keep your payslips.', 'Then complain.']],
    ['  \n。。', []],
    ['没有句号', ['没有句号']],
  ])('%j', (text, expected) => expect(texts(text)).toEqual(expected));

  test('a long one is cut at commas into breaths', () => {
    const long = '单位没有依法缴纳工伤保险费的，'.repeat(9) + '由单位支付。';
    const cut = texts(long);
    expect(cut.length).toBeGreaterThan(2);
    for (const breath of cut) expect(breath.length).toBeLessThanOrEqual(60);
    expect(cut.join('')).toBe(long);
  });

  test('each stands in the text where it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'工伤，。！ \n1.a”（') }), (text) => {
        let last = 0;
        for (const { text: words, start, end } of sentencesOf(text)) {
          expect(text.slice(start, end)).toBe(words);
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
        }
      }),
    );
  });
});

describe('numbers of persons', () => {
  test.each([
    '11010519491231002X',
    '110105 19491231 002X',
    '110***********002X',
    '１１０１０５１９４９１２３１００２Ｘ',
    '110105491231002',
    '13800001234',
    '138 0000 1234',
    '+86 138-0000-1234',
  ])('%s is not said', (digits) => expect(withoutPersonalNumbers(`号码${digits}。`)).toBe('号码。'));

  test.each(['12348', '0871-64166535', '45,312.50元', '2026年9月1日', '第1079条', '400-810-1234'])(
    '%s is',
    (kept) => expect(withoutPersonalNumbers(kept)).toBe(kept),
  );
});

test.each([
  ['Call 12348.', 'Call 1 2 3 4 8.'],
  ['Police: 110', 'Police: 1 1 0'],
  ['0871-64166535', '0 8 7 1 6 4 1 6 6 5 3 5'],
  ['CNY 12,348.00 in 2026, 120 days', 'CNY 12,348.00 in 2026, 120 days'],
  ['–', ''],
])('in English, %s', (written, said) => expect(spokenEnglish(written)).toBe(said));
