"""Goal: the ledgers hold under a rush: no order beyond the quota, none returned twice, every sum explained by its rows"""
import pytest

from harness.sim import Person
from harness.waiting import wait_until

from .company import WAIT_S, Panel

ENGINES = 4
QUOTA = 15
OWNER, CLIENT, WORKER, MANAGER = 1, 11, 21, 31
TARIFF = {"name": "Пятнадцать", "orders_per_month": QUOTA, "reaction_minutes": 60, "price_minor": 0, "may_pin": False,
          "sees_contacts": False, "open_orders": 1000, "rate_minor": 33333, "on_sale": True}


@pytest.fixture(scope="module")
def company(suite, company):
    with Panel(suite) as panel:
        company.tariff_id = panel.ask("POST", "tariffs", TARIFF)["id"]
        panel.set(CONTRACTOR_MAX_ORDERS=20)
    company.owner = company.joins(OWNER, "Владелец", "owner")
    company.manager = company.joins(MANAGER, "Менеджер 1", "manager")
    company.worker = company.joins(WORKER, "Подрядчик 1", "contractor")
    return company


@pytest.fixture
def client(suite, company):
    """A new account of one person: its Telegram id and number."""
    number = suite.value("select count(*) from accounts") + 1
    company.crowd_joins(CLIENT + 100 * number, [f"Клиент {number}"], "client", tariff_id=company.tariff_id)
    person = CLIENT + 100 * number
    return f"tg:{person}", suite.value("select account_id from person_facts where telegram_id = %s", person)


def person(suite, telegram_id):
    return suite.value("select id from people where telegram_id = %s", telegram_id)


def create(actor, text="Нужен баннер"):
    return "order.create", {"text": text}, actor


def left(suite, account):
    return suite.value("select quota_left from account_quota where account_id = %s", account)


def grant(bus, account, amount, reason="по договорённости", actor=f"tg:{OWNER}"):
    return bus.ask("quota.grant", {"account_id": account, "amount": amount, "reason": reason}, actor)


def clean(suite):
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


# ---- quota ----

@pytest.mark.parametrize("on, given_back", [("on", 1), ("off", 0)])
def test_a_broken_promise_is_not_counted_and_the_client_reads_so(suite, company, bus, client, on, given_back):
    actor, account = client
    chat = Person(suite.sim, int(actor.removeprefix("tg:")), "Клиент")
    with Panel(suite) as panel:
        panel.set(COMPENSATE_BREACH=on)
        order = bus.ask(*create(actor))["order_id"]
        suite.ctl.advance("61m")
        told = chat.wait_for(f"№{order}", regex="обещали")
        assert ("не засчитается в тариф" in told.text) == bool(given_back)
        assert left(suite, account) == QUOTA - 1 + given_back
        panel.set(COMPENSATE_BREACH="off")
    bus.ask("order.cancel", {"order_id": order}, actor)
    clean(suite)


def test_fifty_at_once_get_fifteen(suite, bus, client):
    actor, account = client
    answers = bus.ask_all([create(actor, f"Заказ {n}") for n in range(50)], ENGINES)
    outcomes = sorted((answer["outcome"], answer.get("refusal", "")) for answer in answers)
    assert outcomes == [("ok", "")] * QUOTA + [("refused", "quota_used")] * (50 - QUOTA)
    assert left(suite, account) == 0
    assert suite.query("select reserved, returned, balance from account_months where account_id = %s", account) == [(QUOTA, 0, -QUOTA)]
    told = suite.query("select (detail ->> 'left')::bigint from notices n join account_people p using (person_id) "
                       "where p.account_id = %s and kind = 'quota_low' order by n.id", account)
    assert told == [(1,), (0,)], "when one is left, and when none is"
    clean(suite)


