// composer.js - the lower end of a telephone: writing, attaching, commands, keyboards, Start
import { fullName, h, icon, tool } from './dom.js';
import { ask, note } from './overlay.js';
import { store } from './store.js';
import { t } from './strings.js';

const base64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result).split(',')[1] || '');
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.drafts = new Map();
    this.input = h('textarea', { rows: 1, maxlength: 4096, 'aria-label': t('message'), placeholder: t('message'),
      oninput: () => this.onInput(), onkeydown: (event) => this.onKey(event), onpaste: (event) => this.onPaste(event) });
    this.menu = h('button', { type: 'button', class: 'menu-button', onclick: () => this.toggleCommands() }, icon('menu', 18), h('span', {}, t('menu')));
    this.attach = tool('clip', t('attach'), () => this.attachMenu());
    this.keys = tool('panel', t('keyboard'), () => this.toggleKeyboard());
    this.go = tool('send', t('sendIt'), () => this.submit(), { class: 'tool go' });
    this.picker = h('input', { type: 'file', hidden: true, onchange: () => this.onPicked() });
    this.above = h('div', { class: 'above' });
    this.pop = h('div', { class: 'popups' });
    this.row = h('div', { class: 'compose' }, this.menu, this.attach, this.input, this.keys, this.go, this.picker);
    this.speaking = h('div');
    this.board = h('div', { class: 'board' });
    this.big = h('div', { class: 'big' });
    this.node = h('footer', { class: 'phone-end' }, this.pop, this.speaking, this.above, this.row, this.big, this.board);
    this.keyboardOpen = true;
  }

  leave() {
    if (this.phone.chatId !== null) this.drafts.set(this.phone.chatId, this.input.value);
    this.cancel();
    this.pop.replaceChildren();
    this.arriving = true;
  }

  refresh(chat) {
    this.node.hidden = !chat;
    if (!chat) return;
    if (this.arriving) {
      this.input.value = this.drafts.get(chat.chat_id) || '';
      this.arriving = false;
      this.onInput();
    }
    const label = this.menu.querySelector('span');
    const web = chat.menu_button?.type === 'web_app' ? chat.menu_button : null;
    label.textContent = web ? web.text : t('menu');
    this.menu.setAttribute('aria-label', label.textContent);
    this.menu.hidden = !web && chat.commands.length === 0;
    this.input.placeholder = t('message');
    this.input.setAttribute('aria-label', t('message'));
    for (const [tool, name] of [[this.attach, 'attach'], [this.keys, 'keyboard'], [this.go, 'sendIt']]) {
      tool.title = t(name);
      tool.setAttribute('aria-label', t(name));
    }
    const shut = chat.type === 'private' && (chat.deactivated || chat.blocked || !chat.started);
    this.row.hidden = shut;
    this.above.hidden = shut;
    this.big.replaceChildren(!shut || chat.deactivated ? '' : h('button', { type: 'button', class: 'start', onclick: () => this.phone.send(chat.blocked ? '/unblock' : '/start', {}) }, t(chat.blocked ? 'restart' : 'start')));
    this.drawSpeaker(chat);
    this.drawKeyboard(shut ? null : chat.keyboard);
  }

  drawSpeaker(chat) {
    if (chat.type === 'private') {
      this.speaking.replaceChildren();
      return;
    }
    const choice = h('select', { onchange: () => { this.phone.speaker = Number(choice.value); this.phone.nodes.clear(); this.phone.list.replaceChildren(); this.phone.refresh(); } },
      chat.members.map((id) => h('option', { value: id, selected: id === this.phone.actor }, store.chats.get(id) ? fullName(store.chats.get(id)) : String(id))));
    if (this.speaking.dataset.key === `${chat.chat_id}/${chat.members}/${this.phone.actor}`) return;
    this.speaking.dataset.key = `${chat.chat_id}/${chat.members}/${this.phone.actor}`;
    this.speaking.replaceChildren(h('label', { class: 'speaker' }, t('speakAs') + ': ', choice));
  }

  drawKeyboard(keyboard) {
    const rows = keyboard?.keyboard;
    this.keys.hidden = !rows;
    if (keyboard?.input_field_placeholder) this.input.placeholder = keyboard.input_field_placeholder;
    if (keyboard?.force_reply && keyboard !== this.forced) this.forced = keyboard;
    this.board.replaceChildren(rows && this.keyboardOpen ? h('div', { class: 'reply-keyboard' }, rows.map((row) => h('div', { class: 'row' }, row.map((key) => {
      const button = typeof key === 'string' ? { text: key } : key;
      return h('button', { type: 'button', onclick: () => this.pressKey(button, keyboard) }, button.text);
    })))) : '');
  }

  toggleKeyboard() {
    this.keyboardOpen = !this.keyboardOpen;
    this.refresh(this.phone.chat);
  }

  async pressKey(button, keyboard) {
    if (button.request_contact) await this.phone.send('/share_contact', {});
    else if (button.request_location) await this.phone.send('/say', { location: {} });
    else if (button.request_users) await this.pickUsers(button.request_users);
    else await this.phone.send('/say', { text: button.text });
    if (keyboard.one_time_keyboard) {
      this.keyboardOpen = false;
      this.refresh(this.phone.chat);
    }
  }

  async pickUsers(request) {
    const most = request.max_quantity || 1;
    const people = [...store.chats.values()].filter((c) => c.type === 'private' && c.chat_id !== this.phone.actor);
    const chosen = await ask(t('pickPeople'), null, h('div', { class: 'pick' }, people.map((p) =>
      h('label', {}, h('input', { type: most > 1 ? 'checkbox' : 'radio', name: 'who', value: p.chat_id }), ' ' + fullName(p)))), t('done'));
    const ids = chosen ? chosen.data.getAll('who').map(Number).slice(0, most) : [];
    if (ids.length) await this.phone.send('/users_shared', { request_id: request.request_id, user_ids: ids });
  }

  // A small menu above the input: rows of [icon, label, deed].
  popup(rows, where = 'bottom') {
    const close = () => {
      box.remove();
      document.removeEventListener('pointerdown', outside, true);
    };
    const outside = (event) => box.contains(event.target) || close();
    const box = h('div', { class: `popup popup-${where}`, role: 'menu', onkeydown: (event) => event.key === 'Escape' && close() }, rows.map(([sign, label, deed]) =>
      h('button', { type: 'button', role: 'menuitem', onclick: () => { close(); deed(); } }, icon(sign, 20), h('span', {}, label))));
    (where === 'top' ? this.phone.node : this.node).append(box);
    document.addEventListener('pointerdown', outside, true);
    box.querySelector('button').focus();
  }

  attachMenu() {
    const pick = (kind, accept) => () => {
      this.picking = kind;
      this.picker.accept = accept;
      this.picker.value = '';
      this.picker.click();
    };
    this.popup([
      ['photo', t('photo'), pick('photo', 'image/png,image/jpeg,image/gif,image/webp')],
      ['photo', t('samplePhoto'), () => this.say({ photo: true })],
      ['file', t('file'), pick('document', '')],
      ['voice', t('voice'), () => this.say({ voice: { duration: 7 } })],
      ['pin', t('place'), () => this.say({ location: {} })],
      ['person', t('contact'), () => this.phone.send('/share_contact', {})],
    ]);
  }

  onPicked() {
    const file = this.picker.files[0];
    if (file) this.sendFile(file, this.picking);
  }

  onPaste(event) {
    const file = [...(event.clipboardData?.files || [])].find((f) => f.type.startsWith('image/'));
    if (!file) return;
    event.preventDefault();
    this.sendFile(file, 'photo');
  }

  async sendFile(file, kind) {
    if (file.size > 14 << 20) {
      note(`${t('failed')}: > 14 MB`);
      return;
    }
    await this.say({ [kind]: { name: file.name || 'image.png', type: file.type, base64: await base64(file) } });
  }

  // Says something with the caption, and the quote, that stand in the input.
  async say(wish) {
    const words = this.input.value.trim();
    const said = await this.phone.send('/say', { ...wish, ...(words && !wish.text ? { caption: words } : {}), ...(this.quoted ? { reply_to: this.quoted.message_id } : {}) });
    if (said) {
      this.input.value = '';
      this.cancel();
      this.onInput();
    }
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.pop.replaceChildren();
    this.phone.atBottom = true;
    if (this.editing) {
      const done = await this.phone.send('/edit', { message_id: this.editing.message_id, text });
      if (done) {
        this.input.value = '';
        this.cancel();
        this.onInput();
      }
    } else {
      await this.say({ text });
    }
    this.input.focus();
  }

  onKey(event) {
    const options = [...this.pop.querySelectorAll('button')];
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const chosen = options.find((o) => o.classList.contains('on'));
      if (chosen) chosen.click();
      else this.submit();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length) {
      event.preventDefault();
      const at = options.findIndex((o) => o.classList.contains('on'));
      options[at]?.classList.remove('on');
      const next = options[(at + (event.key === 'ArrowDown' ? 1 : -1) + options.length + (at < 0 && event.key === 'ArrowUp' ? 1 : 0)) % options.length];
      next.classList.add('on');
      next.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Escape') {
      this.pop.replaceChildren();
      this.cancel();
    }
  }

  onInput() {
    this.input.style.height = '';
    if (this.input.value.includes('\n') || this.input.scrollHeight > 60) this.input.style.height = Math.min(this.input.scrollHeight, 160) + 'px';
    this.go.classList.toggle('ready', this.input.value.trim() !== '');
    const typed = this.input.value.match(/^\/(\w*)$/);
    if (typed) this.showCommands(typed[1]);
    else if (!this.byButton) this.pop.replaceChildren();
    this.byButton = false;
  }

  toggleCommands() {
    const chat = this.phone.chat;
    if (chat.menu_button?.type === 'web_app') {
      window.open(chat.menu_button.web_app.url, '_blank', 'noopener');
      return;
    }
    if (this.pop.childElementCount) this.pop.replaceChildren();
    else this.showCommands('');
  }

  showCommands(prefix) {
    const fitting = this.phone.chat.commands.filter((c) => c.command.startsWith(prefix.toLowerCase()));
    this.pop.replaceChildren(fitting.length ? h('div', { class: 'commands', 'aria-label': t('commands') }, fitting.map((c) =>
      h('button', { type: 'button', onclick: () => { this.pop.replaceChildren(); this.input.value = ''; this.onInput(); this.phone.atBottom = true; this.phone.send('/say', { text: '/' + c.command }); } },
        h('b', {}, '/' + c.command), h('span', {}, c.description)))) : '');
  }

  showAbove(sign, title, text) {
    this.above.replaceChildren(h('div', { class: 'above-bar' }, icon(sign, 20), h('div', {}, h('b', {}, title), h('span', {}, text)), tool('close', t('cancel'), () => this.cancel())));
    this.input.focus();
  }

  replyTo(message) {
    this.cancel();
    this.quoted = message;
    this.showAbove('reply', message.from_bot ? store.bot.first_name : t('you'), message.text || t('photo'));
  }

  startEdit(message) {
    this.cancel();
    this.editing = message;
    this.input.value = message.text;
    this.onInput();
    this.showAbove('edit', t('edit'), message.text);
  }

  cancel() {
    if (this.editing) this.input.value = '';
    this.quoted = this.editing = null;
    this.above.replaceChildren();
  }
}
