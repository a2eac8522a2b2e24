"""Goal: the reaction time of a tariff with working hours counts in them alone, over a weekend too; orders keep the calendar they began with"""
import datetime
import json

import pytest

from .bus import BusClient
from .company import PAID

MOSCOW = datetime.timezone(datetime.timedelta(hours=3))
OFFICE = [f"{day} 09:00-18:00" for day in range(1, 6)]


@pytest.fixture(scope="module")
def panel(suite):
    """Commands as the panel sends them."""
    with BusClient(suite.folder / "bus", name="admin-web@trial") as bus:
        yield lambda kind, body: bus.ask(kind, body, actor="login:root")


@pytest.fixture(scope="module")
def office_hours(panel):
    answer = panel("calendar.save", {"name": "Офис", "time_zone": "Europe/Moscow", "intervals": OFFICE, "holidays": ["2036-01-01"]})
    assert answer["outcome"] == "ok", answer
    return answer["created_id"]


@pytest.fixture(scope="module")
def client(suite, panel, office_hours):
    """Of a tariff that counts an hour of the office's time."""
    assert save_tariff(suite, panel, office_hours)["outcome"] == "ok"
    with BusClient(suite.folder / "bus") as bus:
        token = suite.ctl.invite("client", tariff="Стандарт", paid_until=PAID).partition("start=")[2]
        answer = bus.ask("person.join", {"token": token, "name": "Клиент 1", "privacy_version": 1}, actor="tg:3")
        assert answer["outcome"] == "ok", answer
    return 3


def save_tariff(suite, panel, calendar):
    tariff = suite.value("select id from tariffs where name = 'Стандарт'")
    return panel("tariff.save", {"tariff_id": tariff, "name": "Стандарт", "orders_per_month": 15, "reaction_minutes": 60, "price_minor": 0,
                                 "may_pin": False, "sees_contacts": False, "open_orders": 9, "on_sale": True, "calendar_id": calendar})


def go_to(suite, weekday, hour, minute):
    """Lets time pass until it is so late on that day of the week (0 = Monday) in Moscow."""
    now = datetime.datetime.fromtimestamp(suite.value("select ms(suite_now())") / 1000, MOSCOW)
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0) + datetime.timedelta(days=(weekday - now.weekday()) % 7)
    if then <= now:
        then += datetime.timedelta(days=7)
    suite.ctl.advance(f"{int((then - now).total_seconds() // 60) + 1}m")
    return then


def order(bus, client):
    answer = bus.ask("order.create", {"text": "Помогите"}, actor=f"tg:{client}")
    assert answer["outcome"] == "ok", answer
    return answer["order_id"], datetime.datetime.fromtimestamp(answer["due_at"] / 1000, MOSCOW)


def test_an_hour_before_closing_on_friday_is_due_on_monday(suite, client, bus):
    friday = go_to(suite, 4, 17, 29)
    number, promised = order(bus, client)
    monday = friday + datetime.timedelta(days=3)
    assert (promised.date(), promised.hour) == (monday.date(), 9) and 28 <= promised.minute <= 31
    assert suite.value("select due_at from order_facts where order_id = %s", number) == int(promised.timestamp() * 1000)
    suite.ctl.advance("48h")  # Sunday: nobody is alerted, nothing is late
    assert suite.query("select event from order_events where order_id = %s and role = 'system'", number) == []
    go_to(suite, 0, 9, 40)
    events = suite.query("select event, at from order_events where order_id = %s and event in ('alert', 'breach') order by version", number)
    assert [event for event, _ in events] == ["alert", "breach"]
    assert abs((events[1][1] - promised).total_seconds()) < 5


def test_orders_keep_the_calendar_they_began_with(suite, panel, client, office_hours, bus):
    go_to(suite, 1, 10, 0)
    number, promised = order(bus, client)
    answer = panel("calendar.save", {"calendar_id": office_hours, "name": "Офис", "time_zone": "Europe/Moscow", "intervals": ["7 10:00-12:00"]})
    assert answer["outcome"] == "ok" and answer["created_id"] != office_hours
    assert suite.value("select calendar_id from orders where id = %s", number) == office_hours
    assert suite.value("select due_at from order_facts where order_id = %s", number) == int(promised.timestamp() * 1000)
    later, promised = order(bus, client)
    assert promised.weekday() == 6 and promised.hour == 11
    assert suite.value("select calendar_id from orders where id = %s", later) == answer["created_id"]


@pytest.mark.parametrize("given, hint", [
    ({"intervals": []}, "at least an hour a week"),
    ({"intervals": ["1 09:00-12:00", "1 11:00-13:00"]}, "intervals that do not overlap"),
    ({"intervals": ["Monday"]}, 'intervals like "1 09:00-18:00", 1 = Monday'),
    ({"time_zone": "Mars/Olympus"}, "a time zone of the tz database, such as Europe/Moscow"),
    ({"holidays": ["31.12.2036"]}, "holidays like 2026-12-31"),
    ({"name": ""}, "a name of 1 to 100 bytes"),
])
def test_a_calendar_nobody_can_work_by_is_refused(panel, given, hint):
    answer = panel("calendar.save", {"name": "Плохой", "time_zone": "Europe/Moscow", "intervals": OFFICE, **given})
    assert (answer["outcome"], answer["refusal"], answer["args"]) == ("refused", "bad_value", [f"hint={hint}"])


def test_a_replaced_calendar_stands_no_more(suite, panel, client, office_hours):
    assert panel("calendar.save", {"calendar_id": office_hours, "name": "Другой", "time_zone": "UTC", "intervals": OFFICE})["refusal"] == "no_such_calendar"
    assert save_tariff(suite, panel, office_hours)["refusal"] == "no_such_calendar"


def test_what_if_counts_by_the_calendar_too(suite, client):
    told = json.loads(suite.ctl("replay", "--json"))
    raised = suite.value("select count(*) from alerts where cause = 'not_taken'")
    assert told["strange"] == 0 and told["table"]["alerts not_taken"]["before"] == raised, told


def test_the_history_is_sound(suite, client):
    checked = suite.ctl("check")
    assert "found: 0" in checked, checked
