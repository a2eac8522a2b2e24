// store.js - what the page knows of the world, kept fresh by one long poll

export const store = {
  chats: new Map(),    // chat_id -> summary
  messages: new Map(), // chat_id -> Map(message_id -> message), only of chats that were opened
  bot: { first_name: 'ITSupport', username: '', descriptions: {} },
  seq: 0, epoch: 0, now: Date.now() / 1000, nowAt: performance.now(), online: true,
};

const listeners = new Set();
export const onChange = (fn) => listeners.add(fn);
const tell = (changed) => listeners.forEach((fn) => fn(changed));

export async function get(path) {
  const answer = await fetch('/sim' + path);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || body.output || answer.status);
  return body;
}

export async function post(path, wish) {
  const answer = await fetch('/sim' + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wish) });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || body.output || answer.status);
  return body;
}

// Unix seconds on the test clock, now.
export const testNow = () => store.now + (performance.now() - store.nowAt) / 1000;

export function setNow(now) {
  store.now = now;
  store.nowAt = performance.now();
}

function keep(message) {
  const list = store.messages.get(message.chat_id);
  if (!list) return;
  if (message.deleted) list.delete(message.message_id);
  else list.set(message.message_id, message);
}

const loading = new Map();

export function loadChat(id) {
  if (!loading.has(id)) {
    loading.set(id, get(`/chats/${id}`).then((answer) => {
      store.messages.set(id, new Map(answer.messages.map((m) => [m.message_id, m])));
      tell(new Set([id]));
    }).finally(() => loading.delete(id)));
  }
  return loading.get(id);
}

async function follow() {
  const answer = await get(`/feed?after=${store.seq}&epoch=${store.epoch}`);
  const changed = new Set();
  if (store.epoch && answer.epoch !== store.epoch) {
    store.chats.clear();
    store.messages.clear();
  }
  setNow(answer.now);
  store.epoch = answer.epoch;
  store.seq = answer.seq;
  for (const chat of answer.chats) {
    chat.typingUntil = chat.typing_ms ? performance.now() + chat.typing_ms : 0;
    store.chats.set(chat.chat_id, chat);
    changed.add(chat.chat_id);
  }
  answer.messages.forEach(keep);
  if (answer.reload) [...store.messages.keys()].forEach((id) => loadChat(id).catch(() => {}));
  tell(changed);
}

export async function run() {
  try {
    store.bot = await get('/bot');
  } catch { /* the loop below will say so */ }
  for (;;) {
    try {
      await follow();
      if (!store.online) {
        store.online = true;
        store.bot = await get('/bot');
        tell(new Set());
      }
    } catch {
      if (store.online) {
        store.online = false;
        tell(new Set());
      }
      await new Promise((wake) => setTimeout(wake, 1500));
    }
  }
}
