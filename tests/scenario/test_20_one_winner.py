"""Goal: 200 contractors take one order at once: one has it, 199 hear politely that it is taken, and nothing happens twice"""
import re
import signal

import pytest

from harness.waiting import wait_until

from .company import WAIT_S, Panel

ENGINES = 2  # they race as well
CONTRACTORS = 200
ROUNDS = 20
TAKEN = re.compile(r"уже взят в \d\d:\d\d", re.IGNORECASE)


@pytest.fixture(scope="module")
def company(suite, company):
    with Panel(suite) as panel:
        panel.set(CONTRACTOR_MAX_ORDERS=20, OFFER_WAVE=1000)
        tariff = panel.generous_tariff()
    company.client, = company.crowd_joins(11, ["Клиент 1"], "client", tariff_id=tariff)
    company.contractors = company.crowd_joins(1001, [f"Подрядчик {n}" for n in range(1, CONTRACTORS + 1)], "contractor")
    return company


def wait_offered(suite, order):
    """Until every contractor has the offer in the chat."""
    def offered():
        return suite.value("select count(*) from deliveries d join notices n on n.id = d.notice_id "
                           "where n.order_id = %s and n.kind = 'offer' and d.state = 'sent'", order)
    wait_until(lambda: offered() == CONTRACTORS, WAIT_S, f"{CONTRACTORS} offers", offered)


def all_take_at_once(suite, company, order):
    """While the gateway stands still everybody presses; then all presses reach it together. What each is answered."""
    gateway = suite["bot-gateway"]
    cards = [contractor.last() for contractor in company.contractors]
    gateway.send(signal.SIGSTOP)
    presses = [contractor.press_data(f"take_for:{order}:3", card, stale=True, wait=0)
               for contractor, card in zip(company.contractors, cards)]
    gateway.send(signal.SIGCONT)
    answers = [suite.sim.get(f"callbacks/{press['callback_id']}", wait=WAIT_S) for press in presses]
    assert all(answer["answered"] for answer in answers), "a press is never left spinning"
    return answers


@pytest.mark.parametrize("number", range(1, ROUNDS + 1))
def test_one_has_it(suite, company, number):
    order = company.orders(company.client, f"Заказ для гонки {number}")
    wait_offered(suite, order)

    answers = all_take_at_once(suite, company, order)

    won = [n for n, answer in enumerate(answers) if "Заказ ваш" in answer["text"]]
    refused = [answer for answer in answers if TAKEN.search(answer["text"]) and answer["show_alert"]]
    assert (len(won), len(refused)) == (1, CONTRACTORS - 1), [answer["text"] for answer in answers]
    takes = suite.query("select actor_id, version from order_events where order_id = %s and event = 'take'", order)
    assert len(takes) == 1
    holder = suite.value("select p.telegram_id from orders o join people p on p.id = o.contractor_id "
                         "where o.id = %s and o.state = 'in_work' and p.id = %s", order, takes[0][0])
    assert holder == company.contractors[won[0]].id, "whoever was told so has it"


def test_all_offers_show_that_it_is_taken(company):
    company.wait_settled()
    assert not [m.text for contractor in company.contractors for m in contractor.bot_messages() if m.press_named("take")]