def test_a_grant_is_a_row_with_a_reason(suite, bus, client):
    actor, account = client
    assert grant(bus, account, 2)["outcome"] == "ok"
    assert left(suite, account) == QUOTA + 2
    assert grant(bus, account, -QUOTA - 3)["args"] == [f"left={QUOTA + 2}"], "never below 0"
    assert grant(bus, account, -QUOTA - 1)["outcome"] == "ok"
    assert left(suite, account) == 1
    assert bus.ask(*create(actor))["outcome"] == "ok"
    assert bus.ask(*create(actor))["refusal"] == "quota_used"
    assert [grant(bus, account, amount, reason)["refusal"] for amount, reason in [(0, "x"), (100001, "x"), (1, " "), (1, "x" * 2001)]] \
        == ["bad_value"] * 4
    assert grant(bus, 10 ** 9, 1)["refusal"] == "no_such_account"
    for actor in f"tg:{MANAGER}", f"tg:{WORKER}", actor:
        assert grant(bus, account, 1, actor=actor)["refusal"] == "not_your_role"
    assert suite.query("select amount, reason from quota_entries where account_id = %s and kind = 'grant' order by id", account) \
        == [(2, "по договорённости"), (-QUOTA - 1, "по договорённости")]
    assert suite.value("select count(*) from audit where action = 'quota.grant' and subject = %s", f"account:{account}") == 2


def test_grants_and_orders_at_once_never_go_below_nothing(suite, bus, client):
    actor, account = client
    commands = [create(actor), ("quota.grant", {"account_id": account, "amount": -1, "reason": "x"}, f"tg:{OWNER}")] * 20
    answers = bus.ask_all(commands, ENGINES)
    assert sum(answer["outcome"] == "ok" for answer in answers) == QUOTA
    assert suite.value("select orders_per_month + balance from account_quota where account_id = %s", account) == 0


def test_a_missed_reaction_time_gives_the_order_back_once(suite, company, bus, client):
    actor, account = client
    with Panel(suite) as panel:
        panel.set(COMPENSATE_BREACH="on")
    late, cancelled = (bus.ask(*create(actor))["order_id"] for _ in range(2))
    assert left(suite, account) == QUOTA - 2
    suite.ctl.advance("61m")
    company.wait_settled()
    assert left(suite, account) == QUOTA, "both came back at 100 %"
    assert bus.ask("order.cancel", {"order_id": cancelled}, actor)["outcome"] == "ok"
    assert left(suite, account) == QUOTA, "and not once more"
    assert suite.query("select order_id, kind from quota_entries where account_id = %s and amount > 0 order by 1", account) \
        == [(late, "compensate"), (cancelled, "compensate")]
    with Panel(suite) as panel:
        panel.set(COMPENSATE_BREACH="off")
    clean(suite)


def test_who_has_not_paid_hears_why(suite, company, bus):
    anna = company.joins(12, "Клиент без оплаты", "client", tariff="VIP")
    assert bus.ask(*create(f"tg:{anna.id}"))["refusal"] == "not_paid_yet"
    anna.say("/menu")
    anna.wait_for("ещё не оплачен")
    account = suite.value("select account_id from person_facts where telegram_id = 12")
    bus.ask("account.update", {"account_id": account, "paid_until": "2020-01-31"}, f"tg:{OWNER}")
    assert bus.ask(*create("tg:12"))["refusal"] == "subscription_ended"


def test_the_refusal_offers_to_ask_for_more(suite, company, bus, client):
    actor, account = client
    anna = suite.sim.person(int(actor[3:]), "Клиент")
    grant(bus, account, -QUOTA)
    before = anna.mark()
    anna.say("/new")
    anna.wait_for(after=before)
    anna.say("Нужен ещё один баннер")
    anna.tap("send")
    refused = anna.wait_for("Заказы этого месяца использованы", button="Попросить больше", after=before)
    anna.tap("upgrade", refused)
    wait_until(lambda: suite.query("select 1 from upgrade_requests where account_id = %s and closed_at is null", account), WAIT_S, "the request")


# ---- payouts ----

def closed_order(bus, actor):
    order = bus.ask(*create(actor))["order_id"]
    bus.ask("order.take", {"order_id": order, "estimate_minutes": 60}, f"tg:{WORKER}")
    bus.ask("order.finish", {"order_id": order, "text": "Готово"}, f"tg:{WORKER}")
    assert bus.ask("order.accept", {"order_id": order, "rating": 5}, actor)["outcome"] == "ok"
    return order


