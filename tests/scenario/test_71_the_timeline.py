"""Goal: itsupportctl order tells of any order what counted, what stood still, what happened and why, who was told and who got it"""
import datetime
import json

import pytest

from .company import PAID


@pytest.fixture(scope="module")
def order(suite, company):
    """Asked after 30 minutes, answered after 40 more; then it runs late."""
    client = company.joins(1101, "Клиент 1", "client", tariff="Стандарт", paid_until=PAID)
    contractor = company.joins(1201, "Подрядчик 1", "contractor")
    company.joins(1301, "Менеджер 1", "manager")
    order = company.orders(client, "Нужен баннер")
    company.takes(contractor, order, hours=1)
    suite.ctl.advance("30m")
    company.asks(contractor, order, "Какого размера?")
    suite.ctl.advance("40m")
    company.answers(client, order, "Обычного")
    suite.ctl.advance("29m")
    company.wait_settled()
    return order


def told(suite, order, *options):
    return json.loads(suite.ctl("order", order, "--json", *options))


def ms(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000


def test_the_reading_and_the_engines_deadline_agree(suite, order):
    """What a clock still has to count is what lies between now and its 100 %."""
    story = told(suite, order)
    work = next(lap for lap in story["clocks"] if lap["clock"] == "work")
    assert work["lasts"] and len(work["intervals"]) == 3
    assert work["counted_ms"] == sum(i["counted_ms"] for i in work["intervals"])
    assert work["paused_ms"] + work["counted_ms"] == pytest.approx(ms(work["until"]) - ms(work["from"]), abs=1)
    assert 40 * 60 * 1000 <= work["paused_ms"] < 41 * 60 * 1000 and 59 * 60 * 1000 <= work["counted_ms"] < 60 * 60 * 1000
    due = suite.value("select ms(due_at) from deadlines where order_id = %s and clock = 'work' and step = 'breach'", order)
    assert ms(work["until"]) + work["limit_ms"] - work["counted_ms"] == pytest.approx(due, abs=1)


def test_every_event_has_its_reason(suite, order):
    events = [row for row in told(suite, order)["timeline"] if row["kind"] == "event"]
    assert [row["event"] for row in events] == ["create", "take", "ask", "answer", "remind", "alert"]
    assert all(row["why"] for row in events)
    assert [row["version"] for row in events] == list(range(1, len(events) + 1))
    assert events[-1]["why"] == "the order runs late" and events[-1]["role"] == "system"


def test_everybody_who_was_told_is_named_by_role_and_number(suite, order):
    notices = [row for row in told(suite, order)["timeline"] if row["kind"] == "notice"]
    counted = suite.value("select count(*) from notices where order_id = %s and person_id is not null", order)
    assert len(notices) == counted
    assert {(row["notice"], row["role"]) for row in notices} >= {
        ("order_created", "client"), ("offer", "contractor"), ("order_taken", "client"), ("question", "client"),
        ("answer", "contractor"), ("work_reminder", "contractor"), ("alert_late", "manager")}
    assert all(row["fate"] == "received" and ms(row["received_at"]) >= ms(row["at"]) for row in notices)


def test_what_was_written_and_raised_is_there(suite, order):
    rows = {row["kind"]: row for row in told(suite, order)["timeline"]}
    assert rows["quota"]["entry"] == "reserve"
    assert rows["alert"]["cause"] == "late" and "solved_at" not in rows["alert"]
    ahead = [row["step"] for row in told(suite, order)["timeline"] if row["kind"] == "deadline"]
    assert sorted(ahead) == ["breach", "repeat"]


def test_people_read_it_and_see_no_words_unless_asked(suite, order):
    printed = suite.ctl("order", order)
    assert "█" in printed and "░" in printed and "stood still, and goes on" in printed
    assert "the client owes an answer, so the clock stands" in printed and "Какого размера" not in printed
    assert "Какого размера" in suite.ctl("order", order, "--texts")
    assert [s["kind"] for s in told(suite, order, "--texts")["said"]] == ["task", "question", "answer"]


def test_there_is_no_such_order(suite, order):
    assert suite.ctl.run("order", order + 1000, check=False).returncode == 1
    assert suite.ctl.run("order", "first", check=False).returncode == 2
