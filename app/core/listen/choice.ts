import { pinyin } from 'pinyin-pro';

import { figuresDiffer, TRUST } from '../../domain/repair/index.ts';
import { soundedOf } from '../speech/sounded.ts';

/** How alike two sayings must be at least, and how much better than the next, to be taken for one choice. */
const LEAST_LIKENESS = 0.6;
const LEAST_LEAD = 0.15;

const ordinals = '一二三四五六七八九十';
const around =
  /^(嗯|啊|哦|呃|那个|就是|应该是|我选|我要|我想要|选择?|选项|点|是)+|(吧|啊|呢|嘛|的|那个|这个)+$/g;

/**
 * Which choice somebody named: by its words or a part of them, by what sounds alike, or by its place (第二个). Null where
 * it may be none or several. Pure.
 */
export function choiceOf(said: string, choices: readonly string[]): number | null {
  const whole = plain(said);
  const bare = whole.replace(around, '') || whole;
  if (bare === '') return null;
  const labels = choices.map(plain);
  return (
    only(labels, (label) => label === whole || label === bare) ??
    placeOf(bare, choices.length) ??
    only(labels, (label) => label !== '' && (label.includes(bare) || bare.includes(label))) ??
    alike(bare, labels)
  );
}

const plain = (words: string): string => words.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

function only(labels: readonly string[], fits: (label: string) => boolean): number | null {
  const found = labels.flatMap((label, at) => (fits(label) ? [at] : []));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function placeOf(said: string, count: number): number | null {
  if (/^(最后|末尾)(一个|一项)?$/.test(said)) return count - 1;
  const named = /^第?(十?[一二三四五六七八九]|十|\d{1,2})(个|项|种|条)?$/.exec(said)?.[1];
  if (named === undefined) return null;
  const place = /^\d/.test(named)
    ? Number(named)
    : named.length === 2
      ? 11 + ordinals.indexOf(named.charAt(1))
      : ordinals.indexOf(named) + 1;
  return place >= 1 && place <= count ? place - 1 : null;
}

function alike(said: string, labels: readonly string[]): number | null {
  const sounds = soundsOf(said);
  const sounded = soundedOf(said);
  const [best, next] = labels
    .map((label, at) => ({ at, label, likeness: likeness(sounds, soundsOf(label)) }))
    // Who says ten must not be taken for four, however alike they sound here.
    .filter(({ label }) => !figuresDiffer(sounded, soundedOf(label), TRUST.words))
    .sort((one, other) => other.likeness - one.likeness);
  if (!best || best.likeness < LEAST_LIKENESS) return null;
  return best.likeness - (next?.likeness ?? 0) < LEAST_LEAD ? null : best.at;
}

/** Syllables without tones, and without what many speakers do not tell apart: n/l, zh/z, h/f, -ng/-n. */
function soundsOf(words: string): readonly string[] {
  return pinyin(words, { toneType: 'none', type: 'array', v: true }).map((syllable) =>
    syllable
      .replace(/^(z|c|s)h/, '$1')
      .replace(/^n(?=.)/, 'l')
      .replace(/^f/, 'h')
      .replace(/([aei])ng$/, '$1n'),
  );
}

/** 1 for the same, 0 for nothing alike: the share of syllables that need not be changed. */
function likeness(one: readonly string[], other: readonly string[]): number {
  let before = other.map((_, at) => at + 1);
  for (const [row, sound] of one.entries()) {
    const now: number[] = [];
    for (const [column, against] of other.entries()) {
      const left = now[column - 1] ?? row + 1;
      const above = before[column] ?? 0;
      const diagonal = column === 0 ? row : (before[column - 1] ?? 0);
      now.push(Math.min(left + 1, above + 1, diagonal + (sound === against ? 0 : 1)));
    }
    before = now;
  }
  const distance = other.length === 0 ? one.length : (before.at(-1) ?? 0);
  return 1 - distance / Math.max(1, one.length, other.length);
}
