import { expect, test, type Page } from '@playwright/test';

import { press } from './fixtures/hand.ts';
import { hasElectron, openInChromium, openInElectron, startSimulators, type Simulators } from './harness.ts';
import {
  answerAll,
  answerFirst,
  crash,
  dismissed,
  openCalculator,
  type Script,
} from './fixtures/interviews.ts';
import { holdTo } from './limits.ts';
import { at, slipOnScreen, squeezed, textOf, walkUp } from './visitor.ts';

/** From the door to the sheet in the hand. */
const SHEET_LIMIT_MS = 60_000;

let devices: Simulators;
test.beforeAll(async () => {
  devices = await startSimulators();
});
test.afterAll(() => devices.stop());

test(
  'dismissal and crash: wrong input is refused, the result explained, the sheet printed in time',
  { tag: '@limit' },
  async () => {
    test.setTimeout(240_000);
    const kiosk = await (hasElectron() ? openInElectron({ devices }) : openInChromium({ devices }));
    try {
      const { page } = kiosk;
      await walkUp(page);
      const severance = await sheetOf(page, 'severance', dismissed, async () => {
        await refused(page, { start_date: '2035-01-01' }, '这一天还没有到');
        await answerFirst(page, dismissed, 'wage_total');
        await refused(page, { wage_total: '9000000000' }, '太大');
        await refused(page, { wage_total: '' }, '还没有填');
      });
      expect(severance.result).toMatch(/一次性\s*56,000\.00/);
      expect(severance.printed).toContain('56000.00元');
      expect(severance.printed).toMatch(/《劳动合同法》.*第四十七条/);
      holdTo(SHEET_LIMIT_MS, 'dismissal, home to printed sheet', severance.tookMs);

      await press(page, 'home');
      const traffic = await sheetOf(page, 'traffic', crash, () => Promise.resolve());
      expect(traffic.result).toContain('交强险');
      expect(traffic.result).toContain('商业三者险');
      expect(traffic.result).toContain('自己承担');
      expect(traffic.printed).toContain('180000.00元');
      inOrder(traffic.printed, ['计算过程', '用到的标准', '下一步']);
      holdTo(SHEET_LIMIT_MS, 'crash, home to printed sheet', traffic.tookMs);
      expect(kiosk.errors, kiosk.log.join('\n')).toEqual([]);
    } finally {
      await kiosk.close();
    }
  },
);

interface Sheet {
  result: string;
  printed: string;
  tookMs: number;
}

/** A whole calculation, from home to the printed sheet, which says what the preview said, in the order of the law's sheet. */
async function sheetOf(
  page: Page,
  interview: string,
  script: Script,
  first: () => Promise<void>,
): Promise<Sheet> {
  const begin = performance.now();
  await press(page, 'door-calculate');
  await openCalculator(page, interview);
  await press(page, 'one-side');
  await first();
  await answerAll(page, script);
  await press(page, 'calculate');
  await at(page, 'result');
  const result = await page.locator('.stage').innerText();
  await press(page, 'suppose');
  await at(page, 'suppose');
  await page.locator('[data-press^="suppose-"]').first().click();
  await at(page, 'compare');
  await press(page, 'to-result');
  await at(page, 'result');
  await devices.hands.takeSlips();
  await press(page, 'print');
  await at(page, 'preview');
  const preview = squeezed(await slipOnScreen(page));
  await press(page, 'print-now');
  await at(page, 'printed');
  const tookMs = performance.now() - begin;
  const slips = await devices.hands.takeSlips();
  const printed = squeezed(slips.map(textOf).join('\n'));
  expect(printed).toBe(preview);
  inOrder(printed, ['您填写的情况', '结果', '计算过程', '下一步', '声明', '12348']);
  expect(printed).not.toMatch(/一定|保证|全额|必赔|包赢|undefined|NaN|\{\{/);
  return { result, printed, tookMs };
}

function inOrder(text: string, parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const place = text.indexOf(part, from);
    expect(place, part).toBeGreaterThanOrEqual(from);
    from = place;
  }
}

/** Types an answer that cannot be, reads why, and clears it: the question stays. */
async function refused(page: Page, script: Script, because: string): Promise<void> {
  const [question = ''] = Object.keys(script);
  await expect(answerFirst(page, script, '')).rejects.toThrow(because);
  await expect(page.locator('.panel')).toHaveAttribute('data-sheet', new RegExp(`${question}$`));
  await expect(page.locator('.problem')).toContainText(because);
}
