"""Goal: every deadline is reached once and in time, whichever watcher is active, killed, or stands by; the audit's chain goes on"""
import signal

import pytest

from harness.process import Process
from harness.waiting import wait_until

from .bus import BusClient
from .company import PAID


@pytest.fixture(scope="module")
def people(suite):
    """Joined by commands: this is about time, not about Telegram."""
    with BusClient(suite.folder / "bus") as bus:
        for number, role, options in ((1, "manager", {}), (2, "contractor", {}), (3, "client", {"tariff": "Стандарт", "paid_until": PAID})):
            token = suite.ctl.invite(role, **options).partition("start=")[2]
            answer = bus.ask("person.join", {"token": token, "name": role, "privacy_version": 1}, actor=f"tg:{number}")
            assert answer["outcome"] == "ok", answer


@pytest.fixture(scope="module")
def second(suite):
    """A watcher that stands by."""
    first = suite["sla-watcher"]
    process = Process("sla-watcher@2", first.argv, {**first.env, "ITSUPPORT_WATCHER_INSTANCE": "2"}, suite.logs / "sla-watcher@2.log")
    suite.processes[process.name] = process
    process.start().wait_ready()
    process.wait_log("standing by")
    return process


def new_order(bus):
    answer = bus.ask("order.create", {"text": "help"}, actor="tg:3")
    assert answer["outcome"] == "ok", answer
    return answer["order_id"]


def cancel(bus, order):
    assert bus.ask("order.cancel", {"order_id": order}, actor="tg:3")["outcome"] == "ok"


def time_events(suite, order):
    """What time has done to an order: event, and by how much it came after its share of the reaction time, in ms."""
    return suite.query("""
        select e.event, e.at - (o.created_at + case e.event when 'alert' then 0.95 else 1 end * o.reaction_minutes * interval '1 minute')
               between interval '0' and interval '1 second'
        from order_events e join orders o on o.id = e.order_id
        where e.order_id = %s and e.event in ('alert', 'breach') order by e.version""", order)


IN_TIME = [("alert", True), ("breach", True)]


def test_a_jump_stops_at_each_deadline(suite, people, bus):
    order = new_order(bus)
    suite.ctl.advance("3h")
    assert time_events(suite, order) == IN_TIME
    cancel(bus, order)


def test_the_clock_says_where_it_stands(suite, people, bus):
    order = new_order(bus)
    assert "past 1 deadline" in suite.ctl("clock", "advance", "--to-next")
    assert [event for event, _ in time_events(suite, order)] == ["alert"]
    cancel(bus, order)
    assert suite.ctl("clock").endswith("ahead of real time")


def test_nothing_is_due_and_nothing_takes_time(suite, people):
    assert not suite.query("select from deadlines where due_at <= suite_now() + interval '1 hour'")
    before = suite.value("select ms(suite_now())")
    suite.ctl.advance("55m")
    after = suite.value("select ms(suite_now())")
    assert 55 * 60_000 <= after - before < 55 * 60_000 + 5_000


def test_one_watcher_is_active(suite, second):
    def states():
        return dict(suite.query("select instance, state from process_stats where daemon = 'sla-watcher'"))
    wait_until(lambda: states() == {"1": "active", "2": "standby"}, 20, "both watchers to report", states)


def test_the_second_takes_over(suite, people, bus, second):
    order = new_order(bus)
    suite.kill("sla-watcher")
    second.wait_log(": active")
    suite.ctl.advance("2h")
    assert time_events(suite, order) == IN_TIME
    cancel(bus, order)
    suite["sla-watcher"].start().wait_ready().wait_log("standing by")


def test_what_was_due_meanwhile_is_reached_once(suite, people, bus, second):
    """Both watchers are away while deadlines pass; whoever comes back reaches them, once."""
    order = new_order(bus)
    second.kill()
    suite["sla-watcher"].kill()
    warned = suite.ctl.run("clock", "advance", "2h", timeout=90)
    assert "nobody deals with them" in warned.stderr
    assert not time_events(suite, order)
    suite["sla-watcher"].start()
    second.start()
    suite.wait_ready()
    wait_until(lambda: len(time_events(suite, order)) == 2, 20, "both deadlines to be reached")
    assert not suite.query("select from deadlines where order_id = %s and clock <> 'alert'", order), "the alert's own clock goes on"
    assert suite.query("select command_id from order_events where role = 'system' group by command_id having count(*) > 1") == []
    cancel(bus, order)


def test_an_engine_that_hangs_is_waited_for(suite, people, bus):
    order = new_order(bus)
    suite["order-engine@1"].send(signal.SIGSTOP)
    try:
        move = suite.ctl.run("clock", "advance", "58m", timeout=90)
        assert "nobody deals with them" in move.stderr
    finally:
        suite["order-engine@1"].send(signal.SIGCONT)
    wait_until(lambda: [event for event, _ in time_events(suite, order)] == ["alert"], 20, "the alert after the engine woke up")
    cancel(bus, order)


def test_the_audit_is_sealed_in_one_chain(suite, people):
    wait_until(lambda: suite.value("select (select count(*) from audit) = (select count(*) from audit_seals)"), 20, "every row to be sealed")
    assert suite.value("select max(seq) = count(*) from audit_seals")
    checked = suite.ctl("check")
    assert "found: 0" in checked, checked
