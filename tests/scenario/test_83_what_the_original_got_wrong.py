"""Goal: none of the thirteen things that the system this one replaces got wrong goes wrong here; one test each

Each is short; most are proved in depth elsewhere. The first line of a test says what used to happen.
"""
import datetime
import re

import pytest

from harness.waiting import wait_until

from .company import FAST, PAID, WAIT_S, Company, Panel, at_once

TARIFF = {"name": "Час", "orders_per_month": 100, "reaction_minutes": 60, "price_minor": 0, "may_pin": True, "sees_contacts": False,
          "open_orders": 50, "rate_minor": None, "on_sale": True}
TELEGRAM_LONGEST = 4096
ENGINES = 2
HOUR_MS = 3600 * 1000


@pytest.fixture(scope="module")
def company(suite, company):
    with Panel(suite) as panel:
        company.tariff_id = panel.ask("POST", "tariffs", TARIFF)["id"]
        panel.set(CONTRACTOR_MAX_ORDERS=20, OFFER_WAVE=1000)
    company.owner = company.joins(1, "Владелец", "owner")
    company.manager = company.joins(2, "Менеджер 1", "manager")
    company.client, = company.crowd_joins(101, ["Клиент 1"], "client", tariff_id=company.tariff_id)
    company.workers = company.crowd_joins(201, ["Подрядчик 1", "Подрядчик 2", "Подрядчик 3"], "contractor")
    return company


def do(bus, kind, person, **body):
    answer = bus.ask(kind, body, f"tg:{person.id}")
    assert answer["outcome"] == "ok", answer
    return answer


def ordered(bus, client, text="Нужен баннер"):
    return do(bus, "order.create", client, text=text)["order_id"]


def closed(bus, client, worker):
    order = ordered(bus, client)
    do(bus, "order.take", worker, order_id=order, estimate_minutes=60)
    do(bus, "order.finish", worker, order_id=order, text="Готово")
    do(bus, "order.accept", client, order_id=order)
    return order


def cancelled(bus, client, order):
    do(bus, "order.cancel", client, order_id=order)


def number_of(suite, person):
    return suite.value("select id from people where telegram_id = %s", person.id)


def minutes_until_due(suite, order, clock):
    """When each step of a clock is due, in minutes from its start."""
    return dict(suite.query("""
        select d.step, round(extract(epoch from d.due_at - c.started_at) / 60)::integer
        from deadlines d join clock_runs c using (order_id, clock, run) where order_id = %s and clock = %s""", order, clock))


def test_01_parameters_are_obeyed(new_suite):
    """All five parameters were silently ignored, the defaults always applied."""
    suite = new_suite(env=FAST)
    company = Company(suite)
    client = company.joins(11, "Клиент 1", "client", tariff="VIP", paid_until=PAID)
    worker = company.joins(12, "Подрядчик 1", "contractor")
    for name, value in {"ASSIGNED_CONTRACTORS_TIME_LIMIT": 30, "INFORM_MANAGER_CREATED_PROJECT_LIMIT": 50,
                        "INFORM_MANAGER_IN_WORK_PROJECT_LIMIT": 60, "ORDER_RATE": 650, "BILLING_DAY": 15}.items():
        suite.ctl("parameter", name, value)
    order = company.orders(client, "По новым правилам")
    assert suite.value("select shares from clock_runs where order_id = %s", order) == [30, 50, 100]
    assert minutes_until_due(suite, order, "reaction")["alert"] == 30
    company.takes(worker, order, hours=3)
    assert minutes_until_due(suite, order, "work")["alert"] == 108
    assert suite.value("select rate_minor from orders where id = %s", order) == 65000
    company.finishes(worker, order, "Готово")
    company.accepted(client, order)
    suite.ctl.advance("35d")
    company.orders(client, "В следующем месяце")
    starts = suite.query("select extract(day from starts_at at time zone 'Europe/Moscow')::integer from billing_months order by starts_at")
    assert starts[-1] == (15,), "the running month ends as it began, the next begins on the new day"


