"""Goal: what an engine knows of an order may be old, and still nothing wrong is written or refused

Two engines share the orders; each story lets one of them get to know an order, changes it through the other one, and comes back.
"""
import pytest

from .office import CLIENT, MANAGER, WORKER

ENGINES = 2
HERE, THERE = 0, 1  # the engine that knows the order, and the one that changes it


@pytest.fixture(autouse=True)
def nothing_is_harmed(suite, office):
    yield
    suite.ctl("check")


@pytest.fixture
def known(office):
    """An order at work that one engine knows from its thread."""
    order = office.taken()
    for _ in range(2):
        says(office, HERE, CLIENT, order)
    yield order
    if office.row(order, "state")[0] not in ("closed", "cancelled"):
        asks(office, THERE, "order.cancel", MANAGER, order_id=order, reason="Проверено")


def asks(office, engine, command, actor, **body):
    return office.bus.ask(command, body, actor=f"tg:{actor}", engine=engine)


def says(office, engine, actor, order, text="Ещё одно"):
    answer = asks(office, engine, "order.say", actor, order_id=order, text=text)
    assert answer["outcome"] == "ok", answer
    return answer


def events(office, order):
    return [row[0] for row in office.suite.query("select event from order_events where order_id = %s order by version", order)]


def test_a_thread_through_two_engines_has_no_gap_and_no_double(office, known):
    for turn in range(20):
        says(office, turn % 2, CLIENT if turn % 3 else WORKER, known, f"Строка {turn}")
    written = office.suite.query("select version, text from order_events where order_id = %s order by version", known)
    assert [version for version, _ in written] == list(range(1, 25))
    assert [text for _, text in written[-20:]] == [f"Строка {turn}" for turn in range(20)]


def test_an_answer_is_an_answer_although_the_question_was_put_elsewhere(office, known):
    assert asks(office, THERE, "order.ask", WORKER, order_id=known, text="Какого цвета?")["outcome"] == "ok"
    says(office, HERE, CLIENT, known, "Синего")
    assert events(office, known)[-2:] == ["ask", "answer"]
    assert office.row(known, "state") == ("in_work",)


def test_what_was_cancelled_elsewhere_is_not_written_to(office, known):
    assert asks(office, THERE, "order.cancel", MANAGER, order_id=known, reason="Ошибка")["outcome"] == "ok"
    answer = asks(office, HERE, "order.say", CLIENT, order_id=known, text="Есть кто?")
    assert answer["outcome"] == "refused", answer
    assert events(office, known)[-1] == "cancel"


def test_what_became_possible_elsewhere_is_not_refused(office, known):
    refused = asks(office, HERE, "order.add_details", CLIENT, order_id=known, text="И ещё логотип")
    assert refused["outcome"] == "refused", refused
    assert asks(office, THERE, "order.give_back", WORKER, order_id=known, reason="Не успеваю")["outcome"] == "ok"
    added = asks(office, HERE, "order.add_details", CLIENT, order_id=known, text="И ещё логотип")
    assert added["outcome"] == "ok", added


def test_who_has_the_order_no_more_does_not_speak_in_it(office, known):
    says(office, HERE, WORKER, known)
    assert asks(office, THERE, "order.give_back", WORKER, order_id=known, reason="Не успеваю")["outcome"] == "ok"
    assert asks(office, HERE, "order.say", WORKER, order_id=known, text="Я ещё здесь")["outcome"] == "refused"
