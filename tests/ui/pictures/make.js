// make.js - plays every scene on the simulator's page and leaves docs/pictures/<role>.gif; make is what one calls
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { Telephone } from '../people.js';
import { Camera } from './camera.js';
import { scenes } from './scenes.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const pictures = path.resolve(here, '../../../docs/pictures');
const PHONE = { width: 420, height: 720 };
const BYTES_MAX = 400_000;
const SECONDS = [5, 15];

async function openStage() {
  const child = spawn('/usr/bin/python3', [path.join(here, 'stage.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONPATH: path.resolve(here, '../..'), no_proxy: '*' },
  });
  const ended = once(child, 'close');
  const said = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  if (typeof said[0] !== 'string') throw new Error('the stage did not open');
  return { ...JSON.parse(said[0]), close: async () => { child.stdin.end(); await ended; } };
}

// A page as small as one telephone, showing this person's.
async function telephoneOf(browser, url, name) {
  const page = await browser.newPage({ viewport: { width: PHONE.width + 340, height: PHONE.height + 70 }, locale: 'ru-RU' });
  await page.goto(url);
  await page.locator('.person').filter({ hasText: name }).first().click();
  await page.addStyleTag({ content: `.phone { width: ${PHONE.width}px !important; flex: none !important } .phone.active::after, #notes { display: none !important }` });
  const keys = page.getByRole('button', { name: 'Клавиатура бота' });
  if (await keys.isVisible()) await keys.click(); // whoever has not shared a phone number is asked for it all the time
  return { page, telephone: new Telephone(page, name) };
}

async function film(browser, url, scene) {
  const open = async (name) => (await telephoneOf(browser, url, name)).telephone;
  const { page, telephone } = await telephoneOf(browser, url, scene.who);
  const camera = new Camera(page, telephone);
  await scene.play(camera, open, page);
  const gif = path.join(pictures, `${scene.name}.gif`);
  camera.develop(gif);
  const bytes = statSync(gif).size, seconds = camera.seconds();
  console.log(`${scene.name}.gif: ${seconds.toFixed(1)} s, ${Math.ceil(bytes / 1000)} kB`);
  for (const other of browser.contexts()) await other.close();
  return bytes <= BYTES_MAX && seconds >= SECONDS[0] && seconds <= SECONDS[1];
}

const wanted = process.argv.slice(2);
const stage = await openStage();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
let good = true;
try {
  for (const scene of scenes) {
    if (!wanted.length || wanted.includes(scene.name)) good = await film(browser, stage.simulator, scene) && good;
  }
} finally {
  await browser.close();
  await stage.close();
}
if (!good) console.error(`a picture is larger than ${BYTES_MAX / 1000} kB, or not ${SECONDS.join(' to ')} s long`);
process.exit(good ? 0 : 1);