def test_02_who_blocked_the_bot_stops_nobody(suite, company, bus):
    """One recipient who blocked the bot stopped everybody else's notification and made the first ones be sent again each minute."""
    first, blocked, last = company.workers
    blocked.block()
    order = ordered(bus, company.client, "Один заблокировал бота")
    for worker in (first, last):
        worker.wait_for(f"№{order}")
    suite.ctl.advance("3m")
    company.wait_settled()
    for worker in (first, last):
        assert len([m for m in worker.bot_messages() if m.text.startswith("🆕") and f"№{order}" in m.text]) == 1
    blocked.unblock()
    wait_until(lambda: suite.value("select reachable from people where telegram_id = %s", blocked.id), WAIT_S, "the return to be known")
    cancelled(bus, company.client, order)


def test_03_a_freed_username_opens_nothing(suite, company):
    """Roles could be taken over by registering a freed @username."""
    suite.sim.person(2, "Менеджер 1", username="the_boss")
    company.manager.say("/menu")
    suite.sim.person(2, "Менеджер 1", username="")
    stranger = suite.sim.person(901, "Чужой", username="the_boss", language_code="ru")
    stranger.start()
    assert "по приглашен" in stranger.wait_for(regex="приглаш").text
    mark = stranger.mark()
    stranger.say("/board")
    assert not re.search("№|Доска", stranger.wait_for(after=mark).text)
    assert not suite.query("select 1 from people where telegram_id = 901")


def test_04_one_order_has_one_contractor(suite, company, bus):
    """Two contractors could take one order; a mailing that ended later wrote its stale copy back and undid a take."""
    with Panel(suite) as panel:
        panel.set(OFFER_WAVE=1)  # the others are to be told 15 s and 30 s later
    order = ordered(bus, company.client, "Двое хотят")
    answers = bus.ask_all([("order.take", {"order_id": order, "estimate_minutes": 60}, f"tg:{w.id}") for w in company.workers], engines=2)
    assert sorted(a["outcome"] for a in answers) == ["ok", "refused", "refused"]
    assert {a["refusal"] for a in answers if a["outcome"] == "refused"} == {"taken_already"}
    holder = company.workers[[a["outcome"] for a in answers].index("ok")]
    suite.ctl.advance("1m")
    company.wait_settled()
    assert suite.query("select state, contractor_id from orders where id = %s", order) == [("in_work", number_of(suite, holder))]
    assert suite.value("select count(*) from order_events where order_id = %s and event = 'take'", order) == 1
    still = [w.name for w in company.workers for m in w.bot_messages() if m.press_named("take") == f"take:{order}"]
    assert not still, "what is taken is offered to nobody"
    with Panel(suite) as panel:
        panel.set(OFFER_WAVE=1000)
    do(bus, "order.finish", holder, order_id=order, text="Готово")


def test_05_who_has_not_paid_cannot_order(suite, company, bus):
    """Unpaid accounts could order."""
    yesterday = (datetime.date.today() - datetime.timedelta(days=2)).isoformat()
    debtor = company.joins(111, "Клиент 2", "client", tariff="Стандарт", paid_until=yesterday)
    answer = bus.ask("order.create", {"text": "В долг"}, f"tg:{debtor.id}")
    assert (answer["outcome"], answer["refusal"]) == ("refused", "subscription_ended")
    assert company.order_of("В долг") is None


def test_06_the_promised_time_is_the_tariffs_reaction_time(suite, company, bus):
    """The promised time was computed from the wrong field."""
    for number, (tariff, hours) in enumerate({"Эконом": 24, "Стандарт": 1}.items(), 121):
        client = company.joins(number, f"Клиент {number}", "client", tariff=tariff, paid_until=PAID)
        answer = do(bus, "order.create", client, text=f"К какому часу? {tariff}")
        created = suite.value("select ms(created_at) from orders where id = %s", answer["order_id"])
        assert answer["due_at"] - created == hours * HOUR_MS
        clock = suite.value("select to_char(at_ms(%s) at time zone 'Europe/Moscow', 'HH24:MI')", answer["due_at"])
        client.wait_for(clock)
        cancelled(bus, client, answer["order_id"])


