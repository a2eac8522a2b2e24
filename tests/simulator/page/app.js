// app.js - puts the page together: people on the left, telephones in the middle, the clock above
import { Clock } from './clock.js';
import { h, icon, setZone, tool } from './dom.js';
import { note } from './overlay.js';
import { People } from './people.js';
import { Phone } from './phone.js';
import { get, onChange, run, store } from './store.js';
import { lang, setLang, t } from './strings.js';

const $ = (id) => document.getElementById(id);
const memory = {
  read: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  write: (key, value) => { try { localStorage.setItem(key, value); } catch { /* a private window */ } },
};
const narrow = matchMedia('(max-width: 760px)');
const roomy = matchMedia('(min-width: 1080px)');

const host = {
  open(id, beside) {
    let phone = phones.find((p) => p.chatId === id);
    if (!phone && beside && !narrow.matches) {
      setSplit(true);
      phone = phones.find((p) => p !== active) || phones[0];
    }
    phone = phone || phones.find((p) => p.chatId === null && isSplit()) || active;
    phone.show(id);
    host.focus(phone);
    $('stage').classList.add('in-chat');
    remember();
    refresh();
    if (!narrow.matches) phone.composer.input.focus();
  },
  close(phone) {
    if (narrow.matches) {
      $('stage').classList.remove('in-chat');
      phone.show(null);
    } else if (isSplit()) {
      if (phone === phones[0] && phones[1].chatId !== null) {
        phones[0].show(phones[1].chatId);
      }
      phones[1].show(null);
      setSplit(false);
    }
    remember();
    refresh();
  },
  focus(phone) {
    active = phone;
    phones.forEach((p) => p.node.classList.toggle('active', p === phone));
  },
  invite: (token) => people.invite(token),
  openIds: () => phones.slice(0, isSplit() ? 2 : 1).map((p) => p.chatId),
};

const phones = [new Phone(host), new Phone(host)];
let active = phones[0];
const people = new People($('people'), host);
const clock = new Clock($('clock'));
let links = [];
$('phones').append(...phones.map((p) => p.node));

const isSplit = () => $('stage').classList.contains('split');

function setSplit(on) {
  $('stage').classList.toggle('split', on);
  if (!on) host.focus(phones[0]);
  memory.write('split', on ? '1' : '0');
}

function remember() {
  memory.write('open', JSON.stringify(phones.map((p) => p.chatId)));
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  memory.write('theme', theme);
  drawTools();
}

function drawTools() {
  const dark = document.documentElement.dataset.theme === 'dark';
  $('tools').replaceChildren(
    ...links.map((link) => h('a', { class: 'tool-link', href: link.url, target: '_blank', rel: 'noopener' }, icon('panel', 18), link.title)),
    tool('split', t('split'), () => { setSplit(!isSplit()); refresh(); }, { class: 'tool only-wide', 'aria-pressed': String(isSplit()) }),
    tool(dark ? 'sun' : 'moon', t('theme'), () => setTheme(dark ? 'light' : 'dark')),
    h('button', { type: 'button', class: 'tool language', lang: lang() === 'ru' ? 'en' : 'ru', title: t('language'), onclick: () => { setLang(lang() === 'ru' ? 'en' : 'ru'); phones.forEach((p) => p.composer.speaking.removeAttribute('data-key')); refresh(); } }, lang() === 'ru' ? 'EN' : 'RU'));
}

function refresh() {
  document.documentElement.lang = lang();
  $('brand-name').textContent = store.bot.first_name;
  $('brand-note').textContent = store.online ? t('note') : t('lost');
  document.body.classList.toggle('offline', !store.online);
  const unread = [...store.chats.values()].reduce((sum, chat) => sum + chat.unread, 0);
  document.title = (unread ? `(${unread}) ` : '') + store.bot.first_name;
  people.refresh();
  phones.forEach((phone) => phone.refresh());
  clock.refresh();
  drawTools();
}

// At first sight: what was open last time, or a client beside a contractor.
function choosePhones() {
  const all = [...store.chats.values()];
  let wanted = [];
  try { wanted = JSON.parse(memory.read('open')) || []; } catch { /* nothing was */ }
  wanted = wanted.filter((id) => store.chats.has(id));
  if (!wanted.length) wanted = ['Клиенты', 'Подрядчики'].map((group) => all.find((chat) => chat.group === group)?.chat_id).filter(Boolean);
  if (narrow.matches) return;
  if (wanted[0]) phones[0].show(wanted[0]);
  if (wanted[1] && isSplit()) phones[1].show(wanted[1]);
}

let arrived = false;
onChange(() => {
  phones.forEach((phone) => { if (phone.chatId !== null && !store.chats.has(phone.chatId)) phone.show(null); });
  if (!arrived && store.chats.size) {
    arrived = true;
    choosePhones();
    const token = new URLSearchParams(location.search).get('start');
    if (token && /^[A-Za-z0-9_-]{1,64}$/.test(token)) {
      history.replaceState(null, '', '/');
      people.invite(token);
    }
  }
  phones.forEach((phone) => { if (phone.chatId !== null && !store.messages.has(phone.chatId)) phone.reload?.(); });
  refresh();
});

document.documentElement.dataset.theme = memory.read('theme') || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
setSplit(memory.read('split') ? memory.read('split') === '1' : roomy.matches);
host.focus(phones[0]);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && refresh());
addEventListener('unhandledrejection', (event) => note(String(event.reason?.message || event.reason)));
get('/links').then((list) => { links = list; drawTools(); }).catch(() => {});
get('/bot').then((bot) => { setZone(bot.time_zone); refresh(); }).catch(() => {});
refresh();
run();
