"""Goal: every event of the state table through a real engine: who may, what is written, who is told; itsupportctl check finds nothing

People speak to the engine over the bus, as bot-gateway speaks for them; the gateway itself tells them, through the simulator.
"""
import pytest

from harness.waiting import wait_until

from .company import WAIT_S
from .office import CLIENT, COLLEAGUE, MANAGER, OWNER, WORKER, WORKER2


@pytest.fixture(autouse=True)
def nothing_is_harmed(suite, office):
    yield
    suite.ctl("check")


# ---- called off ----

def test_a_manager_cancels_what_nobody_has_taken(office):
    order = office.new()
    office.refuses("empty_text", "order.cancel", MANAGER, order_id=order)
    office.refuses("nobody_to_pay", "order.cancel", MANAGER, order_id=order, reason="Ошибка", pay=True)
    office.must("order.cancel", MANAGER, order_id=order, reason="Ошибка")
    assert office.row(order, "state, contractor_id") == ("cancelled", None)
    assert office.quota(order) == ["reserve", "return"]
    assert ("order_cancelled", CLIENT) in office.told(order)


def test_work_that_is_cancelled_is_paid_if_the_manager_says_so(office):
    for pay, sums in ((False, []), (True, [(WORKER, 50000)])):
        order = office.waiting()
        office.must("order.cancel", OWNER, order_id=order, reason="Не нужно", pay=pay)
        assert office.paid(order) == sums
        assert office.quota(order) == ["reserve", "return"]
        assert not office.clocks(order)
        assert {("order_cancelled", CLIENT), ("work_cancelled", WORKER)} <= office.told(order)


def test_work_that_was_done_is_paid_unless_the_manager_says_no(office):
    for pay, sums in (({}, [(WORKER, 50000)]), ({"pay": False}, [])):
        order = office.done()
        office.must("order.cancel", MANAGER, order_id=order, reason="Спор", **pay)
        assert office.paid(order) == sums
        assert office.quota(order) == ["reserve"]  # it counts


# ---- changing hands ----

def test_an_order_is_given_to_another_contractor(office):
    order = office.taken()
    office.refuses("has_it_already", "order.reassign", MANAGER, order_id=order, contractor_id=office.person(WORKER), reason="Болен")
    office.must("order.reassign", MANAGER, order_id=order, contractor_id=office.person(WORKER2), reason="Болен")
    assert office.row(order, "state, contractor_id, estimate_named") == ("in_work", office.person(WORKER2), False)
    assert office.clocks(order) == {"work", "confirm"}
    assert office.told(order) == {("order_reassigned", CLIENT), ("work_yours", WORKER2), ("work_lost", WORKER)}
    office.refuses("not_your_order", "order.finish", WORKER, order_id=order, text="Готово")


def test_a_contractor_gives_an_order_back_and_never_has_it_again(office):
    order = office.taken()
    office.must("order.give_back", WORKER, order_id=order, reason="Не умею")
    assert office.row(order, "state, contractor_id, taken_at, estimate_minutes, offer_open") == ("new", None, None, None, True)
    assert office.told(order) == {("order_requeued", CLIENT), ("order_returned", MANAGER), ("offer", WORKER2)}
    office.refuses("had_it_already", "order.take", WORKER, order_id=order, estimate_minutes=60)
    office.must("order.take", WORKER2, order_id=order, estimate_minutes=60)
    assert office.row(order, "reaction_breached_at") == (None,)


def test_a_manager_takes_an_order_from_its_contractor(office):
    order = office.waiting()
    office.must("order.release", MANAGER, order_id=order, reason="Молчит")
    assert office.clocks(order) == {"reaction"}
    assert office.told(order) == {("order_requeued", CLIENT), ("work_lost", WORKER), ("offer", WORKER2)}
    office.must("order.assign", MANAGER, order_id=order, contractor_id=office.person(WORKER))  # a manager may insist


# ---- the promise ----

def test_a_contractor_extends_within_limits_and_a_manager_beyond(office):
    order = office.taken()
    office.refuses("estimate_range", "order.extend", WORKER, order_id=order, estimate_minutes=24 * 60 + 1, reason="Много работы")
    office.must("order.extend", WORKER, order_id=order, estimate_minutes=180, reason="Много работы")
    assert office.told(order) == {("estimate_moved", CLIENT)}
    office.must("order.extend", MANAGER, order_id=order, estimate_minutes=48 * 60, reason="Договорились")
    assert office.told(order) == {("estimate_moved", CLIENT), ("work_extended", WORKER)}
    assert office.row(order, "estimate_minutes") == (48 * 60,)


def test_the_time_to_name_a_time_stands_with_the_work(office):
    order = office.assigned()
    office.must("order.ask", WORKER, order_id=order, text="Что именно?")
    assert office.clocks(order) == {"answer"}
    office.must("order.extend", MANAGER, order_id=order, estimate_minutes=30 * 60, reason="Клиент думает")
    office.must("order.answer", MANAGER, order_id=order, text="Всё")
    assert office.clocks(order) == {"work", "confirm"}
    office.must("order.set_estimate", WORKER, order_id=order, estimate_minutes=240)


