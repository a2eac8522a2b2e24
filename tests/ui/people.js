// people.js - what a person does on the simulator's page, in words
import { expect } from '@playwright/test';

export class Telephone {
  constructor(page, name) {
    this.node = page.locator('.phone').filter({ has: page.locator('.phone-who b', { hasText: name }) });
    this.chat = this.node.getByRole('log');
    this.end = this.node.locator('.compose');
  }

  // The newest message with these words.
  message(words) {
    return this.chat.getByRole('article').filter({ hasText: words }).last();
  }

  async sees(words) {
    await expect(this.message(words)).toBeVisible();
  }

  // The newest button of the bot with this label.
  button(label) {
    return this.chat.getByRole('button', { name: label }).last();
  }

  async presses(label) {
    await this.button(label).click();
  }

  async writes(text) {
    await this.end.getByRole('textbox').fill(text);
    await this.end.getByRole('button', { name: 'Отправить' }).click();
    await expect(this.end.getByRole('textbox')).toHaveValue('');
  }

  // By the menu button beside the input.
  async commands(command) {
    await this.end.getByRole('button', { name: 'Меню' }).click();
    await this.node.locator('.commands').getByRole('button', { name: command }).click();
  }
}

// Somebody new presses Start on an invite link; their telephone opens.
export async function opensLink(page, link, name, heading) {
  await page.getByRole('button', { name: 'Открыть ссылку-приглашение' }).click();
  const paste = page.getByRole('dialog', { name: 'Открыть ссылку-приглашение' });
  await paste.getByLabel('Ссылка или код приглашения').fill(link);
  await paste.getByRole('button', { name: 'ОК' }).click();
  await page.getByRole('dialog', { name: 'Кто нажимает «Старт»?' }).getByRole('button', { name: 'Новый человек' }).click();
  const newcomer = page.getByRole('dialog', { name: 'Новый человек' });
  await newcomer.getByLabel('Имя').fill(name);
  await newcomer.getByLabel('Кто это').selectOption(heading);
  await newcomer.getByRole('button', { name: 'Добавить' }).click();
  return new Telephone(page, name);
}

// Everything the browser complains about while the page is open.
export function complaintsOf(page) {
  const complaints = [];
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
