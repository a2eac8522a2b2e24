// strings.js - every sentence of the page, in Russian and English

const table = {
  note: ['демонстрация: побудьте любым из участников', 'demo: be anybody you like'],
  search: ['Поиск', 'Search'],
  addPerson: ['Новый человек', 'New person'],
  useLink: ['Открыть ссылку-приглашение', 'Open an invite link'],
  phones: ['Телефоны рядом: один, два, три', 'Phones side by side: one, two, three'],
  theme: ['Светлая или тёмная тема', 'Light or dark'],
  language: ['English', 'По-русски'],
  nobody: ['Здесь пока никого нет', 'Nobody is here yet'],
  nobodyHint: ['Добавьте человека и откройте от его имени ссылку-приглашение.', 'Add a person and open an invite link in their name.'],
  choose: ['Выберите, чьими глазами смотреть', 'Choose whose phone to look at'],
  chooseHint: ['Слева участники. Откройте клиента и подрядчика рядом и отправьте первую заявку.', 'The people are on the left. Open a client and a contractor side by side and send the first order.'],
  beside: ['Открыть рядом', 'Open beside'],
  back: ['К списку людей', 'Back to the list'],
  bot: ['бот', 'bot'],
  typing: ['печатает', 'typing'],
  blockedBot: ['бот заблокирован', 'the bot is blocked'],
  gone: ['аккаунт удалён', 'account deleted'],
  notStarted: ['ещё не нажимал «Старт»', 'has not pressed Start'],
  start: ['Запустить', 'Start'],
  restart: ['Разблокировать', 'Unblock'],
  whatCan: ['Что умеет этот бот?', 'What can this bot do?'],
  noDescription: ['Нажмите «Запустить», чтобы начать разговор.', 'Press Start to begin.'],
  message: ['Сообщение', 'Message'],
  sendIt: ['Отправить', 'Send'],
  attach: ['Прикрепить', 'Attach'],
  menu: ['Меню', 'Menu'],
  commands: ['Команды', 'Commands'],
  noCommands: ['Бот не назвал команд', 'The bot names no commands'],
  photo: ['Фото', 'Photo'],
  samplePhoto: ['Фото-образец', 'Sample photo'],
  file: ['Файл', 'File'],
  voice: ['Голосовое', 'Voice message'],
  place: ['Геопозиция', 'Location'],
  contact: ['Свой контакт', 'My contact'],
  keyboard: ['Клавиатура бота', "The bot's keyboard"],
  reply: ['Ответить', 'Reply'],
  react: ['Поставить реакцию', 'React'],
  edit: ['Изменить', 'Edit'],
  remove: ['Удалить', 'Delete'],
  cancel: ['Отмена', 'Cancel'],
  edited: ['изменено', 'edited'],
  protected: ['Нельзя переслать', 'Cannot be forwarded'],
  deletedQuote: ['Удалённое сообщение', 'Deleted message'],
  forwarded: ['Переслано от', 'Forwarded from'],
  spoiler: ['Показать скрытый текст', 'Show hidden text'],
  you: ['Вы', 'You'],
  ok: ['ОК', 'OK'],
  toBottom: ['Вниз', 'To the bottom'],
  today: ['Сегодня', 'Today'],
  block: ['Заблокировать бота', 'Block the bot'],
  unblock: ['Разблокировать бота', 'Unblock the bot'],
  speakAs: ['Говорит', 'Speaking'],
  more: ['Ещё', 'More'],
  closePhone: ['Закрыть телефон', 'Close this phone'],
  testTime: ['Время стенда', 'Test time'],
  m5: ['+5 мин', '+5 min'],
  m15: ['+15 мин', '+15 min'],
  h1: ['+1 ч', '+1 h'],
  d1: ['+1 день', '+1 day'],
  custom: ['Другое…', 'Other…'],
  customHint: ['Насколько перевести часы вперёд: 45m, 3h, 2d', 'How far to move the clock: 45m, 3h, 2d'],
  advance: ['Перевести', 'Move'],
  moving: ['Часы переводятся…', 'Moving the clock…'],
  moved: ['Часы переведены', 'The clock was moved'],
  notMoved: ['Часы перевести не удалось', 'The clock could not be moved'],
  firstName: ['Имя', 'First name'],
  lastName: ['Фамилия', 'Last name'],
  heading: ['Кто это', 'Who it is'],
  hisLanguage: ['Язык Telegram', 'Telegram language'],
  add: ['Добавить', 'Add'],
  linkField: ['Ссылка или код приглашения', 'Invite link or code'],
  whoStarts: ['Кто нажимает «Старт»?', 'Who presses Start?'],
  whoStartsHint: ['Бот узнает этого человека по приглашению.', 'The bot will know this person by the invitation.'],
  pickPeople: ['Кого выбрать?', 'Whom to choose?'],
  done: ['Готово', 'Done'],
  lost: ['Нет связи с симулятором, пробую ещё раз…', 'The simulator does not answer, trying again…'],
  failed: ['Не получилось', 'That did not work'],
  webApp: ['Откроется в приложении Telegram', 'Opens inside Telegram'],
  copied: ['Скопировано', 'Copied'],
  members: ['участников', 'members'],
  pinned: ['Закреплённое сообщение', 'Pinned message'],
  sharedUsers: ['Выбраны люди', 'People chosen'],
  topicMade: ['Создана тема', 'Topic created'],
  noAnswer: ['Бот не ответил на нажатие', 'The bot did not answer the press'],
};

// Headings and titles that come from the outside in Russian.
const words = {
  'Владелец': 'Owner', 'Владельцы': 'Owners', 'Менеджеры': 'Managers', 'Подрядчики': 'Contractors', 'Клиенты': 'Clients',
  'Посторонние': 'Outsiders', 'Группы': 'Groups', 'Менеджер': 'Manager', 'Подрядчик': 'Contractor', 'Клиент': 'Client',
  'Посторонний': 'Outsider', 'Прочие': 'Others',
};

const read = (key) => {
  try { return localStorage.getItem(key); } catch { return null; }
};

let current = read('lang') || 'ru';

export const lang = () => current;

export function setLang(value) {
  current = value;
  try { localStorage.setItem('lang', value); } catch { /* a private window */ }
  document.documentElement.lang = value;
}

export const t = (key) => table[key][current === 'ru' ? 0 : 1];

export function translate(title) {
  if (current === 'ru' || !title) return title;
  return title.replace(/^[А-Яа-яё]+/, (word) => words[word] || word);
}
