// shelf.js - the telephones side by side: how many are seen, whose chat each shows, which one is in hand
import { Phone } from './phone.js';

export const PHONES_MAX = 3;
const WIDTHS = ['(min-width: 0px)', '(min-width: 761px)', '(min-width: 1320px)']; // from which so many find room
const AT_FIRST = '(min-width: 1080px)'; // two at once, without being asked

export class Shelf {
  constructor(stage, host, memory) {
    this.stage = stage;
    this.memory = memory;
    this.phones = Array.from({ length: PHONES_MAX }, () => new Phone(host));
    this.hands = [...this.phones]; // the one in hand first, then the one before
    stage.querySelector('.phones').append(...this.phones.map((phone) => phone.node));
    const wanted = Number(memory.read('phones')) || (matchMedia(AT_FIRST).matches ? 2 : 1);
    this.show(wanted);
    WIDTHS.forEach((width) => matchMedia(width).addEventListener('change', () => this.show(this.wanted)));
  }

  get active() {
    return this.hands[0];
  }

  get room() {
    return WIDTHS.filter((width) => matchMedia(width).matches).length;
  }

  get seen() {
    return this.phones.slice(0, this.count);
  }

  openIds() {
    return this.seen.map((phone) => phone.chatId);
  }

  // So many telephones, as far as there is room.
  show(wanted) {
    this.wanted = Math.min(Math.max(wanted, 1), PHONES_MAX);
    this.count = Math.min(this.wanted, this.room);
    this.stage.dataset.phones = String(this.count);
    if (!this.seen.includes(this.active)) this.focus(this.phones[0]);
    this.memory.write('phones', String(this.wanted));
  }

  more() {
    this.show(this.count % this.room + 1);
  }

  focus(phone) {
    this.hands = [phone, ...this.hands.filter((other) => other !== phone)];
    this.phones.forEach((other) => other.node.classList.toggle('active', other === phone));
  }

  // In the telephone that shows it already, in a vacant one, or in the one in hand; beside: never in that one.
  open(id, beside) {
    if (beside && this.seen.every((phone) => phone.chatId !== null && phone.chatId !== id)) this.show(this.count + 1);
    const idle = this.hands.findLast((phone) => this.seen.includes(phone));
    const phone = this.seen.find((one) => one.chatId === id) || this.seen.find((one) => one.chatId === null) || (beside ? idle : this.active);
    phone.show(id);
    this.focus(phone);
    this.remember();
    return phone;
  }

  // Those on the right move up.
  close(phone) {
    const ids = this.openIds().filter((id) => id !== phone.chatId);
    this.show(this.count - 1);
    this.put(ids);
  }

  put(ids) {
    this.phones.forEach((phone, n) => phone.show(ids[n] ?? null));
    this.remember();
  }

  remember() {
    this.memory.write('open', JSON.stringify(this.openIds()));
  }

  remembered() {
    try { return JSON.parse(this.memory.read('open')) || []; } catch { return []; } // nothing was
  }
}
