// suite.js - starts suite.py before the first test and ends it after the last; how it ended is one more test case
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
// XML's own characters, and those that XML has no way to write.
const escape = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\P{C}\n]/gu, '');

// What suite.py has said about itself, for the tests.
export const suite = () => JSON.parse(process.env.UI_SUITE);

export default async function start() {
  const child = spawn('/usr/bin/python3', [path.join(here, 'suite.py')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONPATH: path.dirname(here), PYTHONDONTWRITEBYTECODE: '1', no_proxy: '*' },
  });
  const ended = once(child, 'close');
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { complaints += text; });
  const said = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended.then(() => null)]);
  if (!said) throw new Error(`the suite did not start:\n${complaints}`);
  process.env.UI_SUITE = said[0];

  return async () => {
    child.stdin.end();
    const [code] = await ended;
    const failure = code === 0 ? '' : complaints || `suite.py ended with ${code}`;
    report(path.join(process.env.RESULTS, 'daemons.xml'), failure);
    if (failure) throw new Error(failure);
  };
}

// Playwright's report knows nothing of what happens after the last test.
function report(file, failure) {
  const verdict = failure && `<failure message="see the text">${escape(failure)}</failure>`;
  writeFileSync(file, `<testsuite name="daemons"><testcase name="the daemons did nothing wrong and ended when asked">${verdict}</testcase></testsuite>\n`);
}
