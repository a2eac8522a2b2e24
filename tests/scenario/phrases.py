"""phrases.py - what people press, read and write, in both languages of the bot

    phrase = Phrases("ru")
    client.press(phrase("New order"), client.wait_for(phrase("Main menu")))
    client.wait_for(phrase("{n} orders are left", n=14))

A phrase is called by its English, as in the bot's own sources, with the Russian beside it. It is as much of what the bot says as
matters, written down once more: were it taken from the catalogue, a wrong translation would go unnoticed.
"""
import re

LANGUAGES = ("ru", "en")

# English, Russian; what stands in {braces} is filled in
ROWS = (
    # ---- they meet ----
    ("You have been invited", "Вас пригласили"),
    ("I agree", "Согласен"),
    ("You are a client now", "Вы теперь клиент"),
    ("You are a contractor now", "Вы теперь подрядчик"),
    ("You are a manager now", "Вы теперь менеджер"),
    ("You are an owner now", "Вы теперь владелец"),
    ("How it goes", "Как это работает"),
    ("orders left till {until}: {n}", "до {until} осталось заказов: {n}"),
    ("{who} has joined: {role}", "С вами теперь {who}: {role}"),
    ("has been used already", "уже воспользовались"),
    ("Until I am back", "Пока не вернусь"),

    # ---- the main menu ----
    ("Main menu", "Главное меню"),
    ("New order", "Новый заказ"),
    ("My orders", "Мои заказы"),
    ("Tariff", "Тариф"),
    ("Pinned contractors", "Закреплённые подрядчики"),
    ("Open orders", "Открытые заказы"),
    ("My work", "Моя работа"),
    ("Earnings", "Заработок"),
    ("Board", "Доска"),
    ("Contractors", "Подрядчики"),
    ("People", "Люди"),
    ("Invite", "Пригласить"),
    ("Reports", "Отчёты"),

    # ---- an invitation ----
    ("For which role", "Для какой роли"),
    ("client", "клиент"),
    ("contractor", "подрядчик"),
    ("manager", "менеджер"),
    ("Which tariff", "На каком тарифе"),
    ("What is the client account called", "Как называется клиент"),
    ("A year", "Год"),

    # ---- an order, as its client sees it ----
    ("A new order", "Новый заказ"),
    ("Not now", "Не сейчас"),
    ("Send", "Отправить"),
    ("We will take it by", "Возьмём в работу до"),
    ("{n} orders are left", "осталось {n} заказов"),
    ("is taken.", "взят в работу."),
    ("the contractor asks", "подрядчик спрашивает"),
    ("is assigned to a contractor", "назначен подрядчик"),
    ("the estimate is {time}", "срок — {time}"),
    ("is done", "выполнен"),
    ("Pinned", "Закреплён"),

    # ---- an order, as contractors see it ----
    ("Take it", "Взять"),
    ("{n} h", "{n} ч"),
    ("Attachments", "Вложения"),
    ("The order is yours", "Заказ ваш"),
    ("Already taken at", "Уже взят в"),
    ("Ask the client", "Спросить клиента"),
    ("Write your question", "Напишите вопрос"),
    ("Hand the work over", "Сдать работу"),
    ("what was done", "что сделано"),
    ("Your earnings", "Ваш заработок"),
    ("has pinned you", "закрепил вас"),
    ("Nothing to take", "брать нечего"),
    ("Orders you can take", "Заказы, которые можно взять"),
    ("is not open to you yet", "вам пока не открыт"),
    ("is assigned to you", "назначен вам"),
    ("Name the time", "Назвать срок"),

    # ---- an order, as managers see it ----
    ("the work runs late", "работа затягивается"),
    ("nobody has taken it", "никто не берёт"),
    ("Free contractors: {n}", "Свободных подрядчиков: {n}"),
    ("I am on it", "Я занимаюсь"),
    ("{who} is on it since {at}", "Взял {who}, {at}"),
    ("Assign a contractor", "Назначить подрядчика"),
    ("Who takes order №{order}", "Кому отдать заказ №{order}"),
    ("Assigned", "Назначено"),

    # ---- reports ----
    ("Report", "Отчёт"),
    ("Orders: {n}", "Заказов: {n}"),
    ("Taken in time: {share} ({kept} of {all})", "Взято в срок: {share} ({kept} из {all})"),
    ("Payouts", "Выплаты"),

    # ---- who they are, and what they write themselves ----
    ("Owner", "Владелец"),
    ("Client {n}", "Клиент {n}"),
    ("Contractor {n}", "Подрядчик {n}"),
    ("Manager {n}", "Менеджер {n}"),
    ("Somebody", "Кто-то"),
    ("Daisy", "Ромашка"),
    ("Products need a filter by colour", "Нужен фильтр товаров по цвету"),
    ("Products are wanted as a table", "Нужно выгрузить товары в таблицу"),
    ("The front page needs a banner", "Нужен баннер на главную"),
    ("Which colours shall it show?", "Какие цвета показывать?"),
    ("Only those in stock", "Только те, что есть на складе"),
    ("The filter works in catalogue and search", "Фильтр работает в каталоге и в поиске"),
    ("Here is the table", "Выгрузил"),
)


class Phrases:
    """phrase("New order"): in one language."""

    def __init__(self, language):
        self.language = language
        self._words = {english: {"en": english, "ru": russian}[language] for english, russian in ROWS}

    def __call__(self, english, **holes):
        assert english in self._words, f"there is no phrase {english!r} in the table of tests/scenario/phrases.py"
        return self._words[english].format(**holes)


# ---- words of the other language ----

# What may stand in the other script, whatever the language: names, and what people type.
ANYWHERE = re.compile(r"https?://\S+|t\.me/\S+|/[a-z]+\b|@\w+|\bTelegram\b|\bXLSX\b|\bVIP\b|\bQR\b|\bExcel\b|\bSKU\b|\bUTC\b|English|Русский")
FOREIGN = {"ru": re.compile(r"[A-Za-z]{2,}(?:[ _][A-Za-z]+)*"), "en": re.compile(r"[А-Яа-яЁё]+(?: [А-Яа-яЁё]+)*")}


def names_of(suite):
    """What the installation itself calls things, in whatever language: they are no words of the bot's. The longest first."""
    rows = suite.query("select name from tariffs union select text from example_orders")
    return sorted((row[0] for row in rows), key=len, reverse=True)


def without_names(words, names):
    """The bot's own words."""
    rest = ANYWHERE.sub("", words)
    for name in names:
        rest = rest.replace(name, "")
    return rest


def foreign_words(language, own_words):
    """Those of the other language."""
    return FOREIGN[language].findall(own_words)
