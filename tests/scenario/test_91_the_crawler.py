"""Goal: whoever presses whatever can be reached from /start is answered, in one language, and always finds a way on"""
import pytest

from .bus import BusClient
from .company import PAID, Panel, at_once
from .crawler import NOT_PRESSED, Crawler, press_actions
from .phrases import names_of

TARIFF = {"name": "Τιμή", "orders_per_month": 1000, "reaction_minutes": 60, "price_minor": 100000, "may_pin": True,
          "sees_contacts": True, "open_orders": 1000, "rate_minor": 50000, "on_sale": True}
KEEPER = 1  # an owner who is not crawled: whatever the others do, somebody keeps the keys
LANGUAGES = {"ru": 1000, "en": 2000}
# Who is crawled, in this order: who changes most comes last; how many screens there are for them at least, and presses at most
CAST = {"stranger": (3, 20), "removed": (3, 20), "invited": (4, 20), "client": (35, 160), "contractor": (35, 160), "manager": (40, 260),
        "several": (40, 100), "owner": (45, 200)}
UNPRESSED_MOST = 30  # of all buttons: what is left when presses come to an end differs from run to run


class World:
    """Everybody twice, a Russian and an English one, and orders in every state."""

    def __init__(self, suite, bus):
        self.suite, self.bus, self.people = suite, bus, {}
        suite.sim.limits(on=False)
        with Panel(suite) as panel:
            self.tariff = panel.ask("POST", "tariffs", TARIFF)["id"]
            panel.set(CONTRACTOR_MAX_ORDERS=20)
        self.joins(KEEPER, "owner", suite.ctl.invite("owner").partition("start=")[2], "ru")
        for language, first in LANGUAGES.items():
            self.settle_in(language, first)

    def must(self, kind, actor, order=None, **body):
        answer = self.bus.ask(kind, {**({"order_id": order} if order else {}), **body}, f"tg:{actor}")
        assert answer["outcome"] == "ok", (kind, actor, answer)
        return answer

    def invite(self, role, **client):
        return self.must("invite.create", KEEPER, role=role, **client)["token"]

    def person(self, number, language):
        self.people[number] = self.suite.sim.person(number, f"Πρόσωπο {number}", language_code=language, started=True)
        return self.people[number]

    def joins(self, number, role, token, language):
        self.person(number, language)
        self.must("person.join", number, token=token, name=f"Πρόσωπο {number}", privacy_version=1, language=language)
        return self.suite.value("select id from people where telegram_id = %s", number)

    def settle_in(self, language, first):
        stranger, removed, invited, client, contractor, manager, several, owner, other, applicant = range(first, first + 10)
        self.person(stranger, language)
        gone = self.joins(removed, "contractor", self.invite("contractor"), language)
        self.must("person.remove", KEEPER, person_id=gone, role="contractor")
        self.person(invited, language).start(self.invite("contractor"))
        account = {"tariff_id": self.tariff, "paid_until": PAID}
        self.joins(client, "client", self.invite("client", account_name=f"Λογαριασμός {first}", **account), language)
        number = self.joins(contractor, "contractor", self.invite("contractor"), language)
        self.joins(other, "contractor", self.invite("contractor"), language)
        self.joins(manager, "manager", self.invite("manager"), language)
        self.joins(several, "client", self.invite("client", account_name=f"Λογαριασμός {first + 1}", **account), language)
        for role in "contractor", "manager":
            self.must("person.add", KEEPER, telegram_id=several, role=role)
        self.joins(owner, "owner", self.invite("owner"), language)
        for who in client, several:
            self.brings_orders(who, contractor, number, manager)
        self.brings_orders(client, several, None, manager)
        self.must("upgrade.request", client)
        self.must("managers.write", client, text="Παρακαλώ")
        self.person(applicant, language)
        for role, who in ("client", applicant), ("contractor", applicant + 1):
            self.must("application.send", who, role=role, name=f"Πρόσωπο {who}", privacy_version=1, words="Γεια", language=language)

    def brings_orders(self, client, contractor, number, manager):
        def new():
            return self.must("order.create", client, text="Παρακαλώ")["order_id"]

        def taken(minutes=60):
            order = new()
            self.must("order.take", contractor, order, estimate_minutes=minutes)
            return order

        def done():
            order = taken()
            self.must("order.finish", contractor, order, text="Έτοιμο")
            return order
        new(), new(), taken(), taken(600)
        self.must("order.ask", contractor, taken(), text="Τι;")
        done(), done()
        self.must("order.accept", client, done())
        self.must("order.accept", client, done(), rating=5, text="Ευχαριστώ")
        self.must("order.cancel", client, new())
        self.must("order.complain", client, taken(600), text="Αργεί")
        if number:
            self.must("order.assign", manager, new(), contractor_id=number)


@pytest.fixture(scope="module")
def world(suite):
    with BusClient(suite.folder / "bus") as bus:
        bus.wait_engines(1)
        made = World(suite, bus)
    suite.ctl.advance("58m")
    return made


@pytest.fixture(scope="module")
def names(suite):
    return names_of(suite)


@pytest.fixture(scope="module")
def pressed():
    """Names of buttons, by anybody."""
    return set()


@pytest.mark.parametrize("who", CAST)
def test_everything_is_answered(suite, world, names, pressed, who):
    screens, presses = CAST[who]

    def walk(language):
        return Crawler(suite, world.people[LANGUAGES[language] + list(CAST).index(who)], language, names).walk(presses)
    walks = dict(zip(LANGUAGES, at_once([lambda language=language: walk(language) for language in LANGUAGES])))
    for language, done in walks.items():
        print(f"{who} ({language}): {len(done.screens)} screens, {done.presses()} presses, {done.left} left")
        pressed |= set(done.pressed)
    assert not [complaint for done in walks.values() for complaint in done.complaints]
    assert all(len(done.screens) >= screens for done in walks.values()), "somebody did not get far"


def test_nearly_every_button_there_is_has_been_pressed(pressed):
    never = set(press_actions()) - pressed - NOT_PRESSED
    print("never pressed:", *sorted(never))
    assert len(never) <= UNPRESSED_MOST, sorted(never)


def test_telegram_was_asked_nothing_it_does_not_know(suite):
    summary = suite.sim.summary()
    assert not summary.get("violations"), summary
    assert "found: 0" in suite.ctl("check")
