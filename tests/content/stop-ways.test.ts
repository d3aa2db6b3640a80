import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { interviews, stopWay } from '../../app/domain/interview/index.ts';
import calculator from '../../locales/zh-CN/calculator.json' with { type: 'json' };
import screen from '../../locales/zh-CN/screen.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const reasons = Object.keys(calculator.stop);

/** The file of a guide or an answer, by its id. */
const fileOf = (kind: string, id: string): string => {
  const [folder = '', name = ''] = id.split('.');
  return join(root, 'content', `${kind}s`, folder, `${name}.yaml`);
};

describe('where a calculator stops', () => {
  it.each(reasons)('%s leads to a guide, an answer or a calculator that exists', (reason) => {
    const way = stopWay(reason);
    if (way === null) throw new Error('no way on');
    if (way.kind === 'calculate') expect(interviews).toHaveProperty(way.interview);
    else expect(existsSync(fileOf(way.kind, way.id)), way.id).toBe(true);
  });

  it('says on its button where the way leads', () => {
    expect(Object.keys(screen.interview.way).sort()).toEqual([...reasons].sort());
  });

  it('knows no way from a reason that is none', () => {
    expect(stopWay('')).toBeNull();
  });
});
