// message.js - bubbles: one message or one album as an element
import { avatar, clockTime, h, hue, icon, size } from './dom.js';
import { richText } from './rich.js';
import { store } from './store.js';
import { t } from './strings.js';

const fileUrl = (id) => `/sim/files/${encodeURIComponent(id)}`;

function photo(message, act) {
  const best = message.photo[message.photo.length - 1];
  const picture = h('img', { src: fileUrl(best.file_id), alt: t('photo'), width: best.width, height: best.height, loading: 'lazy' });
  return h('button', { type: 'button', class: 'photo', 'aria-label': t('photo'), onclick: () => act.look(picture.src) }, picture);
}

function voice(media) {
  const bars = Array.from({ length: 34 }, (_, i) => h('i', { style: `--i:${i / 34};height:${18 + Math.abs(Math.sin(i * 1.7) * Math.cos(i * 0.6)) * 82}%` }));
  const box = h('div', { class: 'voice' },
    h('button', { type: 'button', class: 'round', 'aria-label': t('voice'), onclick: () => {
      box.classList.remove('playing');
      void box.offsetWidth;
      box.classList.add('playing');
    } }, icon('play', 20)),
    h('div', {}, h('div', { class: 'wave', style: `--length:${media.duration || 5}s` }, bars), h('small', {}, `0:${String(media.duration || 5).padStart(2, '0')}`)));
  return box;
}

function fileCard(media, message) {
  const name = media.file_name || 'file', ending = name.includes('.') ? name.split('.').pop().slice(0, 4) : '';
  const inner = [h('span', { class: 'file-sign', 'aria-hidden': 'true' }, ending || icon('file')),
    h('span', { class: 'file-name' }, h('b', {}, name), h('small', {}, size(media.file_size || 0)))];
  return message.protected ? h('div', { class: 'file' }, inner) : h('a', { class: 'file', href: fileUrl(media.file_id), download: name }, inner);
}

function media(message, act) {
  if (message.photo) return photo(message, act);
  if (message.voice) return voice(message.voice);
  if (message.sticker) return h('div', { class: 'sticker' }, message.sticker.emoji || '🙂');
  for (const kind of ['document', 'video', 'audio', 'animation']) if (message[kind]) return fileCard(message[kind], message);
  if (message.location) {
    const { latitude, longitude } = message.location;
    return h('div', { class: 'map', role: 'img', 'aria-label': t('place') }, h('span', { class: 'map-pin' }, icon('pin', 34)), h('small', {}, `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`));
  }
  if (message.contact) {
    const name = [message.contact.first_name, message.contact.last_name].filter(Boolean).join(' ');
    return h('div', { class: 'contact' }, avatar(name, 'Клиенты'), h('span', {}, h('b', {}, name), h('small', {}, message.contact.phone_number)));
  }
  return null;
}

// A line in the middle of the chat instead of a bubble, or null.
export function serviceLine(message) {
  if (message.users_shared) {
    const names = message.users_shared.users.map((u) => [u.first_name, u.last_name].filter(Boolean).join(' ') || u.user_id);
    return `${t('sharedUsers')}: ${names.join(', ')}`;
  }
  if (message.forum_topic_created) return `${t('topicMade')}: ${message.forum_topic_created.name}`;
  return null;
}

function meta(message, own) {
  return h('span', { class: 'meta' },
    message.protected && h('span', { title: t('protected'), role: 'img', 'aria-label': t('protected') }, icon('lock', 12)),
    message.edited && h('span', {}, t('edited')),
    h('time', {}, clockTime(message.date)),
    own && h('span', { class: 'ticks', 'aria-hidden': 'true' }, icon('check', 14), icon('check', 14)));
}

function quote(message, act) {
  if (!message.reply_to) return null;
  const who = message.reply_from_bot === undefined ? '' : message.reply_from_bot ? store.bot.first_name : t('you');
  return h('button', { type: 'button', class: 'quote', onclick: () => act.jump(message.reply_to) },
    who && h('b', {}, who), h('span', {}, message.reply_preview || t('deletedQuote')));
}

function keyboard(message, act) {
  if (!message.buttons) return null;
  return h('div', { class: 'inline-keyboard' }, message.buttons.map((row, r) => h('div', { class: 'row' }, row.map((button, c) => {
    const node = h('button', { type: 'button', class: 'key' + (button.style ? ' key-' + button.style : ''), onclick: () => act.press(message, button, r, c, node) },
      h('span', {}, button.text), (button.url || button.web_app) && icon('out', 14));
    return node;
  }))));
}

function handles(message, own, act) {
  const can = [['reply', t('reply'), () => act.reply(message)]];
  if (!own) can.push(['react', t('react'), () => act.react(message)]);
  if (own && message.text && !message.photo) can.push(['edit', t('edit'), () => act.edit(message)]);
  return h('div', { class: 'handles' }, can.map(([name, label, onclick]) =>
    h('button', { type: 'button', 'aria-label': label, title: label, onclick }, name === 'react' ? '👍' : icon(name, 18))));
}

// `block` is { messages: [...], own, tail, name, group }: several messages only for an album.
export function bubble(block, act) {
  const first = block.messages[0], last = block.messages[block.messages.length - 1];
  const album = block.messages.length > 1;
  const worded = album ? block.messages.find((m) => m.text) : first;
  const text = worded && worded.text ? h('div', { class: 'text' }, richText(worded.text, worded.entities, act), h('span', { class: 'meta-room', 'aria-hidden': 'true' })) : null;
  const pictures = block.messages.filter((m) => m.photo).length;
  const content = album && pictures === block.messages.length
    ? h('div', { class: `album album-${Math.min(pictures, 4)}` }, block.messages.map((m) => photo(m, act)))
    : block.messages.map((m) => media(m, act));
  const bare = first.sticker ? ' bare' : pictures && !text ? ' only-photo' : '';
  const reactions = block.messages.flatMap((m) => m.reactions || []);
  const box = h('div', { class: 'bubble' + bare + (pictures ? ' has-photo' : '') },
    block.name && h('b', { class: 'author', style: `--tone:${hue(block.group) ?? 215}` }, block.name),
    first.topic && h('span', { class: 'topic' }, first.topic),
    first.forward && h('small', { class: 'forwarded' }, `${t('forwarded')} ${first.forward.sender_user?.first_name || ''}`),
    quote(first, act), content, text, 
    reactions.length > 0 && h('div', { class: 'reactions' }, reactions.map((r) => h('span', { class: r.from_bot ? '' : 'mine' }, r.emoji))),
    meta(album ? last : first, block.own));
  return h('article', { class: `message ${block.own ? 'own' : 'theirs'}${block.tail ? ' tail' : ''}`, id: '', 'data-id': first.message_id },
    h('div', { class: 'line' }, box, handles(first, block.own, act)), keyboard(last, act));
}
