import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { soundOfWav } from '../../../hardware/speaker/index.ts';
import { spokenChinese } from '../../domain/spoken/index.ts';
import { findSynthesiser, synthesisedVoice } from './espeak.ts';
import { numberedPinyin } from './pinyin.ts';

const never = new AbortController().signal;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'voice-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('pinyin for the voice', () => {
  test.each([
    ['一个人，不要紧。', 'yi2 ge4 ren2 , bu2 yao4 jin3 .'],
    ['律师的女儿', 'lü4 shi1 de5 nü3 er2'],
    ['银行的行长要求还钱', 'yin2 hang2 de5 hang2 zhang3 yao1 qiu2 huan2 qian2'],
    ['重庆的供养亲属', 'chong2 qing4 de5 gong1 yang3 qin1 shu3'],
    ['调解不成可以仲裁', 'tiao2 jie3 bu4 cheng2 ke3 yi3 zhong4 cai2'],
    ['欠钱不还，还要利息', 'qian4 qian2 bu4 huan2 , hai2 yao4 li4 xi1'],
    ['曲靖的差旅费', 'qu1 jing4 de5 chai1 lü3 fei4'],
    ['给付抚恤金', 'ji3 fu4 fu3 xu4 jin1'],
    ['幺二三四八', 'yao1 er4 san1 si4 ba1'],
    ['第一千零七十九条', 'di4 yi1 qian1 ling2 qi1 shi2 jiu3 tiao2'],
    ['四万五千三百一十二元五角', 'si4 wan4 wu3 qian1 san1 bai3 yi1 shi2 er4 yuan2 wu3 jiao3'],
    ['二零二六年九月一日', 'er4 ling2 er4 liu4 nian2 jiu3 yue4 yi1 ri4'],
    ['二零一一年', 'er4 ling2 yi1 yi1 nian2'],
    ['一审、二审和第一审', 'yi1 shen3 、 er4 shen3 he2 di4 yi1 shen3'],
    ['一点一五，一到三', 'yi1 dian3 yi1 wu3 , yi1 dao4 san1'],
    ['一点也不行', 'yi4 dian3 ye3 bu4 xing2'],
  ])('%s', (words, syllables) => expect(numberedPinyin(words)).toBe(syllables));
});

describe('a synthesiser of our own making', () => {
  const program = (name: string, script: string) => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  };
  const utterance = { words: '你好', language: 'zh-CN', pace: 1 } as const;

  test('gets the words on stdin only, and the voice and pace as arguments', async () => {
    const voice = synthesisedVoice(
      program('heard', `echo "$@" > ${folder}/arguments; cat > ${folder}/words; printf RIFF`),
    );
    expect(await voice.say({ ...utterance, pace: 2 }, never)).toEqual(Buffer.from('RIFF'));
    expect(readFileSync(join(folder, 'words'), 'utf8')).toBe('ni3 hao3');
    expect(readFileSync(join(folder, 'arguments'), 'utf8').trim()).toBe(
      '-v cmn-latn-pinyin -s 330 --stdin --stdout',
    );
  });

  test('that fails, is missing or is told to stop gives no sound', async () => {
    expect(await synthesisedVoice(program('fails', 'printf RIFF; exit 1')).say(utterance, never)).toBeNull();
    expect(await synthesisedVoice(join(folder, 'nowhere')).say(utterance, never)).toBeNull();
    const away = new AbortController();
    const hanging = synthesisedVoice(program('hangs', 'exec sleep 60')).say(utterance, away.signal);
    away.abort();
    expect(await hanging).toBeNull();
  });

  test('is found on the path, or not', () => {
    const file = program('espeak-ng', 'true');
    expect(findSynthesiser(`/nowhere:${folder}`)).toBe(file);
    expect(findSynthesiser('/nowhere')).toBeNull();
  });
});

