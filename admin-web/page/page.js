// page.js - keeps the start page fresh: asks /status.json and draws what it says
"use strict";

const REFRESH_MS = 5000;

const TEXTS = {
  ru: {
    orders: "Заказы", daemons: "Процессы", backlog: "Очереди", api: "Описание API", metrics: "Метрики", ready: "Готовность",
    other: "English", otherTag: "en", dark: "Тёмная", light: "Светлая",
    new: "новые", in_work: "в работе", waiting_client: "ждут клиента", done: "ждут приёмки",
    alerts_open: ["Тревоги менеджерам", "стоят сейчас"],
    notices_waiting: ["Уведомления", "ещё не приняты Telegram"],
    replies_waiting: ["Ответы бота", "ещё не приняты Telegram"],
    deadlines_overdue: ["Сроки", "наступили, но не обработаны"],
    updates_waiting: ["Сообщения Telegram", "отложены и ждут своей очереди"],
    updates_parked: ["Сообщения Telegram с ошибкой", "три попытки не удались, нужен человек"],
    "bot-gateway": "связь с Telegram", "order-engine": "ведёт заказы", "sla-watcher": "следит за сроками", "admin-web": "эта страница и API",
    active: "работает", standby: "в резерве", waiting: "ждёт", silent: "молчит", no_daemons: "Ни один процесс ещё не отчитался.",
    good: ["Всё работает", ""],
    warn: ["Нужно внимание", ""],
    bad_database: ["База данных недоступна", "Заказы не принимаются, пока PostgreSQL не ответит. Ничего не потеряно."],
    bad_engines: ["Нет ни одного order-engine", "Изменения ждут, пока он не запустится."],
    bad_server: ["admin-web не отвечает", "Страница попробует снова сама."],
    warn_daemon: "не на связи: ", warn_parked: "есть сообщения с ошибкой", warn_overdue: "сроки обрабатываются с опозданием",
    updated: "обновлено в", units: ["д", "ч", "мин", "с"], no: "нет",
  },
  en: {
    orders: "Orders", daemons: "Processes", backlog: "Queues", api: "API description", metrics: "Metrics", ready: "Readiness",
    other: "Русский", otherTag: "ru", dark: "Dark", light: "Light",
    new: "new", in_work: "in work", waiting_client: "wait for the client", done: "wait for acceptance",
    alerts_open: ["Alerts to managers", "standing now"],
    notices_waiting: ["Notices", "not yet taken by Telegram"],
    replies_waiting: ["The bot's replies", "not yet taken by Telegram"],
    deadlines_overdue: ["Deadlines", "due and not handled yet"],
    updates_waiting: ["Telegram messages", "set aside, waiting for their turn"],
    updates_parked: ["Telegram messages that fail", "three attempts failed, somebody should look"],
    "bot-gateway": "speaks with Telegram", "order-engine": "keeps the orders", "sla-watcher": "watches the clocks", "admin-web": "this page and the API",
    active: "active", standby: "on standby", waiting: "waiting", silent: "silent", no_daemons: "No process has reported yet.",
    good: ["Everything works", ""],
    warn: ["Something needs a look", ""],
    bad_database: ["The database is away", "No order is taken until PostgreSQL answers. Nothing is lost."],
    bad_engines: ["There is no order-engine", "Changes wait until one is started."],
    bad_server: ["admin-web does not answer", "This page tries again by itself."],
    warn_daemon: "not heard of: ", warn_parked: "some messages fail", warn_overdue: "deadlines are handled late",
    updated: "updated at", units: ["d", "h", "min", "s"], no: "none",
  },
};

// What a figure of the queues means when it is not 0.
const TONES = {alerts_open: "warn", deadlines_overdue: "warn", updates_parked: "bad"};

const store = {
  get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* a private window: nothing is kept */ } },
};

const byId = (id) => document.getElementById(id);
const language = () => store.get("language") || "ru";
const texts = () => TEXTS[language()];

