// Goal: two people meet the bot in the simulator's page, order and take work by clicking, and see each other's deeds at once
import { expect, test } from '@playwright/test';
import { complaintsOf, opensLink } from './people.js';
import { suite } from './suite.js';

const TASK = 'Нужен фильтр товаров по цвету';

test('the page is Russian at first, English when asked, and dark when asked', async ({ page }) => {
  await page.goto(suite().simulator);
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'ru');
  await expect(page.getByText('Здесь пока никого нет').first()).toBeVisible();

  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(html).toHaveAttribute('lang', 'en');
  await expect(page.getByText('Nobody is here yet').first()).toBeVisible();

  const light = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  await page.getByRole('button', { name: 'Light or dark' }).click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('body')).not.toHaveCSS('background-color', light);

  await page.reload(); // both choices are remembered
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(html).toHaveAttribute('lang', 'en');
});

// One page, never reloaded: each chapter goes on where the one before ended.
test.describe.serial('the story', () => {
  let page, complaints, client, contractor;

  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage();
    complaints = complaintsOf(page);
    await page.goto(suite().simulator);
  });

  test.afterAll(() => page.close());

  test('a client opens an invite link, agrees and gets the menu of clients', async () => {
    client = await opensLink(page, suite().links.client, 'Клиент 1', 'Клиенты');
    await client.sees('Вас пригласили');
    await client.presses('Согласен');
    await client.sees('Вы теперь клиент');
    await client.commands('/menu');
    await client.sees('Главное меню');
    for (const label of ['Новый заказ', 'Мои заказы', 'Тариф']) await expect(client.button(label)).toBeVisible();
    await expect(client.button('Открытые заказы')).toHaveCount(0);
  });

  test('a contractor joins on the telephone beside', async () => {
    contractor = await opensLink(page, suite().links.contractor, 'Подрядчик 1', 'Подрядчики');
    await contractor.presses('Согласен');
    await contractor.sees('Вы теперь подрядчик');
    await contractor.commands('/menu');
    for (const label of ['Открытые заказы', 'Моя работа', 'Заработок']) await expect(contractor.button(label)).toBeVisible();
    await expect(client.node).toBeVisible();
  });

  test('the client orders and sees until when it will be taken', async () => {
    await client.presses('Новый заказ');
    await expect(client.button('Не сейчас')).toBeVisible();
    await client.writes(TASK);
    await client.presses('Отправить');
    await client.sees(/№\d+[^]*Возьмём в работу до \d\d:\d\d/);
  });

  test('the contractor takes it for three hours, and the client sees that at once', async () => {
    await expect(contractor.message(TASK)).toContainText(/№\d+/);
    await contractor.presses('Взять');
    await contractor.presses(/^3 ч/);
    await expect(contractor.button('Сдать работу')).toBeVisible();
    await client.sees(/взят в работу[^]*3 ч/);
  });

  test('the clock above goes an hour forward', async () => {
    const face = page.locator('.clock-face b');
    const minutes = async () => (await face.textContent()).split(':').reduce((hours, rest) => hours * 60 + Number(rest), 0);
    const before = await minutes();
    const forward = async () => (await minutes() - before + 24 * 60) % (24 * 60);
    await page.getByRole('button', { name: '+1 ч', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Часы переведены: +1h' })).toBeVisible();
    await expect.poll(forward).toBeGreaterThanOrEqual(60);
    expect(await forward()).toBeLessThanOrEqual(61); // a minute may have ended meanwhile
  });

  test('a third telephone stands beside the two, and closing one moves up those on its right', async () => {
    const seen = page.locator('.phone:visible');
    const names = page.locator('.phone:visible .phone-who b');
    await page.setViewportSize({ width: 1400, height: 900 });
    await page.getByRole('button', { name: 'Телефоны рядом' }).click();
    await expect(seen).toHaveCount(3);
    await expect(names).toHaveText(['Клиент 1', 'Подрядчик 1']);
    await page.setViewportSize({ width: 1280, height: 900 }); // no room for three
    await expect(seen).toHaveCount(2);
    await client.node.getByRole('button', { name: 'Закрыть' }).click();
    await expect(names).toHaveText(['Подрядчик 1']);
  });

  test('the browser had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
