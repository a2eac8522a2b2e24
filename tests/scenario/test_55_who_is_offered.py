"""Goal: the pinned alone see and take an order until the last of them drops out; nobody is bothered twice; who is free hears what waits"""
import json

import pytest

from harness.waiting import wait_until

from .bus import BusClient
from .company import WAIT_S, Panel, at_once

ENGINES = 2
PINNED, SECOND, OTHER = 101, 102, 103


@pytest.fixture(scope="module")
def company(suite, company):
    """Every client has an account of its own, so that orders do not stand in each other's way."""
    with Panel(suite) as panel:
        tariff = panel.ask("POST", "tariffs", {"name": "С закреплением", "orders_per_month": 1000, "reaction_minutes": 600, "price_minor": 0,
                                               "may_pin": True, "sees_contacts": False, "open_orders": 1000, "rate_minor": None,
                                               "on_sale": True})["id"]
    company.client, company.neighbour = company.crowd_joins(11, ["Клиент 1", "Клиент 2"], "client", tariff_id=tariff)
    company.pinned, company.second, company.other = company.crowd_joins(PINNED, ["Подрядчик 1", "Подрядчик 2", "Подрядчик 3"], "contractor")
    company.owner = company.joins(201, "Владелец", "owner")
    return company


@pytest.fixture(scope="module")
def ask(suite, company):
    """A command of somebody's over the bus, whose engines may be killed between two of them; its answer."""
    def ask(person, kind, **body):
        with BusClient(suite.folder / "bus") as bus:
            return bus.ask(kind, body, actor=f"tg:{person.id}")
    return ask


@pytest.fixture(autouse=True)
def everybody_is_free(suite, company, ask):
    """Between the tests: no order is open, all are on duty, nobody is pinned."""
    yield
    for order, state, contractor in suite.query(
            "select o.id, o.state, p.telegram_id from orders o left join people p on p.id = o.contractor_id where o.state <> 'closed' and o.ended_at is null"):
        for client in (company.client, company.neighbour):
            if state == "new":
                ask(client, "order.cancel", order_id=order)
        if state == "in_work":
            for person in (company.pinned, company.second, company.other):
                if person.id == contractor:
                    ask(person, "order.finish", order_id=order, text="готово")
        for client in (company.client, company.neighbour):
            ask(client, "order.accept", order_id=order)
    for person in (company.pinned, company.second, company.other):
        ask(person, "person.set_duty", on_duty=True)
    suite.query("delete from pins")
    assert "found: 0" in suite.ctl("check")


def pin(suite, client, *contractors):
    for contractor in contractors:
        suite.query("insert into pins select a.account_id, p.id, now() from people c join account_people a on a.person_id = c.id, people p "
                    "where c.telegram_id = %s and p.telegram_id = %s", client.id, contractor.id)


def create(ask, client, text="нужна помощь", **more):
    answer = ask(client, "order.create", text=text, **more)
    assert answer["outcome"] == "ok", answer
    return answer["order_id"]


def take(ask, person, order):
    answer = ask(person, "order.take", order_id=order, estimate_minutes=60)
    return answer.get("refusal", "taken")


def instant(suite, later):
    return suite.value("select (extract(epoch from suite_now() + %s::interval) * 1000)::bigint", later)


def told(suite, kind, order=None):
    """Telegram ids of those who were told, as often as they were."""
    return [row[0] for row in suite.query(
        "select p.telegram_id from notices n join people p on p.id = n.person_id where n.kind = %s and (%s::bigint is null or n.order_id = %s) "
        "and n.withdrawn_at is null order by p.telegram_id", kind, order, order)]


def follows(suite, person_id):
    return [row[0] for row in suite.query("select f.category_id from person_categories f join people p on p.id = f.person_id "
                                          "where p.telegram_id = %s order by 1", person_id)]


def is_open(suite, order):
    return suite.value("select offer_open from orders where id = %s", order)


def wait_open(suite, order):
    wait_until(lambda: is_open(suite, order), WAIT_S, f"order {order} to open to all")
    assert suite.value("select at < (select created_at from orders where id = order_id) + interval '1 minute' from order_events "
                       "where order_id = %s and event = 'open_offer'", order), "long before the window's share"


def sees_in_list(person, order):
    before = person.mark()
    person.say("/open")
    return f"№{order}" in person.wait_for(regex="^🕐 (Заказы|Сейчас)", after=before).text


# ---- the reservation and its early end ----