def month_of(suite, worker):
    return suite.query("select orders, earned_minor, paid_minor, unpaid_minor from payout_months where contractor_id = %s", worker)


def test_what_is_corrected_after_the_payment_is_unpaid_again(suite, company, bus, client):
    actor, _ = client
    worker, month = person(suite, WORKER), suite.value("select id from running_month")

    def correct(amount, reason="доплата", **more):
        return bus.ask("payout.correct", {"contractor_id": worker, "amount_minor": amount, "reason": reason, **more}, f"tg:{OWNER}")

    def pay(actor=f"tg:{OWNER}", **more):
        return bus.ask("payout.mark_paid", {"contractor_id": worker, "month_id": month, **more}, actor)

    for _ in range(3):
        closed_order(bus, actor)
    assert month_of(suite, worker) == [(3, 99999, 0, 99999)], "kopecks exact"
    assert correct(-9999, "удержано за брак")["outcome"] == "ok"
    answers = bus.ask_all([("payout.mark_paid", {"contractor_id": worker, "month_id": month}, f"tg:{OWNER}")] * 8, ENGINES)
    assert sorted(answer.get("refusal", "") for answer in answers) == [""] + ["nothing_unpaid"] * 7, "paid once, whoever presses"
    assert month_of(suite, worker) == [(3, 90000, 90000, 0)]
    assert correct(1, month_id=month)["outcome"] == "ok"
    assert month_of(suite, worker) == [(3, 90001, 90000, 1)]
    assert pay()["outcome"] == "ok" and pay()["refusal"] == "nothing_unpaid"
    assert [correct(0)["refusal"], correct(5, "")["refusal"], correct(5, month_id=10 ** 6)["refusal"]] \
        == ["bad_value", "bad_value", "no_such_month"]
    assert pay(contractor_id=person(suite, OWNER))["refusal"] == "no_such_person"
    assert pay(f"tg:{MANAGER}")["refusal"] == "not_your_role"
    company.worker.say("/earnings")
    company.worker.wait_for("к выплате: 0")
    company.owner.say("/report")
    company.owner.wait_for("Выплачено: 900")
    clean(suite)


def test_the_currency_is_fixed_with_the_first_order(suite):
    with Panel(suite) as panel:
        refused = panel.request("PUT", "parameters/CURRENCY", json={"value": "EUR"})
        assert not refused.ok and "currency is fixed" in refused.text
        panel.set(CURRENCY="RUB")


# ---- upgrades ----

def test_a_client_asks_for_more_and_is_answered(suite, company, bus, client):
    actor, account = client
    asked = bus.ask("upgrade.request", {}, actor)
    assert asked["outcome"] == "ok"
    assert bus.ask("upgrade.request", {}, actor)["refusal"] == "upgrade_asked"
    assert bus.ask("upgrade.request", {}, f"tg:{MANAGER}")["refusal"] == "not_your_role"
    company.manager.wait_for("просит тариф побольше", button="Владельцам")
    closing = {"request_id": asked["created_id"], "outcome": "granted"}
    assert bus.ask("upgrade.close", closing, f"tg:{MANAGER}")["refusal"] == "not_your_role", "an owner grants"
    assert bus.ask("upgrade.close", closing, f"tg:{OWNER}")["outcome"] == "ok", "seen to otherwise"
    client_chat = suite.sim.person(int(actor[3:]), "Клиент")
    client_chat.wait_for("запрос о тарифе выполнен")
    closed = bus.ask("upgrade.close", {"request_id": asked["created_id"], "outcome": "declined"}, f"tg:{MANAGER}")
    assert closed["refusal"] == "upgrade_gone"
    assert bus.ask("upgrade.request", {}, actor)["outcome"] == "ok", "another time"
    assert suite.query("select outcome, closed_by from upgrade_requests where account_id = %s order by id", account) \
        == [("granted", f"tg:{OWNER}"), (None, None)]
