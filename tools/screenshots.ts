import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { chromium, type Browser } from '@playwright/test';

import { createFakeCore, landscape, portrait } from '../tests/e2e/fixtures/fake-core.ts';
import { startFakeHost } from '../tests/e2e/fixtures/fake-host.ts';
import { forcedConsultations, walk, type Look } from '../tests/e2e/fixtures/walk.ts';

const help = `npm run screenshots [-- --only portrait-normal-zh-CN] [-- --out 文件夹]

拍下市民端的每一个画面：竖屏、横屏 × 普通、长者、高对比 × 中文、英文，并拼成总览图。
需要先构建画面（npx vite build）和 Chromium（/usr/bin/chromium，或环境变量 CHROMIUM）。`;

interface Setting extends Look {
  orientation: 'portrait' | 'landscape';
  theme: 'normal' | 'elder' | 'contrast';
}

const settings: readonly Setting[] = (['portrait', 'landscape'] as const).flatMap((orientation) =>
  (['normal', 'elder', 'contrast'] as const).flatMap((theme) =>
    (['zh-CN', 'en'] as const).map((language) => ({
      orientation,
      theme,
      language,
      elder: theme === 'elder',
      contrast: theme === 'contrast',
    })),
  ),
);

const nameOf = ({ orientation, theme, language }: Setting) => `${orientation}-${theme}-${language}`;

async function photograph(browser: Browser, setting: Setting, folder: string): Promise<void> {
  const panel = setting.orientation === 'portrait' ? portrait : landscape;
  const fake = createFakeCore({ consultations: forcedConsultations });
  fake.behaviour.kiosk = { ...fake.behaviour.kiosk, panel };
  const host = await startFakeHost(fake);
  const page = await browser.newPage({ viewport: { width: panel.widthPx, height: panel.heightPx } });
  let number = 0;
  mkdirSync(folder, { recursive: true });
  try {
    await walk(page, fake, host, setting, async (name) => {
      number += 1;
      await page.screenshot({ path: join(folder, `${String(number).padStart(2, '0')}-${name}.png`) });
    });
  } finally {
    await page.close();
    await host.close();
  }
}

/** All pictures of one setting side by side, with their names. */
async function contactSheet(browser: Browser, folder: string, out: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 2400, height: 800 } });
  const figures = readdirSync(folder)
    .sort()
    .map((name) => {
      const data = readFileSync(join(folder, name)).toString('base64');
      return `<figure><img src="data:image/png;base64,${data}"><figcaption>${name}</figcaption></figure>`;
    });
  await page.setContent(
    `<style>body{margin:8px;background:#555;color:#fff;font:18px sans-serif;display:grid;grid-template-columns:repeat(6,1fr);gap:12px}
     figure{margin:0}img{width:100%}</style>${figures.join('')}`,
  );
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.screenshot({ path: out, fullPage: true });
  await page.close();
}

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'build/screenshots' },
    only: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help === true) {
  console.log(help);
  process.exit(0);
}
if (!existsSync('build/renderer/index.html')) {
  console.error('还没有构建画面：请先运行 npx vite build。');
  process.exit(1);
}
const wanted = settings.filter((setting) => values.only === undefined || nameOf(setting) === values.only);
if (wanted.length === 0) {
  console.error(`没有这种设置：${values.only ?? ''}。可选：${settings.map(nameOf).join(' ')}`);
  process.exit(2);
}
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-device-scale-factor=1'],
});
for (const setting of wanted) {
  const folder = join(values.out, nameOf(setting));
  rmSync(folder, { recursive: true, force: true });
  await photograph(browser, setting, folder);
  await contactSheet(browser, folder, join(values.out, `${nameOf(setting)}.png`));
  console.log(`${nameOf(setting)}: ${String(readdirSync(folder).length)} 张`);
}
await browser.close();