def test_the_pinned_alone_see_and_take_it(suite, company, ask):
    pin(suite, company.client, company.pinned, company.second)
    order = create(ask, company.client)
    assert told(suite, "offer", order) == [PINNED, SECOND]
    assert sees_in_list(company.pinned, order) and not sees_in_list(company.other, order)
    assert take(ask, company.other, order) == "not_offered"
    assert ask(company.other, "offer.decline", order_id=order)["refusal"] == "not_offered"
    assert take(ask, company.second, order) == "taken"


def test_it_opens_when_the_last_of_them_declines(suite, company, ask):
    pin(suite, company.client, company.pinned, company.second)
    order = create(ask, company.client)
    assert ask(company.pinned, "offer.decline", order_id=order)["outcome"] == "ok"
    company.suite.sim.wait_handled(WAIT_S)
    assert not is_open(suite, order), "another of the pinned is still free"
    assert ask(company.second, "offer.decline", order_id=order)["outcome"] == "ok"
    wait_open(suite, order)
    assert told(suite, "offer", order) == [OTHER], "the decliners' pushes are withdrawn, nobody is pushed it twice"
    assert take(ask, company.pinned, order) == "taken", "who has declined may take it all the same"


def test_it_opens_when_they_go_off_duty_or_take_another(suite, company, ask):
    pin(suite, company.client, company.pinned, company.second)
    order, another = create(ask, company.client), create(ask, company.neighbour)
    assert take(ask, company.pinned, another) == "taken", "at the own limit now"
    assert not is_open(suite, order)
    ask(company.second, "person.set_duty", on_duty=False)
    wait_open(suite, order)
    ask(company.second, "person.set_duty", on_duty=True)
    assert is_open(suite, order), "it never closes again"


def test_it_opens_when_they_cannot_be_reached(suite, company, ask):
    pin(suite, company.client, company.pinned)
    order = create(ask, company.client)
    ask(company.pinned, "person.reachable", reachable=False)
    wait_open(suite, order)
    ask(company.pinned, "person.reachable", reachable=True)


def test_it_opens_when_they_are_removed(suite, company, ask):
    contractor = {"person_id": suite.value("select id from people where telegram_id = %s", PINNED), "role": "contractor"}
    pin(suite, company.client, company.pinned)
    order = create(ask, company.client)
    assert ask(company.owner, "person.remove", **contractor)["outcome"] == "ok"
    wait_open(suite, order)
    assert ask(company.owner, "person.restore", **contractor)["outcome"] == "ok"


def test_the_end_of_a_window_survives_everybody(suite, company, ask):
    pin(suite, company.client, company.pinned)
    order = create(ask, company.client)
    suite.kill("sla-watcher")
    ask(company.pinned, "person.set_duty", on_duty=False)
    engines = ["order-engine@1", "order-engine@2"]
    for engine in engines:
        suite.kill(engine)
    assert not is_open(suite, order)
    for engine in engines:
        suite[engine].start()
    suite["sla-watcher"].start()
    suite.wait_ready()
    wait_open(suite, order)


def test_it_opens_when_the_limit_is_lowered(suite, company, ask):
    with Panel(suite) as panel:
        panel.set(CONTRACTOR_MAX_ORDERS=2)
        assert take(ask, company.pinned, create(ask, company.neighbour)) == "taken"
        pin(suite, company.client, company.pinned)
        order = create(ask, company.client)
        assert not is_open(suite, order)
        panel.set(CONTRACTOR_MAX_ORDERS=1)
        wait_open(suite, order)


@pytest.mark.parametrize("number", range(5))
def test_two_who_go_at_once_do_not_wait_for_each_other(suite, company, ask, number):
    """Each of two engines sees one of the pinned leave; the later of them must see the other gone too."""
    def leaves(person):
        with BusClient(suite.folder / "bus", f"bot-gateway@trial{person.id}") as bus:
            return bus.ask("person.set_duty", {"on_duty": False}, actor=f"tg:{person.id}")["outcome"]
    pin(suite, company.client, company.pinned, company.second)
    order = create(ask, company.client)
    assert at_once([lambda: leaves(company.pinned), lambda: leaves(company.second)]) == ["ok", "ok"]
    wait_open(suite, order)


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("second_goes_by", ["person.remove", "person.set_duty"])
def test_nor_do_two_of_whom_one_is_removed(suite, company, ask, second_goes_by, number):
    def role(person):
        return {"person_id": suite.value("select id from people where telegram_id = %s", person.id), "role": "contractor"}

    def leaves(person, kind):
        actor, body = (company.owner, role(person)) if kind == "person.remove" else (person, {"on_duty": False})
        with BusClient(suite.folder / "bus", f"bot-gateway@trial{person.id}") as bus:
            return bus.ask(kind, body, actor=f"tg:{actor.id}")["outcome"]
    pin(suite, company.client, company.pinned, company.second)
    order = create(ask, company.client)
    assert at_once([lambda: leaves(company.pinned, "person.remove"), lambda: leaves(company.second, second_goes_by)]) == ["ok", "ok"]
    wait_open(suite, order)
    for person in (company.pinned, company.second):
        ask(company.owner, "person.restore", **role(person))