let last = null; // the newest status; undefined: the server does not answer

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function duration(seconds) {
  const units = texts().units;
  const parts = [[86400, units[0]], [3600, units[1]], [60, units[2]], [1, units[3]]];
  const first = parts.findIndex(([size]) => seconds >= size);
  if (first < 0) return `0 ${units[3]}`;
  return parts.slice(first, first + 2).map(([size, unit], i) => {
    const count = Math.floor((i ? seconds % parts[first][0] : seconds) / size);
    return count || !i ? `${count} ${unit}` : "";
  }).join(" ").trim();
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// Several instances of a daemon count as there while one of them is.
function missingDaemons(daemons) {
  const names = [...new Set(daemons.map((d) => d.daemon))];
  return names.filter((name) => !daemons.some((d) => d.daemon === name && d.alive));
}

function verdict(status) {
  const t = texts();
  if (status === undefined) return ["bad", t.bad_server];
  if (!status.database) return ["bad", t.bad_database];
  if (!status.engines) return ["bad", t.bad_engines];
  const reasons = [];
  const missing = missingDaemons(status.daemons);
  if (missing.length) reasons.push(t.warn_daemon + missing.join(", "));
  if (status.backlog.updates_parked) reasons.push(t.warn_parked);
  if (status.backlog.deadlines_overdue) reasons.push(t.warn_overdue);
  return reasons.length ? ["warn", [t.warn[0], capital(reasons.join("; "))]] : ["good", t.good];
}

function daemonRow(daemon) {
  const t = texts();
  const alive = daemon.alive;
  const word = t[daemon.state] || (daemon.state.startsWith("waiting") ? t.waiting : daemon.state);
  const row = element("li", "",
    element("span", "lamp"),
    element("b", "", daemon.instance === "1" ? daemon.daemon : `${daemon.daemon} · ${daemon.instance}`,
      element("small", "", `${t[daemon.daemon]} · ${daemon.version}`)),
    element("span", "aside", alive ? word : `${t.silent} ${duration(daemon.silent_s)}`, element("small", "", runs(daemon))));
  row.dataset.tone = !alive ? "bad" : daemon.state.startsWith("waiting") ? "warn" : "good";
  return row;
}

function runs(daemon) {
  if (!daemon.alive) return "";
  return duration(Math.max(0, (Date.parse(last.at) - Date.parse(daemon.since)) / 1000 | 0));
}

function backlogRow([name, count]) {
  const [title, meaning] = texts()[name] || [name, ""];
  const row = element("li", "",
    element("span", "lamp"),
    element("b", "", title, element("small", "", meaning)),
    element("span", count ? "aside figure" : "aside", count ? String(count) : texts().no));
  row.dataset.tone = count ? TONES[name] || "wait" : "good";
  return row;
}

function orderTile(state) {
  const known = last && last.orders;
  return element("div", "tile", element("b", "", known ? String(last.orders[state]) : "–"), element("span", "", texts()[state]));
}

function drawLists() {
  const daemons = (last && last.daemons) || [];
  const backlog = Object.entries((last && last.backlog) || {});
  byId("orders").replaceChildren(...["new", "in_work", "waiting_client", "done"].map(orderTile));
  byId("daemons").replaceChildren(...(daemons.length ? daemons.map(daemonRow) : [element("li", "nothing", texts().no_daemons)]));
  byId("backlog").replaceChildren(...(backlog.length ? backlog.map(backlogRow) : [element("li", "nothing", "–")]));
}

function draw() {
  const t = texts();
  document.documentElement.lang = language();
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = t[node.dataset.text];
  byId("language").textContent = t.other;
  byId("language").lang = t.otherTag;
  byId("theme").textContent = isDark() ? t.light : t.dark;
  if (last === null) return;
  const [tone, [title, text]] = verdict(last);
  byId("verdict").dataset.tone = tone;
  byId("verdict-title").textContent = title;
  byId("verdict-text").textContent = text;
  byId("version").textContent = last ? last.version : "";
  byId("updated").textContent = `${t.updated} ${new Date().toLocaleTimeString(language())}`;
  drawLists();
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

async function refresh() {
  try {
    const answer = await fetch("/status.json", {cache: "no-store"});
    last = answer.ok ? await answer.json() : undefined;
  } catch {
    last = undefined;
  }
  draw();
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  store.set("theme", theme);
  draw();
}

if (store.get("theme")) document.documentElement.dataset.theme = store.get("theme");
byId("theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
byId("language").addEventListener("click", () => {
  store.set("language", texts().otherTag);
  draw();
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
setInterval(() => { if (!document.hidden) refresh(); }, REFRESH_MS);
draw();
refresh();