def test_07_work_is_late_by_its_own_estimate(suite, company, bus):
    """Late work was measured against a fixed 24 h, not the estimate."""
    order, worker = ordered(bus, company.client, "К сроку"), company.workers[0]
    do(bus, "order.take", worker, order_id=order, estimate_minutes=120)
    assert minutes_until_due(suite, order, "work") == {"remind": 90, "alert": 114, "breach": 120}
    suite.ctl.advance("121m")
    company.client.wait_for(f"№{order} опаздывает")
    assert suite.value("select work_breached_at is not null from orders where id = %s", order)
    do(bus, "order.finish", worker, order_id=order, text="Готово")


def test_08_secrets_lie_nowhere_in_the_clear(suite, company):
    """Credentials lay in plain text. What waits is sealed, what is handed over is stored sealed only, and no log knows a word."""
    secret = "pa55-phrase-of-a-site"
    for number in (1, 2):
        suite[f"order-engine@{number}"].kill()
    company.client.say(f"Логин admin, пароль {secret}")
    wait_until(lambda: suite.value("select count(*) from inbox") or company.client.last(), WAIT_S, "the message to be set aside or answered")
    assert not [sealed for (sealed,) in suite.query("select sealed from inbox") if secret.encode() in bytes(sealed)]
    for number in (1, 2):
        suite.restart(f"order-engine@{number}")
    suite.sim.wait_handled()
    company.wait_settled()
    assert suite.query("select column_name from information_schema.columns where table_name = 'credentials' and data_type in ('text', 'jsonb')") == []
    readers = suite.query("""select grantee from information_schema.role_table_grants
                             where table_name = 'credentials' and privilege_type = 'SELECT' and grantee like 'itsupport-%%'""")
    assert readers == [("itsupport-order-engine",)]
    assert not [name for name, process in suite.processes.items() if name != "telegram-simulator" and secret in process.log()]


def test_09_sums_agree_and_the_past_stays(suite, company, bus):
    """Cancelled orders burnt quota and counted as earned; sums differed; a new rate rewrote past months; borders were off by the UTC offset."""
    client = company.joins(131, "Клиент 3", "client", tariff="Стандарт", paid_until=PAID)
    worker = company.joins(231, "Подрядчик 4", "contractor")
    account = suite.value("select account_id from account_people where person_id = %s", number_of(suite, client))
    cancelled(bus, client, ordered(bus, client))
    assert suite.value("select sum(amount) from quota_entries where account_id = %s", account) == 0
    closed(bus, client, worker)
    suite.ctl("parameter", "ORDER_RATE", 900)
    earned = suite.query("select amount_minor from payout_entries where contractor_id = %s", number_of(suite, worker))
    assert earned == [(50000,)]
    mark, seen = worker.mark(), company.owner.mark()
    worker.say("/menu")
    worker.tap("earnings")
    company.owner.say("/menu")
    company.owner.tap("report")
    company.owner.tap("payouts", company.owner.see("payouts", after=seen))
    assert re.search(r"\b500\b", worker.wait_for(regex="500", after=mark).text)
    report = company.owner.wait_for(regex="Подрядчик 4", after=seen).text
    assert re.search(r"Подрядчик 4.*\b500\b", report), report
    assert suite.query("select distinct to_char(starts_at at time zone 'Europe/Moscow', 'DD HH24:MI') from billing_months") == [("01 00:00",)]
    suite.ctl("parameter", "ORDER_RATE", 500)