const espeak = findSynthesiser(process.env['PATH'] ?? '');
if (espeak === null)
  console.error(
    'SKIPPED: phonemes and sound of the real voice: espeak-ng is not installed (apt install espeak-ng)',
  );

describe.skipIf(espeak === null)('the real voice', () => {
  /** Phonemes in espeak's own notation, pauses and stress left out: tones are the figures. */
  const phonemes = (words: string): string =>
    execFileSync(espeak ?? '', ['-v', 'cmn-latn-pinyin', '-q', '-x', '--stdin'], {
      input: numberedPinyin(words),
      encoding: 'utf8',
    }).replaceAll(/[\s|_']/g, '');

  /** Written as on screens, and what espeak-ng 1.51 says, syllable by syllable; the figures are the tones (55, 35, 21 or 214, 51). */
  test.each([
    ['第1079条', 'ti51 ji55 tS;hiE55n li35N tS;hi55 s.i.35 tS;iou21 thjAu35'],
    ['45,312.50元', 'si[51 wA51n wu21 tS;hiE55n sa55n pai21 ji55 s.i.35 @r51 y&35n wu35 tS;jAu214'],
    ['2026年9月1日', '@r51 li35N @r51 liou51 niE35n tS;iou21 yE51 ji55 z.i.51'],
    [
      '11010519491231002X',
      'jAu55 jAu55 li35N jAu55 li35N wu21 jAu55 tS;iou21 si[51 tS;iou21 jAu55 @r51 sa55n jAu55 li35N li35N @r51 ai51 kho-51 si[55',
    ],
    ['2011年', '@r51 li35N ji55 ji55 niE35n'],
    ['12348', 'jAu55 @r51 sa55n si[51 pA55'],
    ['50%', 'pai21 f@55n ts.i.55 wu21 s.i.35'],
    ['1–3个月', 'ji55 tAu51 sa55n ko-51 yE51'],
  ])('says the sounds and tones of %s', (written, said) => {
    expect(phonemes(spokenChinese(written))).toBe(said.replaceAll(' ', ''));
  });

  test.each([
    ['一千零七十九', ['ji', 'tS;h', 'l', 'tS;hi', 's.', 'tS;iou']],
    ['工伤赔偿', ['k', 's.', 'ph', 'ts.h']],
    ['律师', ['ly', 's.i.']],
  ])('says the sounds of %s in order', (words, sounds) => {
    const said = phonemes(words);
    let at = 0;
    for (const sound of sounds) {
      const found = said.indexOf(sound, at);
      expect(found, `${sound} in ${said}`).toBeGreaterThanOrEqual(at);
      at = found + sound.length;
    }
  });

  test('tones are said, not spelt: each of the four, and the neutral one', () => {
    const said = ['mā', 'má', 'mǎ', 'mà'].map((_, tone) =>
      execFileSync(espeak ?? '', ['-v', 'cmn-latn-pinyin', '-q', '-x', `ma${String(tone + 1)}`], {
        encoding: 'utf8',
      }).trim(),
    );
    expect(new Set(said).size).toBe(4);
    expect(phonemes('一个')).not.toContain('t');
  });

  test('gives real sound, shorter at a faster pace', async () => {
    const voice = synthesisedVoice(espeak ?? '');
    const lengthAt = async (pace: number) => {
      const wav = await voice.say(
        { words: '被欠了工资，可以去劳动监察投诉。', language: 'zh-CN', pace },
        never,
      );
      const sound = soundOfWav(wav ?? new Uint8Array());
      if (!sound.ok) throw new Error(sound.failure);
      return sound.value.samples.length / sound.value.samplesPerSecond;
    };
    const [slow, plain, fast] = [await lengthAt(0.75), await lengthAt(1), await lengthAt(2)];
    expect(plain).toBeGreaterThan(2);
    expect(plain).toBeLessThan(8);
    expect(slow).toBeGreaterThan(plain * 1.15);
    expect(fast).toBeLessThan(plain * 0.7);
  });
});
