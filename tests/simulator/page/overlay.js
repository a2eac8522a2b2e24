// overlay.js - toasts, alerts, notes and dialogs
import { h } from './dom.js';
import { t } from './strings.js';

// The grey pill that answers a press.
export function toast(place, text) {
  const node = h('div', { class: 'toast' }, text);
  place.replaceChildren(node);
  setTimeout(() => node.classList.add('gone'), 2800 + text.length * 25);
  setTimeout(() => node.remove(), 3300 + text.length * 25);
}

// The box one has to acknowledge; content may be an element instead of text.
export function alertBox(phone, text, content) {
  const before = document.activeElement;
  const close = () => {
    box.remove();
    before?.focus?.();
  };
  const button = h('button', { type: 'button', class: 'plain', onclick: close }, t('ok'));
  const box = h('div', { class: 'alert-back', onclick: (event) => event.target === box && close(), onkeydown: (event) => event.key === 'Escape' && close() },
    h('div', { class: 'alert' + (content ? ' wide' : ''), role: 'alertdialog', 'aria-modal': 'true' }, content || h('p', {}, text), h('div', { class: 'alert-end' }, button)));
  phone.append(box);
  button.focus();
}

// A line at the bottom of the page, about the page itself.
export function note(text) {
  const node = h('div', { class: 'note' }, text);
  document.getElementById('notes').append(node);
  setTimeout(() => node.remove(), 5000);
}

// A modal dialog with a form; resolves to its values, or null when it was closed.
export function ask(title, hint, fields, okLabel) {
  return new Promise((resolve) => {
    const form = h('form', { method: 'dialog' }, h('h2', {}, title), hint && h('p', { class: 'hint' }, hint), fields,
      h('div', { class: 'dialog-end' }, h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, t('cancel')),
        okLabel && h('button', { type: 'submit', class: 'primary', value: 'ok' }, okLabel)));
    const dialog = h('dialog', { class: 'dialog', 'aria-label': title, onclose: () => {
      resolve(dialog.returnValue ? { value: dialog.returnValue, form: Object.fromEntries(new FormData(form)), data: new FormData(form) } : null);
      dialog.remove();
    }, onclick: (event) => event.target === dialog && dialog.close() }, form);
    document.body.append(dialog);
    dialog.showModal();
  });
}