def test_10_a_pinned_contractor_is_first_indeed(suite, company, bus):
    """The pin only changed who was told first, anybody could take the order from the list."""
    pinned, other = company.workers[0], company.workers[1]
    closed(bus, company.client, pinned)
    do(bus, "pin.add", company.client, contractor_id=number_of(suite, pinned))
    order = ordered(bus, company.client, "Только своему")
    answer = bus.ask("order.take", {"order_id": order, "estimate_minutes": 60}, f"tg:{other.id}")
    assert (answer["outcome"], answer["refusal"]) == ("refused", "not_offered")
    mark = other.mark()
    other.say("/open")
    assert f"№{order}" not in other.wait_for(regex="брать нечего|можно взять", after=mark).text
    do(bus, "order.take", pinned, order_id=order, estimate_minutes=60)
    do(bus, "order.finish", pinned, order_id=order, text="Готово")
    do(bus, "pin.remove", company.client, contractor_id=number_of(suite, pinned))


def test_11_removing_a_contractor_strands_nothing(suite, company, bus):
    """Removing a contractor stranded the order."""
    leaver = company.joins(241, "Подрядчик 5", "contractor")
    order = ordered(bus, company.client, "Кто доделает?")
    do(bus, "order.take", leaver, order_id=order, estimate_minutes=60)
    company.wait_settled()
    mark = company.workers[2].mark()
    do(bus, "person.remove", company.owner, person_id=number_of(suite, leaver), role="contractor")
    assert suite.query("select state, contractor_id, offer_open from orders where id = %s", order) == [("new", None, True)]
    company.workers[2].wait_for(f"№{order}", after=mark)
    do(bus, "order.take", company.workers[2], order_id=order, estimate_minutes=60)
    do(bus, "order.finish", company.workers[2], order_id=order, text="Готово")


def test_12_alerts_come_until_somebody_is_on_it(suite, company, bus):
    """Alerts came once, in one message over Telegram's length limit, and not at all if there was no manager."""
    orders = [ordered(bus, company.client, f"Длинная задача {n}: " + "очень подробно " * 200) for n in range(3)]
    rounds = company.manager.mark()
    suite.ctl.advance("58m")
    suite.ctl.advance("14m")
    suite.ctl.advance("10m")
    company.wait_settled()
    for order in orders:
        assert suite.value("select repeats from alerts where order_id = %s and cause = 'not_taken'", order) >= 2
    told = [m for m in suite.sim.sent() if m["method"] == "sendMessage" and m["chat_id"] == company.manager.id and m["message_id"] > rounds]
    assert len(told) >= 2 and all(len(m["text"].encode("utf-16-le")) // 2 <= TELEGRAM_LONGEST for m in told)
    for order in orders:
        cancelled(bus, company.client, order)

    company.manager.block()
    nobody_there = ordered(bus, company.client, "Менеджера нет")
    mark = company.owner.mark()
    suite.ctl.advance("58m")
    company.owner.wait_for(f"№{nobody_there}", after=mark)
    company.manager.unblock()
    cancelled(bus, company.client, nobody_there)


def test_13_buttons_are_answered_and_drafts_outlive_the_process(suite, company):
    """Buttons were never answered, drafts died with the process, anything but text was ignored."""
    client = company.joins(141, "Клиент 4", "client", tariff="Стандарт", paid_until=PAID)
    client.say("Скажите, вы тут?")  # out of the blue: it was never said to be part of an order
    client.see("place_new")
    mark = client.mark()
    client.say("/new")
    client.wait_for(after=mark)
    client.say("Черновик переживёт")
    client.see("send", after=mark)
    suite.sim.wait_handled()
    suite.kill("bot-gateway")
    suite.restart("bot-gateway")
    client.say(photo=True)
    suite.sim.wait_handled()
    assert client.tap("send")["answered"], client.messages()[-5:]
    order = wait_until(lambda: company.order_of("Черновик переживёт"), WAIT_S, "the order")
    files = suite.value("select sum(cardinality(files)) from order_messages where order_id = %s", order)
    assert files == 1, "the photo belongs to the order"
    answers = at_once([lambda data=data: client.press_data(data, client.last(), stale=True) for data in (f"order:{order}", "no_such_button:7")])
    assert all(answer["answered"] for answer in answers)


def test_the_books_are_in_order(suite, company):
    company.wait_settled()
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout
