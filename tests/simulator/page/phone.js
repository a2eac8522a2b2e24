// phone.js - one telephone: the chat of one person (or group) with the bot, as Telegram shows it
import { Composer } from './composer.js';
import { avatar, dayKey, dayName, fullName, h, icon, tool } from './dom.js';
import { bubble, serviceLine } from './message.js';
import { alertBox, note, toast } from './overlay.js';
import { get, loadChat, post, store, testNow } from './store.js';
import { t, translate } from './strings.js';

export class Phone {
  constructor(host) {
    this.host = host; // { open(id, beside), close(phone), invite(token), focus(phone) }
    this.chatId = null;
    this.nodes = new Map();
    this.list = h('div', { class: 'messages', role: 'log', 'aria-live': 'polite', tabindex: -1 });
    this.scroll = h('div', { class: 'scroll', onscroll: () => this.onScroll() }, this.list);
    this.bar = h('header', { class: 'phone-top' });
    this.pin = h('div');
    this.under = tool('down', t('toBottom'), () => this.toBottom(true), { class: 'tool to-bottom', hidden: true });
    this.toasts = h('div', { class: 'toasts', role: 'status', 'aria-live': 'assertive' });
    this.composer = new Composer(this);
    this.node = h('section', { class: 'phone', onfocusin: () => host.focus(this), onpointerdown: () => host.focus(this) },
      this.bar, this.pin, h('div', { class: 'wall' }, this.scroll, this.under, this.toasts), this.composer.node);
    this.pressing = new Map();
    this.atBottom = true;
    const grown = new ResizeObserver(() => this.atBottom && this.toBottom()); // pictures arrive late, windows change
    grown.observe(this.list);
    grown.observe(this.scroll);
  }

  get chat() {
    return store.chats.get(this.chatId);
  }

  // Who acts here: the person, or in a group the one chosen to speak.
  get actor() {
    const chat = this.chat;
    if (!chat || chat.type === 'private') return this.chatId;
    if (!chat.members.includes(this.speaker)) this.speaker = chat.members[0];
    return this.speaker;
  }

  show(id) {
    if (id === this.chatId) return;
    this.composer.leave();
    this.chatId = id;
    this.nodes.clear();
    this.list.replaceChildren();
    this.atBottom = true;
    if (id !== null && !store.messages.has(id)) loadChat(id).catch((error) => note(error.message));
    this.refresh();
    requestAnimationFrame(() => this.toBottom());
  }

  refresh() {
    const chat = this.chat;
    this.node.classList.toggle('vacant', !chat);
    this.drawTop(chat);
    this.composer.refresh(chat);
    if (!chat) {
      this.list.replaceChildren(h('div', { class: 'hello' }, h('img', { src: 'icon.svg', alt: '', width: 72, height: 72 }), h('h2', {}, t(store.chats.size ? 'choose' : 'nobody')), h('p', {}, t(store.chats.size ? 'chooseHint' : 'nobodyHint'))));
      return;
    }
    this.drawMessages(chat);
    if (chat.unread > 0 && document.visibilityState === 'visible' && this.node.offsetParent) {
      chat.unread = 0;
      post('/read', { chat_id: chat.chat_id }).catch(() => {});
    }
  }

  status(chat) {
    if (chat.deactivated) return t('gone');
    if (chat.blocked) return t('blockedBot');
    if (chat.typingUntil > performance.now()) {
      clearTimeout(this.typingTimer);
      this.typingTimer = setTimeout(() => this.refresh(), chat.typingUntil - performance.now() + 50);
      return h('span', { class: 'typing' }, `${store.bot.first_name} ${t('typing')}`, h('i'), h('i'), h('i'));
    }
    const who = chat.type === 'private' ? translate(chat.title) : `${t('members')}: ${chat.members.length}`;
    return [who, who && ' · ', h('span', { class: 'with-bot' }, '@' + store.bot.username)];
  }

