"""Goal: whoever is removed strands nothing: orders go on, pay stays, the last owner stays, and a role can be given back"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S, Panel

ENGINES = 2
OWNER, OWNER2, MANAGER = 1, 2, 31
TARIFF = {"name": "Без границ", "orders_per_month": 100, "reaction_minutes": 60, "price_minor": 0, "may_pin": True,
          "sees_contacts": False, "open_orders": 1000, "rate_minor": 50000, "on_sale": True}


@pytest.fixture(scope="module")
def company(suite, company):
    with Panel(suite) as panel:
        company.tariff_id = panel.ask("POST", "tariffs", TARIFF)["id"]
        panel.set(CONTRACTOR_MAX_ORDERS=20)
    company.owner = company.joins(OWNER, "Владелец", "owner")
    company.manager = company.joins(MANAGER, "Менеджер 1", "manager")
    return company


@pytest.fixture
def cast(suite, company):
    """A client of a new account and two contractors, as persons of the simulator."""
    number = suite.value("select count(*) from people") * 10
    client, = company.crowd_joins(1000 + number, [f"Клиент {number}"], "client", tariff_id=company.tariff_id)
    workers = company.crowd_joins(2000 + number, [f"Подрядчик {number}", f"Подрядчик {number + 1}"], "contractor")
    return client, *workers


def number_of(suite, person):
    return suite.value("select id from people where telegram_id = %s", person if isinstance(person, int) else person.id)


def change(suite, bus, what, person, role, actor=OWNER):
    return bus.ask(f"person.{what}", {"person_id": number_of(suite, person), "role": role}, f"tg:{actor}")


def do(bus, kind, person, order=None, **body):
    answer = bus.ask(kind, {**({"order_id": order} if order else {}), **body}, f"tg:{person.id}")
    assert answer["outcome"] == "ok", answer
    return answer.get("order_id")


def ordered(bus, client, worker=None, done=False):
    order = do(bus, "order.create", client, text="Нужен баннер")
    if worker:
        do(bus, "order.take", worker, order, estimate_minutes=60)
    if done:
        do(bus, "order.finish", worker, order, text="Готово")
    return order


def last_event(suite, order):
    return suite.query("select event, role, actor_id, to_state from order_events where order_id = %s order by version desc limit 1", order)[0]


def clean(suite):
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


# ---- contractors ----

def test_a_removed_contractor_strands_nothing(suite, company, bus, cast):
    client, ivan, petr = cast
    closed = ordered(bus, client, ivan, done=True)
    do(bus, "order.accept", client, closed)
    do(bus, "pin.add", client, contractor_id=number_of(suite, ivan))
    finished, working, asking = (ordered(bus, client, ivan, done=done) for done in (True, False, False))
    do(bus, "order.ask", ivan, asking, text="Какого цвета?")
    company.wait_settled()
    before = petr.mark()

    removed = change(suite, bus, "remove", ivan, "contractor")
    assert removed["outcome"] == "ok" and removed["person_id"] == number_of(suite, ivan)
    for order in working, asking:
        assert last_event(suite, order) == ("release", "system", None, "new")
        assert suite.query("select contractor_id, offer_open from orders where id = %s", order) == [(None, True)]
    assert company.state(finished) == "done", "what is done stays"
    petr.wait_for(f"№{working}", after=before)
    petr.wait_for(f"№{asking}", after=before)
    assert suite.value("select count(*) from pins where contractor_id = %s", number_of(suite, ivan)) == 0
    assert not suite.value("select bool_or(person_id = %s) from notices where kind = 'offer' and order_id = %s and order_version > 1",
                           number_of(suite, ivan), working)
    do(bus, "order.accept", client, finished)
    assert suite.value("select contractor_id from payout_entries where order_id = %s", finished) == number_of(suite, ivan), "and is paid to who did it"
    audit = suite.query("select actor, detail ->> 'role', (detail ->> 'orders')::integer from audit where action = 'person.remove' and subject = %s",
                        f"person:{number_of(suite, ivan)}")
    assert audit == [(f"tg:{OWNER}", "contractor", 2)]
    clean(suite)


def test_the_removed_read_that_the_bot_is_by_invitation(suite, company, bus, cast):
    client, ivan, _ = cast
    order = ordered(bus, client)
    company.wait_settled()
    assert change(suite, bus, "remove", ivan, "contractor")["outcome"] == "ok"
    press = ivan.press_data(f"take_for:{order}:3", ivan.last(), stale=True, wait=0)
    answer = suite.sim.get(f"callbacks/{press['callback_id']}", wait=30)
    assert "приглаш" in answer["text"].lower() and company.state(order) == "new"
    before = ivan.mark()
    ivan.say("Что случилось?")
    ivan.wait_for("приглаш", after=before)
    assert bus.ask("order.take", {"order_id": order, "estimate_minutes": 60}, f"tg:{ivan.id}")["refusal"] == "not_invited"


def test_a_role_is_given_back(suite, company, bus, cast):
    client, ivan, _ = cast
    assert change(suite, bus, "restore", ivan, "contractor")["refusal"] == "role_held"
    assert change(suite, bus, "restore", ivan, "manager")["refusal"] == "role_not_held", "only what one had before"
    change(suite, bus, "remove", ivan, "contractor")
    assert change(suite, bus, "remove", ivan, "contractor")["refusal"] == "role_not_held"
    before = ivan.mark()
    assert change(suite, bus, "restore", ivan, "contractor")["outcome"] == "ok"
    ivan.wait_for("подрядчик", after=before)
    assert company.state(ordered(bus, client, ivan)) == "in_work"


# ---- clients ----

def test_the_others_of_an_account_go_on(suite, company, bus, cast):
    client, ivan, _ = cast
    account = suite.value("select account_id from person_facts where telegram_id = %s", client.id)
    other = company.joins(client.id + 5, "Коллега", "client", account=suite.value("select name from accounts where id = %s", account))
    waiting, working = ordered(bus, client), ordered(bus, client, ivan)
    assert change(suite, bus, "remove", client, "client")["outcome"] == "ok"
    assert (company.state(waiting), company.state(working)) == ("new", "in_work")
    do(bus, "order.finish", ivan, working, text="Готово")
    other.wait_for(f"№{working}")
    assert suite.query("select person_id from notices where order_id = %s and kind = 'order_done'", working) == [(number_of(suite, other),)]
    do(bus, "order.accept", other, working)
    assert bus.ask("order.create", {"text": "x"}, f"tg:{client.id}")["refusal"] == "not_invited"
    assert change(suite, bus, "restore", client, "client")["outcome"] == "ok"
    do(bus, "order.cancel", client, waiting)
    clean(suite)


def test_with_nobody_left_what_is_new_is_cancelled(suite, company, bus, cast):
    client, ivan, _ = cast
    account = suite.value("select account_id from person_facts where telegram_id = %s", client.id)
    waiting, working = ordered(bus, client), ordered(bus, client, ivan)
    quota = suite.value("select quota_left from account_quota where account_id = %s", account)
    assert change(suite, bus, "remove", client, "client")["outcome"] == "ok"
    assert last_event(suite, waiting) == ("cancel", "system", None, "cancelled")
    assert suite.value("select quota_left from account_quota where account_id = %s", account) == quota + 1
    company.manager.wait_for(f"№{waiting}")
    do(bus, "order.ask", ivan, working, text="Какого цвета?")
    assert suite.query("select cause from alerts where order_id = %s and solved_at is null", working) == [("no_answer",)], "managers know at once"
    do(bus, "order.answer", company.manager, working, text="Синего")
    do(bus, "order.finish", ivan, working, text="Готово")
    do(bus, "order.accept", company.manager, working)
    clean(suite)


def test_a_client_of_one_account_only(suite, company, bus, cast):
    client, ivan, petr = cast
    token = bus.ask("invite.create", {"role": "client", "tariff_id": company.tariff_id, "paid_until": PAID}, f"tg:{OWNER}")["token"]
    joining = {"token": token, "name": "Клиент", "privacy_version": 1}
    assert bus.ask("person.join", joining, f"tg:{client.id}")["refusal"] in ("in_account", "has_role")
    assert bus.ask("person.join", joining, f"tg:{ivan.id}")["outcome"] == "ok", "a contractor may be a client too"
    order = ordered(bus, ivan)
    assert bus.ask("order.take", {"order_id": order, "estimate_minutes": 60}, f"tg:{ivan.id}")["refusal"] == "own_account"
    assert bus.ask("order.assign", {"order_id": order, "contractor_id": number_of(suite, ivan)}, f"tg:{OWNER}")["refusal"] == "own_account"
    offered = {row[0] for row in suite.query("select person_id from notices where order_id = %s and kind = 'offer'", order)}
    assert number_of(suite, petr) in offered and number_of(suite, ivan) not in offered
    assert change(suite, bus, "remove", ivan, "contractor")["outcome"] == "ok"
    assert suite.value("select roles from person_facts where telegram_id = %s", ivan.id) == 1, "the other role stays"
    do(bus, "order.cancel", ivan, order)


# ---- owners and managers ----

def test_only_an_owner_removes(suite, company, bus, cast):
    client, ivan, _ = cast
    for actor in MANAGER, client.id, ivan.id:
        assert change(suite, bus, "remove", ivan, "contractor", actor)["refusal"] == "not_your_role"
    assert change(suite, bus, "remove", ivan, "captain")["refusal"] == "bad_value"
    assert bus.ask("person.remove", {"person_id": 10 ** 9, "role": "client"}, f"tg:{OWNER}")["refusal"] == "role_not_held"


def test_the_last_owner_stays(suite, company, bus):
    assert change(suite, bus, "remove", OWNER, "owner")["refusal"] == "last_owner"
    company.joins(OWNER2, "Второй владелец", "owner")
    first, second = number_of(suite, OWNER), number_of(suite, OWNER2)
    for _ in range(20):
        answers = bus.ask_all([("person.remove", {"person_id": second, "role": "owner"}, f"tg:{OWNER}"),
                               ("person.remove", {"person_id": first, "role": "owner"}, f"tg:{OWNER2}")], engines=2)
        assert sorted(answer["outcome"] for answer in answers) == ["ok", "refused"], answers
        owners = suite.query("select telegram_id from person_facts where roles & 8 > 0")
        assert len(owners) == 1
        gone = second if owners == [(OWNER,)] else first
        assert bus.ask("person.restore", {"person_id": gone, "role": "owner"}, f"tg:{owners[0][0]}")["outcome"] == "ok"


def test_a_removed_manager_is_on_no_alert(suite, company, bus, cast):
    client, *_ = cast
    manager = company.joins(client.id + 7, "Менеджер 2", "manager")
    order = ordered(bus, client)
    suite.ctl.advance("58m")
    company.wait_settled()
    alert = suite.value("select id from alerts where order_id = %s", order)
    do(bus, "alert.acknowledge", manager, order, alert_id=alert)
    assert change(suite, bus, "remove", manager, "manager")["outcome"] == "ok"
    wait_until(lambda: suite.value("select acknowledged_by is null from alerts where id = %s", alert), WAIT_S, "the alert to reopen")