# ---- pushes ----

def test_pushes_stop_when_it_is_taken(suite, company, ask):
    with Panel(suite) as panel:
        panel.set(OFFER_WAVE=1)
    order = create(ask, company.client)
    assert len(told(suite, "offer", order)) == 3, "three waves"
    first = suite.value("select p.telegram_id from notices n join people p on p.id = n.person_id where n.order_id = %s and n.kind = 'offer' "
                        "and n.not_before is null", order)
    wait_until(lambda: suite.query("select 1 from deliveries d join notices n on n.id = d.notice_id where n.order_id = %s and n.kind = 'offer' "
                                   "and d.state = 'sent'", order), WAIT_S, "the first push")
    taker = next(person for person in (company.pinned, company.second, company.other) if person.id == first)
    assert take(ask, taker, order) == "taken"
    suite.ctl.advance("1m")
    company.wait_settled()
    assert suite.value("select count(*) from deliveries d join notices n on n.id = d.notice_id where n.order_id = %s and n.kind = 'offer' "
                       "and d.state = 'sent'", order) == 1
    with Panel(suite) as panel:
        panel.set(OFFER_WAVE=20)


def test_a_withdrawn_offer_changes_its_card(suite, company, ask):
    order = create(ask, company.client)
    company.other.see(f"take:{order}")
    ask(company.client, "order.cancel", order_id=order)
    wait_until(lambda: not any(message.press_named(f"take:{order}") for message in company.other.bot_messages()), WAIT_S, "the button to go")


def test_a_decliner_sees_it_on_the_card(suite, company, ask):
    order = create(ask, company.client)
    company.other.tap(f"decline:{order}")
    wait_until(lambda: suite.query("select 1 from offer_declines where order_id = %s", order), WAIT_S, "the decline")
    company.other.wait_for(text="Вы отказались")
    company.takes(company.other, order)


def test_followers_are_pushed_and_all_may_take(suite, company, ask):
    assert ask(company.pinned, "person.set_categories", category_ids=["1", "99"])["refusal"] == "no_such_category"
    assert ask(company.client, "person.set_categories", category_ids=["1"])["refusal"] == "not_your_role"
    assert ask(company.client, "order.create", text="помогите", category_id=99)["refusal"] == "no_such_category"
    assert ask(company.pinned, "person.set_categories", category_ids=["1", "2"])["outcome"] == "ok"
    assert ask(company.second, "person.set_categories", category_ids=["3"])["outcome"] == "ok"
    order = create(ask, company.client, category_id=3)
    assert told(suite, "offer", order) == [SECOND, OTHER], "the follower, and who follows none"
    assert sees_in_list(company.pinned, order)
    assert take(ask, company.pinned, order) == "taken"
    for person in (company.pinned, company.second):
        assert ask(person, "person.set_categories")["outcome"] == "ok"


def test_kinds_are_chosen_by_buttons(suite, company):
    company.other.say("/duty")
    company.other.tap("kinds")
    company.other.press("Дизайн")
    company.other.wait_for(button="✅ Дизайн")
    company.other.press("▫️ Сайт")
    company.other.wait_for(button="✅ Сайт")
    assert follows(suite, OTHER) == [1, 3]
    company.client.say("/new")
    company.client.say("нужен логотип")
    company.client.press("🏷 Таблицы")
    company.client.press("🏷 Дизайн")
    company.client.wait_for(button="✅ Дизайн")
    company.client.tap("send")
    order = wait_until(lambda: company.order_of("нужен логотип"), WAIT_S, "the order")
    assert suite.value("select category_id from orders where id = %s", order) == 3
    assert "Дизайн" in company.other.see(f"take:{order}").text
    company.other.press("✅ Дизайн")
    company.other.wait_for(button="▫️ Дизайн")
    company.other.press("✅ Сайт")
    wait_until(lambda: follows(suite, OTHER) == [], WAIT_S, "all again")


