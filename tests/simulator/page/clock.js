// clock.js - the test clock at the top: shows the time, moves it
import { clockTime, h, icon, longDay } from './dom.js';
import { ask, note } from './overlay.js';
import { get, post, setNow, testNow } from './store.js';
import { t } from './strings.js';

export class Clock {
  constructor(node) {
    this.node = node;
    this.movable = false;
    this.busy = false;
    this.time = h('b');
    this.day = h('small');
    setInterval(() => this.tick(), 500);
    get('/clock').then((answer) => {
      this.movable = answer.configured;
      setNow(answer.now);
      this.refresh();
    }).catch(() => {});
  }

  refresh() {
    const steps = [['m5', '5m'], ['m15', '15m'], ['h1', '1h'], ['d1', '1d']];
    this.node.replaceChildren(
      h('div', { class: 'clock-face', title: t('testTime') }, icon('clock', 20), h('span', { class: 'clock-words' }, this.time, this.day)),
      ...(this.movable ? [h('div', { class: 'clock-steps', role: 'group', 'aria-label': t('testTime') },
        steps.map(([label, span]) => h('button', { type: 'button', disabled: this.busy, onclick: () => this.advance(span) }, t(label))),
        h('button', { type: 'button', disabled: this.busy, onclick: () => this.custom() }, t('custom')))] : []));
    this.node.classList.toggle('busy', this.busy);
    this.node.setAttribute('aria-busy', this.busy);
    this.tick();
  }

  tick() {
    this.time.textContent = clockTime(testNow());
    this.day.textContent = this.busy ? t('moving') : longDay(testNow());
  }

  async custom() {
    const answer = await ask(t('testTime'), t('customHint'), h('label', {}, h('input', { name: 'span', required: true, pattern: '([0-9]+[smhd])+', autofocus: true, value: '45m' })), t('advance'));
    if (answer && answer.form.span) this.advance(answer.form.span);
  }

  async advance(span) {
    this.busy = true;
    this.refresh();
    try {
      setNow((await post('/clock', { advance: span })).now);
      note(`${t('moved')}: +${span}`);
    } catch (error) {
      note(`${t('notMoved')}: ${error.message}`);
    }
    this.busy = false;
    this.refresh();
  }
}
