// rich.js - text with entities as elements; nothing a stranger writes is ever parsed as HTML
import { h } from './dom.js';
import { t } from './strings.js';

const LINK = /(https?:\/\/[^\s<>"]+|(?:t\.me|www\.)\/?[^\s<>"]+)|(^|\s)(\/[a-z][a-z0-9_]{0,31})\b/gi;

// Plain words with web addresses and commands made clickable.
function linkify(text, act) {
  const out = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const at = found.index + (found[2] ? found[2].length : 0);
    if (at > from) out.push(text.slice(from, at));
    const word = found[1] || found[3];
    out.push(found[1] ? link(word, word, act) : command(word, act));
    from = at + word.length;
  }
  if (from < text.length) out.push(text.slice(from));
  return out;
}

function command(word, act) {
  return h('button', { type: 'button', class: 'word-link', onclick: () => act.command(word) }, word);
}

export function link(url, label, act) {
  const href = /^[a-z]+:/i.test(url) ? url : 'https://' + url;
  if (!/^(https?|tg|mailto|tel):/i.test(href)) return label;
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer', onclick: (event) => {
    if (act.link(href)) event.preventDefault();
  } }, label);
}

function wrap(entity, words, inner, act) {
  switch (entity.type) {
    case 'bold': return h('b', {}, inner);
    case 'italic': return h('i', {}, inner);
    case 'underline': return h('u', {}, inner);
    case 'strikethrough': return h('s', {}, inner);
    case 'code': return h('code', {}, inner);
    case 'pre': return h('pre', { 'data-language': entity.language }, inner);
    case 'text_link': return link(entity.url, inner, act);
    case 'text_mention': return h('button', { type: 'button', class: 'word-link', onclick: () => act.person(entity.user.id) }, inner);
    case 'bot_command': return command(words, act);
    case 'blockquote': return h('blockquote', {}, inner);
    case 'expandable_blockquote': {
      const quote = h('blockquote', { class: 'expandable', tabindex: 0, role: 'button', onclick: () => quote.classList.toggle('open') }, inner);
      return quote;
    }
    case 'spoiler': {
      const cover = h('span', { class: 'spoiler', tabindex: 0, role: 'button', title: t('spoiler'),
        onclick: () => { cover.classList.add('seen'); cover.removeAttribute('title'); },
        onkeydown: (event) => { if (event.key === 'Enter') cover.click(); } }, inner);
      return cover;
    }
    case 'date_time': return h('time', {}, inner);
    default: return h('span', {}, inner);
  }
}

// Entities are sorted and nested; offsets count UTF-16 units, as JavaScript does.
function build(text, entities, from, to, act) {
  const out = [];
  let at = from;
  for (let i = 0; i < entities.length;) {
    const entity = entities[i], end = Math.min(entity.offset + entity.length, to);
    if (entity.offset > at) out.push(...linkify(text.slice(at, entity.offset), act));
    let next = i + 1;
    while (next < entities.length && entities[next].offset < end) next++;
    const plain = ['code', 'pre', 'text_link', 'bot_command'].includes(entity.type);
    const inner = plain && next === i + 1 ? [text.slice(entity.offset, end)] : build(text, entities.slice(i + 1, next), entity.offset, end, act);
    out.push(wrap(entity, text.slice(entity.offset, end), inner, act));
    at = end;
    i = next;
  }
  if (at < to) out.push(...linkify(text.slice(at, to), act));
  return out;
}

export function richText(text, entities, act) {
  return build(text, entities || [], 0, text.length, act);
}
