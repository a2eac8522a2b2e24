// dom.js - making elements, drawing icons, short names, times
import { lang } from './strings.js';

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'class') node.className = value;
    else if (key === 'style') node.style.cssText = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(9).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

const paths = {
  send: 'M3 11.500 20 4l-4.500 16.500-4.700-6.300zM10.800 14.200 20 4',
  clip: 'M19 11.500 12 18.500a4.500 4.500 0 0 1-6.400-6.400l7.600-7.600a3 3 0 0 1 4.300 4.300l-7.600 7.600a1.500 1.500 0 0 1-2.100-2.100l6.700-6.700',
  reply: 'M9 7 4 12l5 5M4 12h9a6 6 0 0 1 6 6v1',
  back: 'M15 5l-7 7 7 7',
  menu: 'M5 7h14M5 12h14M5 17h14',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M12 6h.01M12 12h.01M12 18h.01',
  plus: 'M12 5v14M5 12h14',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  phones1: 'M4 5h16v14H4z',
  phones2: 'M4 5h16v14H4zM12 5v14',
  phones3: 'M3 5h18v14H3zM9 5v14M15 5v14',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.500 15.500 20 20',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5.500 11h13v9h-13z',
  down: 'M6 9l6 6 6-6',
  out: 'M8 16 16 8M9 8h7v7',
  photo: 'M4 6h16v12H4zM4 16l5-5 4 4 3-2.500 4 3.500M15.500 9.500h.01',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  voice: 'M12 4a2.500 2.500 0 0 0-2.500 2.500v5a2.500 2.500 0 0 0 5 0v-5A2.500 2.500 0 0 0 12 4zM6.500 11.500a5.500 5.500 0 0 0 11 0M12 17v3',
  pin: 'M12 21s6-6 6-11a6 6 0 0 0-12 0c0 5 6 11 6 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM5 20a7 7 0 0 1 14 0',
  play: 'M8 5.500v13l10-6.500z',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.500l3 2',
  edit: 'M5 19h3L18.500 8.500l-3-3L5 16zM13.500 7.500l3 3',
  beside: 'M4 5h9v14H4zM17 9v6M14.500 12h5',
  panel: 'M4 5h16v14H4zM4 9h16M9 9v10',
  check: 'M5 12.500l4.500 4.500L19 7',
};

export function icon(name, size = 22) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('width', size);
  svg.setAttribute('height', size);
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon', 'icon-' + name);
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

export function tool(name, label, onclick, more = {}) {
  return h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, onclick, ...more }, icon(name));
}

const colours = { 'Владелец': 38, 'Менеджеры': 268, 'Подрядчики': 211, 'Клиенты': 152, 'Группы': 340 };

// A hue for a role heading; outsiders are grey.
export function hue(group) {
  if (!group || group === 'Посторонние') return null;
  if (colours[group] !== undefined) return colours[group];
  let sum = 0;
  for (const c of group) sum = (sum * 31 + c.charCodeAt(0)) % 360;
  return sum;
}

export function avatar(name, group, small) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = ((words[0] || '?')[0] + (words.length > 1 ? words[words.length - 1][0] : '')).toUpperCase();
  const tone = hue(group);
  const style = tone === null ? '--tone: 215; --sat: 9%' : `--tone: ${tone}; --sat: 62%`;
  return h('span', { class: small ? 'avatar small' : 'avatar', style, 'aria-hidden': 'true' }, letters);
}

let zone = 'Europe/Moscow';
export function setZone(name) {
  if (name) zone = name;
}

const locale = () => (lang() === 'ru' ? 'ru-RU' : 'en-GB');

export function clockTime(unix, seconds) {
  return new Intl.DateTimeFormat(locale(), { timeZone: zone, hour: '2-digit', minute: '2-digit', second: seconds ? '2-digit' : undefined }).format(unix * 1000);
}

export function dayKey(unix) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(unix * 1000);
}

export function dayName(unix) {
  return new Intl.DateTimeFormat(locale(), { timeZone: zone, day: 'numeric', month: 'long' }).format(unix * 1000);
}

export function longDay(unix) {
  return new Intl.DateTimeFormat(locale(), { timeZone: zone, weekday: 'short', day: 'numeric', month: 'long' }).format(unix * 1000);
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;
}

export function fullName(chat) {
  return [chat.first_name, chat.last_name].filter(Boolean).join(' ') || chat.title || String(chat.chat_id);
}
