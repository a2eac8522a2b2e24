// playwright.config.js - one browser, one suite, one test at a time; results where ./itsupport wants them
import { defineConfig } from '@playwright/test';

process.env.RESULTS ||= 'test-results';
const results = process.env.RESULTS;

export default defineConfig({
  testDir: '.',
  globalSetup: './suite.js',
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  outputDir: `${results}/failures`,
  reporter: [['list'], ['junit', { outputFile: `${results}/ui.xml` }]],
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'ru-RU',
    colorScheme: 'light',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
});
