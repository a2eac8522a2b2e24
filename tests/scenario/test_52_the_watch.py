"""Goal: what should not be and nobody sees is found: it stands in status, the figures and the API, and the owners are told once"""
import pytest

from harness.waiting import wait_until

from .company import PAID, Panel

OWNER, MANAGER, CLIENT = 2001, 2002, 2003
LOOK_S = 20  # the watch looks five seconds after it became active


@pytest.fixture(scope="module")
def owner(company):
    return company.joins(OWNER, "Владелец 1", "owner")


@pytest.fixture(scope="module")
def client(company):
    return company.joins(CLIENT, "Клиент 1", "client", tariff="Стандарт", paid_until=PAID)


def concerns(suite):
    return {row["kind"]: row["count"] for row in suite.ctl.status()["concerns"]}


def look_again(suite):
    """The watch looks soon after it has become active."""
    suite.restart("sla-watcher")


def figure(suite, kind):
    return suite.value("select (counters ->> %s)::int from process_stats where daemon = 'sla-watcher'", f"found_{kind}")


def order_again(suite, bus):
    """The client's open order, if there is one, gives way to a new one."""
    for order, in suite.query("select id from orders where state = 'new'"):
        bus.ask("order.cancel", {"order_id": order}, actor=f"tg:{CLIENT}")
    answer = bus.ask("order.create", {"text": "помогите"}, actor=f"tg:{CLIENT}")
    assert answer["outcome"] == "ok", answer


def test_nothing_is_said_while_all_is_well(suite, company, owner, client):
    company.wait_settled()
    assert not concerns(suite)
    assert "PROBLEM" not in suite.ctl("status")


def test_messages_that_are_stuck(suite, company, owner, client, bus):
    suite.kill("bot-gateway")
    order_again(suite, bus)
    suite.ctl.advance("15m")
    look_again(suite)
    wait_until(lambda: concerns(suite).get("notice_stuck"), LOOK_S, "the stuck notice to be seen")
    wait_until(lambda: figure(suite, "notice_stuck"), LOOK_S, "the figures to show it")
    assert "bot-gateway" in next(line for line in suite.ctl("status").splitlines() if line.startswith("PROBLEM"))
    suite["bot-gateway"].start().wait_ready()
    owner.wait_for("застряли")
    company.wait_settled()
    assert not concerns(suite)


def test_it_is_told_once_a_day(suite, company, owner, client, bus):
    suite.kill("bot-gateway")
    order_again(suite, bus)
    suite.ctl.advance("15m")
    look_again(suite)
    wait_until(lambda: figure(suite, "notice_stuck"), LOOK_S, "the figures to show it")
    suite["bot-gateway"].start().wait_ready()
    company.wait_settled()
    assert suite.value("select count(*) from notices where kind = 'watch_report' and person_id = (select id from people where telegram_id = %s)",
                       OWNER) == 1


def test_an_alert_that_reaches_nobody(suite, company, owner, client):
    owner.block()
    wait_until(lambda: not suite.value("select reachable from people where telegram_id = %s", OWNER), LOOK_S, "the block to be known")
    suite.ctl.advance("2h")
    wait_until(lambda: concerns(suite).get("alert_unheard"), LOOK_S, "the unheard alert to be seen")
    with Panel(suite) as panel:
        assert "alert_unheard" in [item["kind"] for item in panel.ask("GET", "concerns")["items"]]
    owner.unblock()
