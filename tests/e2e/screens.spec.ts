import { expect, test, type Page } from '@playwright/test';

import type { KioskState } from '../../app/contract/kiosk.ts';
import { pageBrowser } from './fixtures/browser.ts';
import { faultsOfAccessibility } from './fixtures/accessibility.ts';
import { createFakeCore, landscape, portrait, type FakeCore } from './fixtures/fake-core.ts';
import { startFakeHost, type FakeHost } from './fixtures/fake-host.ts';
import { faultsOfGeometry } from './fixtures/geometry.ts';
import { pad, press, seen, settled } from './fixtures/hand.ts';
import { library } from './fixtures/library.ts';
import { askInLetters, enter, forcedConsultations, walk, type Look } from './fixtures/walk.ts';
import { holdTo } from './limits.ts';

test.use(pageBrowser);
// A walk past every screen, each looked at by axe, on a machine that may be busy.
test.setTimeout(480_000);

/** What the issue allows from the touch to a screen that tells nothing. */
const QUICK_EXIT_MS = 300;

const plain: Look = { language: 'zh-CN', elder: false, contrast: false };
/** The 32-inch portrait profile: fewer pixels in a millimetre. */
const large: KioskState['panel'] = { widthMm: 398.5, heightMm: 708.5, widthPx: 1080, heightPx: 1920 };

let fake: FakeCore;
let host: FakeHost;

test.beforeEach(async () => {
  fake = createFakeCore({ consultations: forcedConsultations });
  host = await startFakeHost(fake);
});
test.afterEach(() => host.close());

async function stand(page: Page, panel: KioskState['panel']): Promise<void> {
  fake.behaviour.kiosk = { ...fake.behaviour.kiosk, panel };
  await page.setViewportSize({ width: panel.widthPx, height: panel.heightPx });
}

const settings: readonly (readonly [string, KioskState['panel'], Look])[] = [
  ['portrait, Chinese', portrait, plain],
  ['portrait, English, elder', portrait, { language: 'en', elder: true, contrast: false }],
  ['portrait, Chinese, high contrast', portrait, { language: 'zh-CN', elder: false, contrast: true }],
  ['32-inch portrait, Chinese, elder', large, { language: 'zh-CN', elder: true, contrast: false }],
  ['landscape, English', landscape, { language: 'en', elder: false, contrast: false }],
  ['landscape, Chinese, elder, high contrast', landscape, { language: 'zh-CN', elder: true, contrast: true }],
];

for (const [name, panel, look] of settings)
  test(`every screen is touchable, legible and accessible: ${name}`, async ({ page }) => {
    await stand(page, panel);
    const faults: string[] = [];
    page.on('console', (said) => {
      if (said.text().startsWith('pager:')) faults.push(said.text());
    });
    await walk(page, fake, host, look, async (screen) => {
      const found = [...(await faultsOfGeometry(page)), ...(await faultsOfAccessibility(page))];
      faults.push(...found.map((fault) => `${screen}: ${fault}`));
    });
    expect(faults).toEqual([]);
  });

for (const [name, panel, elder] of [
  ['portrait', portrait, false],
  ['landscape', landscape, false],
  ['portrait for elders', portrait, true],
] as const)
  test(`one question where one fact decides: ${name}`, async ({ page }, info) => {
    await stand(page, panel);
    await page.goto(host.address);
    await enter(page, { ...plain, elder });
    await askInLetters(page, 'v');
    await settled(page, 'choose');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('您的情况是哪一种？');
    const crime = page.locator('[data-press="candidate-labour.wage-crime"]');
    await expect(crime.locator('.press-label')).toHaveText('老板有钱不给、躲起来了的，可以报警。');
    await expect(crime.locator('.press-detail')).toHaveText('老板恶意欠薪能报警吗');
    await expect(page.locator('[data-press="candidate-lending.iou"] .press-detail')).toHaveCount(0);
    expect(await faultsOfGeometry(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath('choose-by-fact.png') });
    await press(page, 'candidate-labour.wage-arrears');
    await settled(page, 'answer');
  });