  drawTop(chat) {
    const back = tool('back', t('back'), () => this.host.close(this), { class: 'tool only-narrow' });
    if (!chat) {
      this.bar.replaceChildren(back);
      return;
    }
    const name = chat.type === 'private' ? fullName(chat) : chat.title;
    const more = chat.type === 'private' && tool('more', t('more'), () => this.moreMenu(chat));
    this.bar.replaceChildren(back, avatar(name, chat.type === 'private' ? chat.group : 'Группы'),
      h('div', { class: 'phone-who' }, h('b', {}, name), h('small', {}, this.status(chat))),
      more || '', tool('close', t('closePhone'), () => this.host.close(this), { class: 'tool only-beside' }));
    const pinned = chat.pinned && store.messages.get(chat.chat_id)?.get(chat.pinned);
    this.pin.replaceChildren(pinned ? h('button', { type: 'button', class: 'pinned', onclick: () => this.jump(chat.pinned) }, h('b', {}, t('pinned')), h('span', {}, pinned.text || '…')) : '');
  }

  moreMenu(chat) {
    const deed = chat.blocked ? 'unblock' : 'block';
    this.composer.popup([[chat.blocked ? 'check' : 'lock', t(deed), () => post('/' + deed, { user_id: chat.chat_id })]], 'top');
  }

  // Messages in order, albums put together, each with what its neighbours say about its looks.
  blocks(chat) {
    const out = [];
    const list = [...(store.messages.get(chat.chat_id)?.values() || [])].sort((a, b) => a.message_id - b.message_id);
    for (const message of list) {
      const before = out[out.length - 1];
      if (message.media_group_id && before?.album === message.media_group_id) {
        before.messages.push(message);
        continue;
      }
      const own = !message.from_bot && message.from_id === this.actor;
      const author = message.from_bot ? 0 : message.from_id;
      const block = { messages: [message], own, author, album: message.media_group_id, tail: true, day: dayKey(message.date), service: serviceLine(message) };
      if (chat.type !== 'private' && !own) {
        const person = store.chats.get(author);
        block.group = person?.group;
        block.name = author ? person && fullName(person) : store.bot.first_name;
      }
      if (before && before.author === author && before.day === block.day && !before.service && message.date - before.messages[0].date < 600 && !before.messages[0].buttons) {
        before.tail = false;
        block.name = null;
      }
      out.push(block);
    }
    return out;
  }

  drawMessages(chat) {
    const wanted = [];
    const put = (key, signature, make) => {
      const old = this.nodes.get(key);
      if (old && old.signature === signature) wanted.push([key, old]);
      else wanted.push([key, { signature, node: make(), old: old?.node }]);
    };
    let day = null;
    const today = dayKey(testNow());
    if (!chat.started && chat.type === 'private' && !store.messages.get(chat.chat_id)?.size) put('hello', 'hello' + document.documentElement.lang, () => this.description(chat));
    for (const block of this.blocks(chat)) {
      const first = block.messages[0];
      if (block.day !== day) put('day' + block.day, block.day + today + document.documentElement.lang, () => h('div', { class: 'day' }, h('span', {}, block.day === today ? t('today') : dayName(first.date))));
      day = block.day;
      const signature = [document.documentElement.lang, block.tail, block.own, block.name, ...block.messages.map((m) => `${m.message_id}.${m.seq}`)].join();
      put(first.message_id, signature, () => block.service ? h('div', { class: 'day' }, h('span', {}, block.service)) : bubble(block, this.act(block)));
    }
    const fresh = wanted.filter(([key]) => !this.nodes.has(key)).length;
    const first = this.nodes.size === 0;
    this.nodes = new Map(wanted);
    const keep = new Set(wanted.map(([, v]) => v.node));
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove();
    wanted.forEach(([, value], i) => {
      if (this.list.children[i] !== value.node) {
        if (!first && !value.old) value.node.classList.add('fresh');
        this.list.insertBefore(value.node, this.list.children[i] || null);
      }
    });
    if (fresh && (this.atBottom || first)) this.toBottom(!first);
    else if (this.atBottom) this.toBottom();
    else if (fresh) this.under.classList.add('news');
  }

