import { chromium, expect, test } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { calculate } from '../../app/domain/compensation/index.ts';
import { encodeProof } from '../../app/domain/compensation/proof/index.ts';
import { yuanFromFen } from '../../app/domain/money/index.ts';
import { readParameterTable } from '../../tools/calc/parameters.ts';
import { verifyPage } from '../../tools/verify-page/build.ts';
import { browserProgram } from './harness.ts';

const root = join(import.meta.dirname, '..', '..');
const TODAY = '2026-11-22';

/** A worker of grade 9 who leaves, as the kiosk prints it. */
const calculator = 'wi.benefits';
const inputs = {
  injury_date: '2026-03-05',
  grade: 9,
  avg_contrib_wage_fen: 650_000,
  medical_fen: 1_234_550,
  sl_months: '3',
  sl_wage_fen: 650_000,
};

test('the page from the repository recomputes a sheet without a server, and shows tampering', async () => {
  const table = readParameterTable(join(root, 'content/parameters'));
  const proof = encodeProof({ calculator, inputs, today: TODAY }, table);
  const sheet = calculate(calculator, inputs, table, { today: TODAY });
  if (!proof.ok || !sheet.ok) throw new Error('the worked sheet could not be made');
  const folder = mkdtempSync(join(tmpdir(), 'verify-page-'));
  const file = join(folder, 'index.html');
  writeFileSync(file, await verifyPage(root));
  const browser = await chromium.launch({ executablePath: browserProgram(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ locale: 'zh-CN' });
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') troubles.push(line.text());
    });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    const paste = async (text: string): Promise<readonly string[]> => {
      await page.getByRole('textbox').fill(text);
      await page.getByRole('button').click();
      return page.locator('section p').allInnerTexts();
    };

    const genuine = await paste(`  ${proof.value}\n`);
    await expect(page.locator('.holds')).toHaveText(/^一致/);
    for (const { amountFen } of sheet.value.items)
      expect(genuine.some((line) => line.includes(yuanFromFen(amountFen)))).toBe(true);
    expect(genuine.join('\n')).toContain('本人工资 6500.00 元 × 9 个月 = 58500.00 元');

    for (const tampered of [
      alteredAt(proof.value, 0.3),
      alteredAt(proof.value, 0.6),
      alteredAt(proof.value, 0.99),
    ]) {
      await paste(tampered);
      await expect(page.locator('.fails')).toHaveText(/不一致|认不出/);
    }
    await paste(proof.value.slice(0, -4));
    await expect(page.locator('.fails')).toHaveText(/不一致|认不出/);

    expect(troubles).toEqual([]);
    expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});

/** The text with one character changed, at this part of its length. */
function alteredAt(text: string, part: number): string {
  const place = Math.floor(text.length * part);
  return `${text.slice(0, place)}${text[place] === '7' ? '3' : '7'}${text.slice(place + 1)}`;
}
