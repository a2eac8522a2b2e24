"""Goal: who cannot be reached is not informed: the next role up is told at once, and once; nobody at all stands in the status"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S

OWNER, MANAGER, SECOND, CLIENT, FELLOW, WORKER = 3001, 3002, 3003, 3004, 3005, 3006


@pytest.fixture(scope="module")
def people(suite, company):
    made = {
        OWNER: company.joins(OWNER, "Владелец 1", "owner"),
        MANAGER: company.joins(MANAGER, "Менеджер 1", "manager"),
        SECOND: company.joins(SECOND, "Менеджер 2", "manager"),
        CLIENT: company.joins(CLIENT, "Клиент 1", "client", tariff="VIP", paid_until=PAID),
        WORKER: company.joins(WORKER, "Подрядчик 1", "contractor"),
    }
    account = suite.value("select a.name from accounts a join account_people p on p.account_id = a.id")
    made[FELLOW] = company.joins(FELLOW, "Клиент 2", "client", account=account)
    return made


def notices(suite, order, kind):
    """Who was told this of the order, as far as we know received or not."""
    return suite.query("""select p.telegram_id, n.received_at is not null, n.undeliverable is not null
                          from notices n join people p on p.id = n.person_id
                          where n.order_id = %s and n.kind = %s and n.withdrawn_at is null order by n.id""", order, kind)


def told(suite, order, kind):
    return [telegram_id for telegram_id, _, _ in notices(suite, order, kind)]


def blocks(suite, person):
    person.block()
    wait_until(lambda: not suite.value("select reachable from people where telegram_id = %s", person.id), WAIT_S, "the block to be known")


def comes_back(suite, *people):
    for person in people:
        person.unblock()
        wait_until(lambda p=person: suite.value("select reachable from people where telegram_id = %s", p.id), WAIT_S, "the return to be known")


class Gone:
    """Telegram refuses messages to this person, and the bot does not know before it writes."""

    def __init__(self, suite, person):
        self.suite, self.person = suite, person

    def __enter__(self):
        self.suite.sim.post("deactivate", user_id=self.person.id)

    def __exit__(self, *_):
        self.suite.sim.post("deactivate", user_id=self.person.id, deactivated=False)
        self.person.block()
        comes_back(self.suite, self.person)


def test_a_contractor_at_work_who_blocks_the_bot(suite, company, people):
    order = company.orders(people[CLIENT], "Нужен баннер")
    company.takes(people[WORKER], order)
    blocks(suite, people[WORKER])
    people[MANAGER].wait_for("не достучаться")
    people[SECOND].wait_for("не достучаться")
    wait_until(lambda: all(received for _, received, _ in notices(suite, order, "alert_unreachable")), WAIT_S, "both receipts")
    assert sorted(told(suite, order, "alert_unreachable")) == [MANAGER, SECOND]
    comes_back(suite, people[WORKER])
    wait_until(lambda: not suite.query("select 1 from alerts where order_id = %s and solved_at is null", order), WAIT_S, "the alert to end")
    company.wait_settled()
    company.finishes(people[WORKER], order, "Готово")
    company.accepted(people[CLIENT], order)


def test_a_question_goes_to_the_next_of_the_account(suite, company, people):
    """The client's chat refuses while the bot does not know yet; the other person of the account gets the question."""
    order = company.orders(people[CLIENT], "Нужен сайт")
    company.takes(people[WORKER], order)
    company.wait_settled()
    with Gone(suite, people[CLIENT]):
        company.asks(people[WORKER], order, "Какого цвета?")
        people[FELLOW].wait_for("Какого цвета?")
        company.wait_settled()
        assert told(suite, order, "question") == [CLIENT, FELLOW]
        assert not told(suite, order, "alert_unreachable")
    company.answers(people[FELLOW], order, "Красный")
    company.finishes(people[WORKER], order, "Готово")
    company.accepted(people[FELLOW], order)


def test_managers_who_get_nothing_are_not_informed(suite, company, people):
    order = company.orders(people[FELLOW], "Никто не берёт")
    company.wait_settled()
    with Gone(suite, people[MANAGER]), Gone(suite, people[SECOND]):
        advance_to_alert(suite, order)
        people[OWNER].wait_for("никто не берёт")
        company.wait_settled()
        assert sorted(told(suite, order, "alert_not_taken")) == [OWNER, MANAGER, SECOND]
        wait_until(lambda: [who for who, received, _ in notices(suite, order, "alert_not_taken") if received] == [OWNER], WAIT_S,
                   "the owner's receipt", lambda: notices(suite, order, "alert_not_taken"))
        assert not suite.ctl.status()["concerns"]
    cancel_all(company, people, order)


def test_nobody_at_all(suite, company, people):
    order = company.orders(people[FELLOW], "Снова никто")
    company.wait_settled()
    with Gone(suite, people[MANAGER]), Gone(suite, people[SECOND]), Gone(suite, people[OWNER]):
        advance_to_alert(suite, order)
        company.wait_settled()
        wait_until(lambda: [c["order_id"] for c in suite.ctl.status()["concerns"] if c["kind"] == "alert_unheard"] == [order], WAIT_S,
                   "the unheard alert to be shown", lambda: suite.ctl.status()["concerns"])
        assert len(told(suite, order, "alert_not_taken")) == 3
    cancel_all(company, people, order)


def test_the_books_are_clean_after_it(suite, people):
    suite.ctl("check")


def advance_to_alert(suite, order):
    """Until 95 % of the reaction time are over, and not to the breach."""
    suite.ctl.advance("57m30s")
    wait_until(lambda: suite.query("select 1 from alerts where order_id = %s", order), WAIT_S, "the alert")


def cancel_all(company, people, order):
    people[FELLOW].tap(f"cancel:{order}")
    people[FELLOW].tap(f"cancel_now:{order}")
    company.reach(order, "cancelled")
    company.wait_settled()
