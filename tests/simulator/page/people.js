// people.js - the left column: who there is, who has news, and how newcomers come in
import { avatar, clockTime, dayKey, dayName, fullName, h, icon, tool } from './dom.js';
import { ask, note } from './overlay.js';
import { post, store, testNow } from './store.js';
import { t, translate } from './strings.js';

const order = ['Владелец', 'Владельцы', 'Менеджеры', 'Подрядчики', 'Клиенты', 'Группы', 'Посторонние'];

export class People {
  constructor(node, host) {
    this.node = node;
    this.host = host; // { open(id, beside), openIds() }
    this.search = h('input', { type: 'search', oninput: () => this.refresh() });
    this.list = h('nav', { class: 'people-list' });
    this.end = h('div', { class: 'people-end' });
    node.append(h('label', { class: 'search' }, icon('search', 18), this.search), this.list, this.end);
  }

  groups() {
    const words = this.search.value.trim().toLowerCase();
    const found = new Map();
    for (const chat of store.chats.values()) {
      const heading = chat.type === 'private' ? chat.group || 'Прочие' : 'Группы';
      const hay = `${fullName(chat)} ${chat.title || ''} ${chat.username || ''} ${translate(chat.title) || ''}`.toLowerCase();
      if (words && !hay.includes(words)) continue;
      if (!found.has(heading)) found.set(heading, []);
      found.get(heading).push(chat);
    }
    const rank = (name) => (order.indexOf(name) + 1 || order.length) + (name === 'Прочие' ? 1 : 0);
    return [...found].sort(([a], [b]) => rank(a) - rank(b));
  }

  row(chat) {
    const name = fullName(chat), last = chat.last, open = this.host.openIds().includes(chat.chat_id);
    const role = chat.type === 'private' ? translate(chat.title) : '';
    const state = chat.blocked ? t('blockedBot') : chat.deactivated ? t('gone') : !chat.started && chat.type === 'private' ? t('notStarted') : '';
    const when = last && (dayKey(last.date) === dayKey(testNow()) ? clockTime(last.date) : dayName(last.date).replace(/\s(\S{3})\S*$/, ' $1'));
    return h('div', { class: 'person' + (open ? ' open' : '') },
      h('button', { type: 'button', class: 'person-main', 'aria-current': open ? 'true' : null, onclick: (event) => this.host.open(chat.chat_id, event.shiftKey) },
        avatar(name, chat.type === 'private' ? chat.group : 'Группы'),
        h('span', { class: 'person-text' },
          h('span', { class: 'person-first' }, h('b', {}, name), when && h('time', {}, when)),
          role && h('span', { class: 'role' }, role),
          h('span', { class: 'person-last' }, h('span', {}, state || (last ? (last.from_bot || chat.type !== 'private' ? '' : `${t('you')}: `) + last.text : '')),
            chat.unread > 0 && h('span', { class: 'badge', 'aria-label': `+${chat.unread}` }, chat.unread > 99 ? '99+' : chat.unread)))),
      tool('beside', t('beside'), () => this.host.open(chat.chat_id, true), { class: 'tool beside' }));
  }

  refresh() {
    this.search.placeholder = t('search');
    this.search.setAttribute('aria-label', t('search'));
    const held = document.activeElement?.closest?.('.person')?.dataset.id;
    this.list.replaceChildren(...this.groups().map(([heading, chats]) => h('section', {}, h('h2', {}, translate(heading)),
      chats.map((chat) => {
        const row = this.row(chat);
        row.dataset.id = chat.chat_id;
        return row;
      }))));
    if (!this.list.childElementCount) this.list.append(h('p', { class: 'nobody' }, t('nobody')));
    if (held) this.list.querySelector(`[data-id="${held}"] .person-main`)?.focus({ preventScroll: true });
    this.end.replaceChildren(
      h('button', { type: 'button', class: 'soft', onclick: () => this.addPerson() }, icon('plus', 18), t('addPerson')),
      h('button', { type: 'button', class: 'soft', onclick: () => this.askLink() }, icon('link', 18), t('useLink')));
  }

  async addPerson() {
    const answer = await ask(t('addPerson'), null, [
      h('label', {}, t('firstName'), h('input', { name: 'first_name', required: true, maxlength: 60, autofocus: true })),
      h('label', {}, t('lastName'), h('input', { name: 'last_name', maxlength: 60 })),
      h('label', {}, t('heading'), h('select', { name: 'group' }, ['Посторонние', 'Клиенты', 'Подрядчики', 'Менеджеры', 'Владелец'].map((g) => h('option', { value: g }, translate(g))))),
      h('label', {}, t('hisLanguage'), h('select', { name: 'language_code' }, h('option', { value: 'ru' }, 'Русский'), h('option', { value: 'en' }, 'English'))),
    ], t('add'));
    if (!answer || !answer.form.first_name.trim()) return null;
    const id = 700000000 + Math.floor(Math.random() * 99999999);
    try {
      await post('/people', { id, ...answer.form });
      this.host.open(id);
      return id;
    } catch (error) {
      note(error.message);
      return null;
    }
  }

  async askLink() {
    const answer = await ask(t('useLink'), null, h('label', {}, t('linkField'), h('input', { name: 'link', required: true, autofocus: true, placeholder: `https://t.me/${store.bot.username}?start=…` })), t('ok'));
    const found = answer && answer.form.link.trim().match(/(?:start=)?([A-Za-z0-9_-]{1,64})$/);
    if (found) this.invite(found[1]);
  }

  // Who presses Start on this invitation?
  async invite(token) {
    const strangers = [...store.chats.values()].filter((c) => c.type === 'private').sort((a, b) => a.started - b.started);
    const answer = await ask(t('whoStarts'), t('whoStartsHint'), h('div', { class: 'pick' },
      h('button', { value: 'new', class: 'pick-row', autofocus: true }, h('span', { class: 'avatar', style: '--tone:211;--sat:80%' }, '+'), t('addPerson')),
      strangers.map((chat) => h('button', { value: chat.chat_id, class: 'pick-row' }, avatar(fullName(chat), chat.group),
        h('span', {}, h('b', {}, fullName(chat)), h('small', {}, chat.started ? translate(chat.title) || '' : t('notStarted')))))), null);
    if (!answer) return;
    const id = answer.value === 'new' ? await this.addPerson() : Number(answer.value);
    if (!id) return;
    this.host.open(id);
    await post('/start', { user_id: id, payload: token }).catch((error) => note(error.message));
  }
}
