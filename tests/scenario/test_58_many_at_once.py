"""Goal: twenty orders that fall due together are one message with a button each; each counts as told, later alerts come alone"""
import pytest

from harness.waiting import wait_until

from .bus import BusClient
from .company import PAID, WAIT_S, Panel

MANAGER, CLIENT = 4001, 4002
ORDERS = 23
SHOWN = 20


@pytest.fixture(scope="module")
def manager(company):
    return company.joins(MANAGER, "Менеджер 1", "manager")


@pytest.fixture(scope="module")
def orders(suite, company, manager):
    with Panel(suite) as panel:
        panel.generous_tariff()
    company.joins(CLIENT, "Клиент 1", "client", tariff="Без границ", paid_until=PAID)
    with BusClient(suite.folder / "bus") as bus:
        made = [bus.ask("order.create", {"text": f"дело {n}"}, actor=f"tg:{CLIENT}") for n in range(ORDERS)]
    company.wait_settled()
    return [answer["order_id"] for answer in made]


def alerts(suite):
    """Of each alert: its order, the message it came with, received or not."""
    return suite.query("""select n.order_id, d.message_id, n.received_at is not null
                          from notices n left join deliveries d on d.notice_id = n.id
                          where n.kind = 'alert_not_taken' and n.withdrawn_at is null order by n.id""")


def test_one_message_lists_them_all(suite, company, manager, orders, bus):
    gone, *rest = orders
    suite.kill("bot-gateway")
    suite.ctl.advance("22h50m")
    assert bus.ask("order.cancel", {"order_id": gone}, actor=f"tg:{CLIENT}")["outcome"] == "ok"
    before = manager.mark()
    suite["bot-gateway"].start().wait_ready()
    message = manager.wait_for(f"{len(rest)} заказа ждут вас", after=before)
    company.wait_settled()
    for order in rest[:SHOWN]:
        assert f"№{order}" in message.text
    assert f"№{gone}" not in message.text
    assert f"и ещё {len(rest) - SHOWN}" in message.text
    assert [data_of for data_of in data(message) if data_of.startswith("order:")] == [f"order:{order}" for order in rest[:SHOWN]]
    assert "board:0" in data(message)
    told = [(order, message.id, True) for order in rest]
    wait_until(lambda: alerts(suite) == told, WAIT_S, "every alert to count as received, by that message", lambda: alerts(suite))


def test_a_button_opens_the_order(suite, manager, orders):
    message = manager.wait_for("заказа ждут вас")
    manager.press_data(f"order:{orders[1]}", message)
    card = manager.wait_for(f"№{orders[1]}", button="Назначить")
    assert card.press_named("assign")


def test_a_later_alert_comes_alone(suite, company, manager, orders, bus):
    before = manager.mark()
    for order in orders[2:]:
        bus.ask("order.cancel", {"order_id": order}, actor=f"tg:{CLIENT}")
    suite.ctl.advance("2h")
    wait_until(lambda: any("обещание нарушено" in m.text and m.press_named("mine") for m in manager.bot_messages() if m.id > before), WAIT_S,
               "the breach of the one that is left")
    company.wait_settled()


def data(message):
    return [button["data"] for row in message.get("buttons") or [] for button in row]
