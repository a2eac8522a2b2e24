// app.js - puts the page together: people on the left, telephones in the middle, the clock above
import { Clock } from './clock.js';
import { h, icon, setZone, tool } from './dom.js';
import { note } from './overlay.js';
import { People } from './people.js';
import { Shelf } from './shelf.js';
import { get, onChange, run, store } from './store.js';
import { lang, setLang, t } from './strings.js';

const $ = (id) => document.getElementById(id);
const memory = {
  read: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  write: (key, value) => { try { localStorage.setItem(key, value); } catch { /* a private window */ } },
};
const narrow = matchMedia('(max-width: 760px)');

const host = {
  open(id, beside) {
    const phone = shelf.open(id, beside && !narrow.matches);
    $('stage').classList.add('in-chat');
    refresh();
    if (!narrow.matches) phone.composer.input.focus();
  },
  close(phone) {
    if (narrow.matches) {
      $('stage').classList.remove('in-chat');
      phone.show(null);
    } else {
      shelf.close(phone);
    }
    refresh();
  },
  focus: (phone) => shelf.focus(phone),
  invite: (token) => people.invite(token),
  openIds: () => shelf.openIds(),
};

const shelf = new Shelf($('stage'), host, memory);
const people = new People($('people'), host);
const clock = new Clock($('clock'));
let links = [];

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  memory.write('theme', theme);
  drawTools();
}

function drawTools() {
  const dark = document.documentElement.dataset.theme === 'dark';
  $('tools').replaceChildren(
    ...links.map((link) => h('a', { class: 'tool-link', href: link.url, target: '_blank', rel: 'noopener' }, icon('panel', 18), link.title)),
    tool(`phones${shelf.count}`, t('phones'), () => { shelf.more(); refresh(); }, { class: 'tool only-wide' }),
    tool(dark ? 'sun' : 'moon', t('theme'), () => setTheme(dark ? 'light' : 'dark')),
    h('button', { type: 'button', class: 'tool language', lang: lang() === 'ru' ? 'en' : 'ru', title: t('language'), onclick: () => { setLang(lang() === 'ru' ? 'en' : 'ru'); shelf.phones.forEach((p) => p.composer.speaking.removeAttribute('data-key')); refresh(); } }, lang() === 'ru' ? 'EN' : 'RU'));
}

function refresh() {
  document.documentElement.lang = lang();
  $('brand-name').textContent = store.bot.first_name;
  $('brand-note').textContent = store.online ? t('note') : t('lost');
  document.body.classList.toggle('offline', !store.online);
  const unread = [...store.chats.values()].reduce((sum, chat) => sum + chat.unread, 0);
  document.title = (unread ? `(${unread}) ` : '') + store.bot.first_name;
  people.refresh();
  shelf.phones.forEach((phone) => phone.refresh());
  clock.refresh();
  drawTools();
}

// At first sight: what was open last time, or a client beside a contractor.
function choosePhones() {
  if (narrow.matches) return;
  const all = [...store.chats.values()];
  const first = ['Клиенты', 'Подрядчики', 'Менеджеры'].map((group) => all.find((chat) => chat.group?.startsWith(group))?.chat_id);
  const known = shelf.remembered().filter((id) => store.chats.has(id));
  shelf.put((known.length ? known : first.filter(Boolean)).slice(0, shelf.count));
}

let arrived = false;
onChange(() => {
  shelf.phones.forEach((phone) => { if (phone.chatId !== null && !store.chats.has(phone.chatId)) phone.show(null); });
  if (!arrived && store.chats.size) {
    arrived = true;
    choosePhones();
    const token = new URLSearchParams(location.search).get('start');
    if (token && /^[A-Za-z0-9_-]{1,64}$/.test(token)) {
      history.replaceState(null, '', '/');
      people.invite(token);
    }
  }
  shelf.phones.forEach((phone) => { if (phone.chatId !== null && !store.messages.has(phone.chatId)) phone.reload?.(); });
  refresh();
});

document.documentElement.dataset.theme = memory.read('theme') || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && refresh());
addEventListener('unhandledrejection', (event) => note(String(event.reason?.message || event.reason)));
get('/links').then((list) => { links = list; drawTools(); }).catch(() => {});
get('/bot').then((bot) => { setZone(bot.time_zone); refresh(); }).catch(() => {});
refresh();
run();