# ---- who becomes free ----

def test_who_becomes_free_is_told_of_what_waits(suite, company, ask):
    suite.ctl.advance("2m")
    orders = [create(ask, company.client, f"задача {n}") for n in range(2)]
    assert take(ask, company.other, orders[0]) == "taken"
    before = len(told(suite, "orders_wait"))
    assert ask(company.other, "order.finish", order_id=orders[0], text="готово")["outcome"] == "ok"
    assert len(told(suite, "orders_wait")) == before + 1 and told(suite, "orders_wait")[-1] == OTHER
    assert f"№{orders[1]}" in company.other.wait_for(text="ждут исполнителя").text
    ask(company.other, "person.set_duty", on_duty=False)
    ask(company.other, "person.set_duty", on_duty=True)
    assert len(told(suite, "orders_wait")) == before + 1, "not again within a minute"
    suite.ctl.advance("2m")
    ask(company.other, "person.set_duty", on_duty=True)
    assert len(told(suite, "orders_wait")) == before + 2
    suite.ctl.advance("2m")
    ask(company.other, "offer.decline", order_id=orders[1])
    ask(company.other, "person.set_duty", on_duty=True)
    assert len(told(suite, "orders_wait")) == before + 2, "nothing waits that was not declined"


def test_who_comes_back_as_was_said_is_told_too(suite, company, ask):
    """Nobody presses anything: the watch looks every minute, and soon after its start."""
    suite.ctl.advance("2m")
    create(ask, company.client)
    ask(company.other, "person.set_duty", on_duty=False, away_until=instant(suite, "1 hour"))
    before = told(suite, "orders_wait").count(OTHER)
    suite.ctl.advance("58m")
    assert told(suite, "orders_wait").count(OTHER) == before, "still away"
    suite.ctl.advance("3m")
    suite.restart("sla-watcher")
    wait_until(lambda: told(suite, "orders_wait").count(OTHER) == before + 1, WAIT_S, "to be told")
    assert suite.value("select away_until from people where telegram_id = %s", OTHER) is None
    company.wait_settled()
    assert told(suite, "orders_wait").count(OTHER) == before + 1


# ---- the rate of a waiting order ----

def test_the_rate_grows_while_an_order_waits(suite, company, ask):
    with Panel(suite) as panel:
        panel.set(BONUS_STEP=25, BONUS_MAX=100)
    order = create(ask, company.client)
    suite.ctl.advance("65m")
    assert suite.value("select rate_minor from order_facts where order_id = %s", order) == 55000
    assert take(ask, company.second, order) == "taken"
    suite.ctl.advance("65m")
    assert suite.value("select bonus_minor from orders where id = %s", order) == 5000
    assert suite.value("select rate_minor from order_facts where order_id = %s", order) == 55000, "fixed at taking"
    ask(company.second, "order.finish", order_id=order, text="готово")
    ask(company.client, "order.accept", order_id=order)
    assert suite.value("select amount_minor from payout_entries where order_id = %s", order) == 55000
    with Panel(suite) as panel:
        panel.set(BONUS_STEP=0, BONUS_MAX=0)


# ---- how it was shared out ----

def test_the_report_counts_what_happened(suite, company):
    company.wait_settled()
    report = json.loads(suite.ctl("fairness", "--json"))
    assert {row["name"] for row in report["contractors"]} == {"Подрядчик 1", "Подрядчик 2", "Подрядчик 3"}
    assert sum(row["earned_minor"] for row in report["contractors"]) == suite.value("select sum(amount_minor) from payout_entries")
    assert sum(row["orders"] for row in report["contractors"]) == suite.value("select count(*) from payout_entries")
    assert sum(row["declined"] for row in report["contractors"]) == suite.value("select count(*) from offer_declines")
    for row in report["contractors"]:
        assert row["declined_easy"] + row["declined_hard"] <= row["declined"] and row["passed_over"] <= row["offered"]
    assert all(0 <= report[name] <= 1 for name in ("gini_earned", "gini_declined_easy", "gini_declined_hard"))
    shown = suite.ctl("fairness")
    assert "Подрядчик 2" in shown and "Gini of what was earned" in shown and "█" in shown
    assert "Gini of what was earned     0.00" in suite.ctl("fairness", "--month", "2020-01-15"), "nothing happened then"
    assert suite.ctl.run("fairness", "--month", "вчера", check=False).returncode == 2