test(
  'the quick exit wipes and shows a neutral screen at once, from a form with a name in it',
  { tag: '@limit' },
  async ({ page }) => {
    await stand(page, portrait);
    await page.goto(host.address);
    await enter(page, plain);
    await press(page, 'door-aid');
    await press(page, 'consent');
    await page.locator('[data-press="use-card"]').waitFor();
    await expect(page.getByText('王大山')).toBeVisible();
    const took = await page.evaluate(async () => {
      const before = performance.now();
      document.querySelector<HTMLButtonElement>('[data-press="end"]')?.click();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return performance.now() - before;
    });
    await settled(page, 'farewell');
    holdTo(QUICK_EXIT_MS, 'quick exit from a form', took);
    expect(await page.content()).not.toContain('王大山');
    expect(await page.content()).not.toContain('11010519491231002X');
    await expect
      .poll(() => fake.calls.find(({ name }) => name === 'session.end')?.input)
      .toMatchObject({ reason: 'quick_exit' });
  },
);

test('nobody there: a warning, a touch stays, and then everything is wiped and the poster comes back', async ({
  page,
}) => {
  await stand(page, portrait);
  await page.clock.install({ time: new Date('2026-11-22T10:00:00') });
  await page.goto(host.address);
  await page.locator('[data-press="start"]').click();
  await settled(page, 'home');
  // True time passes too, and a busy machine takes seconds between two steps.
  await page.clock.runFor(50_000);
  await expect(page.locator('.overlay')).toHaveCount(0);
  await page.clock.runFor(11_000);
  await expect(page.getByText('您还在吗？')).toBeVisible();
  await expect(page.locator('.overlay .hotline')).toBeInViewport();
  await page.screenshot({ path: 'test-results/pictures/idle-warning.png' });
  await page.locator('[data-press="stay"]').click();
  await expect(page.locator('.overlay')).toHaveCount(0);
  await page.clock.runFor(61_000);
  await page.clock.runFor(21_000);
  await page.locator('[data-screen="farewell"]').waitFor();
  await page.clock.runFor(6_000);
  await page.locator('[data-screen="attract"]').waitFor();
  expect(fake.calls.find(({ name }) => name === 'session.end')?.input).toMatchObject({ reason: 'idle' });
});

for (const [name, panel, look] of settings.filter(([name]) => /32-inch|landscape/.test(name)))
  test(`a screen that cannot be drawn: said, and all begins anew: ${name}`, async ({ page }, info) => {
    await stand(page, panel);
    await page.goto(host.address);
    await enter(page, look);
    await page.evaluate(() => {
      const { map } = Array.prototype;
      Array.prototype.map = function (this: unknown[], ...given: Parameters<typeof map>) {
        if (JSON.stringify(this[0] ?? null).includes('"work-injury.deadline"'))
          throw new Error('cannot be drawn');
        return map.apply(this, given);
      } as typeof map;
    });
    await askInLetters(page, 'x');
    await seen(page, '.overlay.broke');
    await expect
      .poll(() => fake.calls.find(({ name }) => name === 'session.end')?.input)
      .toMatchObject({ reason: 'broke' });
    expect([...(await faultsOfGeometry(page)), ...(await faultsOfAccessibility(page))]).toEqual([]);
    await expect(page.locator('.overlay.broke .hotline')).toBeInViewport();
    await page.screenshot({ path: info.outputPath('broke.png') });
    await settled(page, 'attract');
    await enter(page, look);
  });

test('the core dies while somebody writes: a calm page, and the words are still there', async ({ page }) => {
  await stand(page, portrait);
  await page.goto(host.address);
  await enter(page, { ...plain, language: 'en' });
  await press(page, 'ask');
  for (const letter of ['w', 'a', 'g', 'e']) {
    await page.locator(`[data-skbtn="${letter}"]`).click();
    await page.waitForTimeout(140);
  }
  host.kill();
  await expect(page.locator('.away')).toBeVisible();
  await expect(page.locator('.away')).toContainText('12348');
  host.restart();
  await expect(page.locator('.away')).toHaveCount(0);
  await expect(page.locator('.written')).toContainText('wage');
  await expect.poll(() => fake.calls.some(({ name }) => name === 'session.resume')).toBe(true);
});

test('a child drumming on the glass changes nothing', async ({ page }) => {
  await stand(page, portrait);
  await page.goto(host.address);
  await enter(page, plain);
  await page.waitForTimeout(1_100);
  for (let touch = 0; touch < 12; touch += 1) await page.mouse.click(540, 900, { delay: 0 });
  await page.mouse.click(540, 300);
  await expect(page.locator('[data-screen="home"]')).toBeVisible();
  await page.waitForTimeout(2_100);
  await press(page, 'ask');
  await settled(page, 'ask');
});

test('without a printer there is no print button, only an honest line', async ({ page }) => {
  fake.behaviour.kiosk = { ...fake.behaviour.kiosk, printer: { state: 'absent' } };
  await stand(page, portrait);
  await page.goto(host.address);
  await enter(page, plain);
  await page.locator('[data-press^="popular-"]').first().click();
  await settled(page, 'answer');
  await expect(page.locator('[data-press="print"]')).toHaveCount(0);
  await expect(page.getByText('这台机器现在不能打印')).toBeVisible();
});

test('older content and a machine without intake are said openly, and there is no dead door', async ({
  page,
}) => {
  fake.behaviour.kiosk = {
    ...fake.behaviour.kiosk,
    intakeOffered: false,
    content: {
      source: 'previous',
      pack: 'starter',
      betterRefused: true,
      asOf: '2026-10-01',
      statutes: false,
    },
  };
  await stand(page, portrait);
  await page.goto(host.address);
  await enter(page, plain);
  await expect(page.getByText('现在用的是上一版内容')).toBeVisible();
  await expect(page.locator('[data-press="door-aid"]')).toHaveCount(0);
  await expect(page.getByText('内容截至2026年10月1日')).toBeVisible();
});

test('an answer that comes after the citizen has left is never shown', async ({ page }) => {
  fake.behaviour.slow = 1_200;
  await stand(page, portrait);
  await page.goto(host.address);
  await enter(page, plain);
  await page.locator('[data-press^="popular-"]').first().click();
  await expect(page.getByText('正在找答案')).toBeVisible();
  await press(page, 'end');
  await page.locator('[data-press="start"]').click();
  await page.waitForTimeout(1_600);
  await expect(page.locator('[data-screen="home"]')).toBeVisible();
});

test('an answer and a guide are three touches away, and "not solved" tells the core nothing but which it was', async ({
  page,
}) => {
  await stand(page, portrait);
  await page.goto(host.address);
  await enter(page, plain);
  for (const [door, shelf, entry, screen] of [
    ['door-browse', 'topic-', 'candidate-', 'answer'],
    ['door-guides', 'family-', 'guide-', 'guide'],
  ] as const) {
    await press(page, door);
    await page.locator(`[data-press^="${shelf}"]`).last().click();
    await page.locator(`[data-press^="${entry}"]`).first().click();
    await settled(page, screen);
    await press(page, 'unsolved');
    await settled(page, 'unsolved');
    await expect(page.getByText('12348').first()).toBeVisible();
    await expect(page.locator('[data-press="act-intake"]')).toBeVisible();
    for (let step = 0; step < 4; step += 1) await press(page, 'back');
    await settled(page, 'home');
  }
  const told = fake.calls.filter(({ name }) => name === 'consult.unsolved').map(({ input }) => input);
  expect(told).toMatchObject([{ kind: 'answer' }, { kind: 'guide' }]);
  for (const input of told) expect(Object.keys(input as object).sort()).toEqual(['id', 'kind', 'sessionId']);
});

test('every topic is three touches away, however large the letters are, and a long shelf shows its headings', async ({
  page,
}) => {
  await stand(page, landscape);
  await page.goto(host.address);
  await enter(page, { language: 'zh-CN', elder: true, contrast: false });
  await press(page, 'door-browse');
  await settled(page, 'topics');
  // The second page is the last: the door, a page, the topic.
  await press(page, 'page-after');
  await expect(page.locator('[data-press="page-after"]')).toHaveCount(0);
  await press(page, 'page-before');
  await press(page, 'topic-labour');
  await settled(page, 'shelf');
  await expect(page.locator('[data-press^="part-"]')).toHaveCount(6);
  await press(page, 'part-1');
  await settled(page, 'part');
  expect(await page.locator('[data-press^="candidate-labour."]').count()).toBeLessThanOrEqual(12);
});

for (const question of ['y', 'p'])
  test(`every step of an answer, and every fact it depends on, stands on one of its pages: ${question}`, async ({
    page,
  }) => {
    await stand(page, landscape);
    await page.goto(host.address);
    await enter(page, { ...plain, elder: true });
    await askInLetters(page, question);
    await settled(page, 'answer');
    const pages = [await page.locator('.stage').innerText()];
    while ((await page.locator('[data-press="page-after"]').count()) > 0) {
      await press(page, 'page-after');
      pages.push(await page.locator('.stage').innerText());
    }
    const { steps, dependsOn } = library.answers.find(({ id }) => id === 'labour.wage-arrears')!;
    for (const words of [...steps.map((step) => step.do), ...dependsOn.map(({ fact }) => fact)])
      expect(pages.filter((text) => text.includes(words)).length, words).toBe(1);
  });

test('"not solved" that could not be written down is not called noted', async ({ page }) => {
  fake.behaviour.notes = false;
  await stand(page, portrait);
  await page.goto(host.address);
  await enter(page, plain);
  await page.locator('[data-press^="popular-"]').first().click();
  await press(page, 'unsolved');
  await settled(page, 'unsolved');
  await expect(page.getByText('这一次没能记下来')).toBeVisible();
  await expect(page.getByText('我记下了')).toHaveCount(0);
});

test('a pack without statute texts has no button that leads to them; with them there is one', async ({
  page,
}) => {
  const { content } = fake.behaviour.kiosk;
  const find = page.locator('[data-press="find-law"]');
  const texts = page.locator('[data-press^="article-"]');
  const without = { content: { ...content, statutes: false } };
  await stand(page, portrait);
  fake.behaviour.kiosk = { ...fake.behaviour.kiosk, ...without };
  await page.goto(host.address);
  await enter(page, plain);
  await press(page, 'door-browse');
  await settled(page, 'topics');
  await expect(find).toHaveCount(0);
  fake.tell({ content });
  await expect(find).toHaveCount(1);
  await press(page, 'back');
  await page.locator('[data-press^="popular-"]').first().click();
  await press(page, 'basis');
  await settled(page, 'basis');
  await expect(find).toHaveCount(1);
  await expect(texts.first()).toBeVisible();
  fake.tell(without);
  await expect(find).toHaveCount(0);
  await expect(texts).toHaveCount(0);
  expect(await faultsOfGeometry(page)).toEqual([]);
});

test('an application is called delivered once the core says so, and not before', async ({ page }) => {
  await stand(page, portrait);
  await page.goto(host.address);
  await enter(page, plain);
  await press(page, 'door-aid');
  await press(page, 'consent');
  await press(page, 'use-card');
  await pad(page, '13800000000');
  await press(page, 'key-done');
  await press(page, 'matter-wages');
  await press(page, 'circumstances-migrant_worker');
  await press(page, 'next');
  await press(page, 'next');
  await page.locator('.kiosk-keyboard [data-skbtn="{done}"]').click();
  await press(page, 'submit');
  await settled(page, 'aidSaved');
  const title = page.getByRole('heading', { level: 1 });
  const asked = () => fake.calls.filter(({ name }) => name === 'intake.status').length;
  await expect.poll(asked).toBeGreaterThan(0);
  await expect(title).toHaveText('已保存，尚未送达');
  const before = asked();
  const { journal } = fake.behaviour.kiosk;
  fake.tell({ journal: { ...journal, unsent: 1 } });
  await expect.poll(asked).toBeGreaterThan(before);
  await expect(title).toHaveText('已保存，尚未送达');
  fake.behaviour.intake = 'received';
  fake.tell({ journal: { ...journal, unsent: 0 } });
  await expect(title).toHaveText('已送达');
  await expect(page.getByText('还没有送达')).toHaveCount(0);
  expect(await faultsOfGeometry(page)).toEqual([]);
});
