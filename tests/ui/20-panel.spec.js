// Goal: the panel's start page tells at a glance that all four daemons live, in either language
import { expect, test } from '@playwright/test';
import { complaintsOf } from './people.js';
import { suite } from './suite.js';

const DAEMONS = ['admin-web', 'bot-gateway', 'order-engine', 'sla-watcher'];

test('all four daemons are alive, in Russian and in English', async ({ page }) => {
  const complaints = complaintsOf(page);
  await page.goto(suite().panel);
  await expect(page.getByRole('heading', { name: 'Всё работает' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Процессы' })).toBeVisible();
  await expect(page.locator('#daemons li')).toHaveCount(DAEMONS.length);
  for (const daemon of DAEMONS) {
    const row = page.locator('#daemons li').filter({ hasText: daemon });
    await expect(row).toHaveAttribute('data-tone', 'good');
    await expect(row).toContainText('работает');
  }

  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { name: 'Everything works' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Processes' })).toBeVisible();

  await page.reload(); // the language is remembered
  await expect(page.getByRole('heading', { name: 'Everything works' })).toBeVisible();
  expect(complaints).toEqual([]);
});
