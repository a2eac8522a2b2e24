"""cast.py - who is in the demo, and what they have ordered so far; tables only"""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Member:
    id: int  # Telegram's
    name: str
    role: str
    group: str  # heading on the simulator's page
    tariff: str = ""


# Called by role and number: nobody here is anybody.
OWNERS = [Member(100001, "Владелец", "owner", "Владелец")]
MANAGERS = [Member(200000 + n, f"Менеджер {n}", "manager", "Менеджеры") for n in (1, 2)]
CONTRACTORS = [Member(300000 + n, f"Подрядчик {n}", "contractor", "Подрядчики") for n in range(1, 21)]
CLIENTS = [Member(400000 + n, f"Клиент {n}", "client", f"Клиенты · {tariff}", tariff)
           for n, tariff in enumerate(["Эконом", "Эконом", "Стандарт", "Стандарт", "VIP", "VIP"], 1)]
EVERYBODY = OWNERS + MANAGERS + CONTRACTORS + CLIENTS
MANAGERS_GROUP = -500001  # a chat of the owner and the managers
MANAGERS_GROUP_TITLE = "Менеджеры"


@dataclasses.dataclass(frozen=True)
class Story:
    """One order. It goes on until its words run out: without a contractor it waits, without a report it is in work."""
    client: int  # number
    text: str
    contractor: int = 0
    hours: int = 0
    question: str = ""
    answer: str = ""
    report: str = ""
    stars: int = 0


@dataclasses.dataclass(frozen=True)
class Letter:
    """What a client writes to the managers, about no order; it waits for whoever plays one of them."""
    client: int  # number
    text: str


@dataclasses.dataclass(frozen=True)
class Past:
    """An order of the weeks before: when it came, how long it waited, what was promised, how long it really took."""
    days: int  # before today
    hour: int
    client: int
    contractor: int
    text: str
    waited: int = 10  # minutes until it was taken
    hours: int = 2    # promised
    worked: int = 90  # minutes
    stars: int = 5


PAST_DAYS = 64  # at least one whole billing month lies in the past
PAST_PEOPLE = {"contractor": 5, "client": 6, "manager": 2, "owner": 1}  # so many of each were there from the beginning

FILTER = "Добавьте, пожалуйста, фильтр товаров по цвету"
EXPORT = "Нужно выгрузить остатки в Excel"
UPLOAD = "Нужно загрузить новые товары из таблицы"
BANNER = "Нужен баннер с акцией на главную страницу"
REPAIR = "Не работает форма обратной связи"

HISTORY = [
    Past(62, 10, 5, 1, FILTER, hours=3, worked=150),
    Past(61, 14, 3, 2, EXPORT, waited=25),
    Past(59, 11, 6, 3, BANNER, hours=4, worked=200, stars=4),
    Past(55, 16, 4, 1, REPAIR, waited=70, hours=1, worked=40, stars=4),
    Past(52, 12, 5, 4, UPLOAD, hours=6, worked=300),
    Past(48, 10, 1, 2, EXPORT, waited=180),
    Past(47, 15, 3, 3, BANNER, hours=3, worked=170),
    Past(43, 11, 6, 1, REPAIR, hours=1, worked=75, stars=4),
    Past(40, 13, 2, 5, UPLOAD, waited=240, hours=4, worked=180),
    Past(38, 17, 5, 1, BANNER, hours=3, worked=120),
    Past(34, 10, 4, 2, FILTER, waited=35, hours=4, worked=220, stars=4),
    Past(31, 12, 6, 4, EXPORT),
    Past(29, 11, 3, 3, REPAIR, waited=15, hours=1, worked=50),
    Past(26, 14, 5, 1, UPLOAD, hours=6, worked=260),
    Past(24, 10, 1, 5, BANNER, waited=120, hours=3, worked=150),
    Past(20, 16, 4, 2, REPAIR, waited=20, hours=1, worked=55),
    Past(19, 11, 6, 1, FILTER, hours=4, worked=260, stars=4),
    Past(16, 15, 3, 4, EXPORT, waited=50),
    Past(12, 10, 5, 3, BANNER, hours=3, worked=140),
    Past(10, 12, 2, 2, UPLOAD, waited=300, hours=6, worked=240),
    Past(6, 13, 6, 1, REPAIR, hours=1, worked=45),
    Past(5, 11, 4, 5, FILTER, waited=30, hours=3, worked=160),
    Past(3, 14, 3, 2, BANNER, waited=12, hours=3, worked=130),
]

# The first ones close before the clock moves on, so that nothing in the demo begins late.
STORIES = [
    Story(5, "Здравствуйте, нужно добавить в интернет-магазин фильтр товаров по цвету", 1, 3,
          report="Фильтр по цвету работает в каталоге и в поиске. Цвета берутся из карточек товаров.", stars=5),
    Story(3, "Здравствуйте, нужно выгрузить товары с сайта в Excel-таблице", 2, 2,
          question="Нужны ли в таблице ссылки на фотографии?", answer="Да, добавьте, пожалуйста, отдельным столбцом",
          report="Выгрузка готова: 1240 товаров, фотографии ссылками в последнем столбце.", stars=4),
    Story(6, "Здравствуйте, нужно загрузить 450 SKU на сайт из Excel таблицы", 3, 4,
          report="Загружено 450 из 450. Три товара были без цены, они скрыты до проверки."),
    Story(5, "Здравствуйте, хочу провести на сайте акцию, хочу разместить баннер и добавить функционал, чтобы впридачу к "
             "акционным товарам выдавался подарок", 4, 8),
    Story(4, "Здравствуйте, нужно выгрузить товары с сайта в Excel-таблице", 5, 3,
          question="Пришлите, пожалуйста, список нужных категорий"),
    Story(2, "Здравствуйте, нужно загрузить 450 SKU на сайт из Excel таблицы"),
]
LETTERS = [Letter(3, "Добрый день! Можно ли оплатить подписку сразу за год, и будет ли скидка?")]
CLOCK_AFTER_CLOSED = "40m"
