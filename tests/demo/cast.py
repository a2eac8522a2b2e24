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
    Story(1, "Здравствуйте, нужно загрузить 450 SKU на сайт из Excel таблицы"),
]
CLOCK_AFTER_CLOSED = "40m"