# ---- not content ----

def test_the_third_rework_alerts_the_managers(office):
    order = office.done()
    for round_number in (1, 2, 3):
        assert office.alert(order, "reworked") is None
        office.must("order.rework", COLLEAGUE, order_id=order, reason="Не то")
        assert office.row(order, "state, done_at, reworks") == ("in_work", None, round_number)
        office.must("order.finish", WORKER, order_id=order, text="Теперь то")
    alert = office.alert(order, "reworked")
    office.people[MANAGER].wait_for(regex=f"№{order}.*снова и снова")
    office.must("alert.settle", MANAGER, order_id=order, alert_id=alert)
    office.must("order.accept", MANAGER, order_id=order)


def test_a_mark_may_come_within_seven_days(office):
    order = office.closed()
    office.refuses("rating_range", "order.rate", CLIENT, order_id=order, rating=0)
    office.must("order.rate", CLIENT, order_id=order, rating=2, comment="Долго")
    assert ("alert_low_rating", MANAGER) in office.told(order)
    office.refuses("rated_already", "order.rate", COLLEAGUE, order_id=order, rating=5)
    alert = office.alert(order, "low_rating")
    office.must("alert.acknowledge", MANAGER, order_id=order, alert_id=alert)
    office.must("alert.settle", OWNER, order_id=order, alert_id=alert)
    assert office.alert(order, "low_rating") is None


def test_a_low_mark_with_the_acceptance_alerts_too(office):
    order = office.closed(rating=1)
    assert office.alert(order, "low_rating")


def test_a_complaint_is_read_for_as_long_as_it_stands(office):
    order = office.taken()
    manager = office.people[MANAGER]
    office.must("order.complain", CLIENT, order_id=order, text="Подрядчик груб")
    manager.wait_for("Подрядчик груб")
    office.must("alert.acknowledge", MANAGER, order_id=order, alert_id=office.alert(order, "complaint"))
    manager.wait_for(regex="Подрядчик груб(.|\n)*Взял ")
    office.must("alert.settle", MANAGER, order_id=order, alert_id=office.alert(order, "complaint"))


def test_a_client_complains_at_any_moment(office):
    for order in (office.new(), office.taken(), office.closed()):
        office.must("order.complain", CLIENT, order_id=order, text="Мне не отвечают")
        assert ("alert_complaint", MANAGER) in office.told(order)
        office.refuses("complained_already", "order.complain", COLLEAGUE, order_id=order, text="И мне")
        office.must("alert.settle", MANAGER, order_id=order, alert_id=office.alert(order, "complaint"))
        office.must("order.complain", COLLEAGUE, order_id=order, text="Опять")


# ---- words ----

def test_a_manager_speaks_to_one_side(office):
    order = office.taken()
    for to, whom in (("client", {CLIENT}), ("contractor", {WORKER}), (None, {CLIENT, WORKER})):
        office.must("order.say", MANAGER, order_id=order, text="Разберёмся", **({"to": to} if to else {}))
        assert office.told(order) == {("thread_message", number) for number in whom}
    office.refuses("no_such_addressee", "order.say", MANAGER, order_id=order, text="Кому?", to="manager")


def test_what_is_said_to_one_side_is_not_for_the_other(office):
    order = office.taken()
    office.must("order.complain", CLIENT, order_id=order, text="Долго молчит")
    office.must("order.say", MANAGER, order_id=order, text="Мы им займёмся", to="client")
    office.must("order.say", MANAGER, order_id=order, text="Клиент ждёт", to="contractor")
    office.must("order.say", MANAGER, order_id=order, text="Договоримся")
    words = ("Долго молчит", "Мы им займёмся", "Клиент ждёт", "Договоримся")
    reads = {number: [text in office.history(order, number) for text in words] for number in (CLIENT, WORKER, MANAGER)}
    assert reads == {CLIENT: [True, True, False, True], WORKER: [False, False, True, True], MANAGER: [True, True, True, True]}


def test_everything_that_was_told_has_words(suite, office):
    """The gateway has said all of it: nothing waits, nothing failed, and every new kind was there."""
    wait_until(lambda: not suite.value("""
        select count(*) from notices n
        where n.person_id is not null and n.withdrawn_at is null and coalesce(n.not_before, n.at) <= suite_now()
          and not exists (select from deliveries d where d.notice_id = n.id and d.settled_at is not null)"""), WAIT_S, "everything to be sent")
    sent = {row[0] for row in suite.query("select distinct n.kind from notices n join deliveries d on d.notice_id = n.id and d.state = 'sent'")}
    assert not {"order_reassigned", "order_requeued", "order_returned", "work_lost", "work_returned", "estimate_moved", "work_extended",
                "order_cancelled", "work_cancelled", "alert_complaint", "alert_low_rating", "alert_reworked"} - sent