  description(chat) {
    const texts = store.bot.descriptions || {};
    const text = texts['description/' + chat.language_code] || texts['description/'];
    return h('div', { class: 'intro' }, h('b', {}, t('whatCan')), h('p', {}, text || t('noDescription')));
  }

  act(block) {
    return {
      look: (url) => alertBox(this.node, null, h('img', { src: url, alt: t('photo'), class: 'big-picture' })),
      jump: (id) => this.jump(id),
      reply: (message) => this.composer.replyTo(message),
      edit: (message) => this.composer.startEdit(message),
      react: (message) => this.send('/react', { message_id: message.message_id, emoji: (message.reactions || []).some((r) => !r.from_bot) ? '' : '👍' }),
      command: (word) => this.send('/say', { text: word }),
      person: (id) => store.chats.has(id) && this.host.open(id, true),
      link: (url) => this.openLink(url),
      press: (message, button, row, column, node) => this.press(message, button, row, column, node),
      block,
    };
  }

  // An invitation of this very bot is opened here; true if it was one.
  openLink(url) {
    const found = url.match(/(?:t\.me\/|tg:\/\/resolve\?domain=)([A-Za-z0-9_]+)[?&]start=([A-Za-z0-9_-]+)/);
    if (!found || found[1].toLowerCase() !== store.bot.username.toLowerCase()) return false;
    this.host.invite(found[2]);
    return true;
  }

  async send(path, wish) {
    const chat = this.chat;
    try {
      return await post(path, { user_id: this.actor, ...(chat.type === 'private' ? {} : { chat_id: chat.chat_id }), ...wish });
    } catch (error) {
      note(`${t('failed')}: ${error.message}`);
      return null;
    }
  }

  async press(message, button, row, column, node) {
    if (button.url) {
      if (!this.openLink(button.url)) window.open(button.url, '_blank', 'noopener');
      return;
    }
    if (button.web_app) {
      toast(this.toasts, t('webApp'));
      window.open(button.web_app, '_blank', 'noopener');
      return;
    }
    if (button.copy) {
      await navigator.clipboard?.writeText(button.copy).catch(() => {});
      toast(this.toasts, t('copied'));
      return;
    }
    if (node.classList.contains('busy')) return;
    node.classList.add('busy');
    node.setAttribute('aria-busy', 'true');
    const pressed = await this.send('/press', { message_id: message.message_id, row, column });
    const answer = pressed && await get(`/callbacks/${pressed.callback_id}?wait=20`).catch(() => null);
    node.classList.remove('busy');
    node.removeAttribute('aria-busy');
    if (answer && answer.answered && answer.text) {
      if (answer.show_alert) alertBox(this.node, answer.text);
      else toast(this.toasts, answer.text);
    } else if (pressed && (!answer || !answer.answered)) {
      toast(this.toasts, t('noAnswer'));
    }
  }

  jump(id) {
    const node = this.list.querySelector(`[data-id="${id}"]`);
    if (!node) return;
    node.scrollIntoView({ block: 'center', behavior: 'smooth' });
    node.classList.add('lit');
    setTimeout(() => node.classList.remove('lit'), 1500);
  }

  onScroll() {
    const left = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight;
    if (left < 60) this.atBottom = true;
    else if (this.scroll.scrollTop < this.lastTop - 2) this.atBottom = false; // only a person scrolls up
    this.lastTop = this.scroll.scrollTop;
    this.under.hidden = left < 200;
    if (this.atBottom) this.under.classList.remove('news');
  }

  toBottom(smooth) {
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
    this.atBottom = true;
  }
}
