"""Goal: whoever lives by another clock reads every time by it, while days and money stay the company's"""
import pytest

from harness.waiting import wait_until

from .bus import BusClient
from .company import WAIT_S, Panel

HOME = "по часовому поясу Москва (UTC+3)"


@pytest.fixture(scope="module")
def company(company):
    company.owner = company.joins(1, "Владелец", "owner")
    company.has_no_limits()
    return company


def zone_of(suite, person):
    return suite.value("select time_zone from people where telegram_id = %s", person.id)


def wait_zone(suite, person, zone):
    wait_until(lambda: zone_of(suite, person) == zone, WAIT_S, f"{person.name} to live by {zone or 'the installation'}",
               lambda: zone_of(suite, person))


def clock(suite, order, zone):
    """When the order's clock runs out, as a clock of that zone shows it."""
    return suite.value("""select to_char(at_ms(clock_due(c)) at time zone %s, 'HH24:MI') from clock_runs c
                          where c.order_id = %s and c.ended_at is null""", zone, order)


def lives_in(suite, person, city, zone):
    """Presses the city."""
    person.tap("cities", person.opens("/settings", "Настройки"))
    asked = person.wait_for("По часам какого города", button="Камчатка (UTC+12)")
    person.press(city, asked)
    wait_zone(suite, person, zone)


# ---- choosing ----

def test_a_city_is_pressed(suite, company):
    company.client.opens("/settings", "Часовой пояс: Москва (UTC+3)")
    before = company.client.mark()
    lives_in(suite, company.client, "Владивосток", "Asia/Vladivostok")
    settings = company.client.wait_for("Часовой пояс: Владивосток (UTC+10)", after=before)
    assert HOME in settings.text, settings.text


def test_another_city_is_written(suite, company):
    company.contractor.tap("cities", company.contractor.opens("/settings", "Настройки"))
    company.contractor.wait_for("По часам какого города")
    company.contractor.say("Атлантида")
    company.contractor.wait_for("Не знаю такого места")
    company.contractor.say("new york")
    company.contractor.wait_for("Часовой пояс: New York (UTC−")
    wait_zone(suite, company.contractor, "America/New_York")
    before = company.contractor.mark()
    company.contractor.tap("cities")
    company.contractor.wait_for("По часам какого города")
    company.contractor.say("+5")
    company.contractor.wait_for("Часовой пояс: UTC+5", after=before)
    wait_zone(suite, company.contractor, "Etc/GMT-5")


def test_nobody_lives_on_mars(suite, company):
    with BusClient(suite.folder / "bus") as bus:
        answer = bus.ask("person.update", {"time_zone": "Mars/Olympus"}, f"tg:{company.client.id}")
    assert answer["refusal"] == "bad_value", answer
    assert zone_of(suite, company.client) == "Asia/Vladivostok"


# ---- reading ----

def test_everybody_reads_the_promise_by_the_own_clock(suite, company):
    company.order = company.orders(company.client, "Нужен баннер")
    promised = {zone: clock(suite, company.order, zone) for zone in ("Asia/Vladivostok", "Etc/GMT-5")}
    company.client.wait_for(f"Возьмём в работу до {promised['Asia/Vladivostok']}")
    company.contractor.wait_for(f"до {promised['Etc/GMT-5']}", button="Взять")


def test_the_estimate_too_and_the_card_with_it(suite, company):
    company.takes(company.contractor, company.order, hours=2)
    done_by = {zone: clock(suite, company.order, zone) for zone in ("Asia/Vladivostok", "Etc/GMT-5", "Europe/Moscow")}
    company.client.wait_for(f"до {done_by['Asia/Vladivostok']}", button="История")
    company.contractor.wait_for(f"до {done_by['Etc/GMT-5']}", button="Сдать")
    company.owner.start(f"order_{company.order}")
    company.owner.wait_for(f"до {done_by['Europe/Moscow']}")


# ---- days and money ----

def test_earnings_and_reports_are_counted_by_the_companys_days(suite, company):
    company.finishes(company.contractor, company.order, "Готово")
    company.accepted(company.client, company.order)
    earned = company.contractor.opens("/earnings", "Ваш заработок")
    assert HOME in earned.text, earned.text
    assert HOME not in company.owner.opens("/report", "Отчёт").text
    lives_in(suite, company.owner, "Камчатка", "Asia/Kamchatka")
    assert HOME in company.owner.opens("/report", "Отчёт").text
    company.owner.press("Excel")
    wait_until(lambda: any(HOME in (m.get("caption") or m.text) for m in company.owner.bot_messages() if m.get("document")), WAIT_S,
               "the workbook's caption to say whose days", lambda: company.owner.messages()[-1])


# ---- in a group ----

def test_a_group_lives_by_the_companys_clock(suite, company):
    group = company.sim.group(-500, "Менеджеры", [company.owner])
    group.adds_bot(by=company.owner)
    company.owner.tap("bind_group", group.see("bind_group"))
    wait_until(lambda: suite.query("select 1 from managers_group"), WAIT_S, "the group to be bound")
    order = company.orders(company.client, "Нужен фильтр")
    by = {zone: clock(suite, order, zone) for zone in ("Asia/Kamchatka", "Europe/Moscow")}
    suite.ctl.advance("1380m")  # of a day
    group.wait_for(f"Взять до {by['Europe/Moscow']}", button="Я занимаюсь", timeout=WAIT_S)
    company.owner.wait_for(f"Взять до {by['Asia/Kamchatka']}", button="Я занимаюсь", timeout=WAIT_S)


# ---- back ----

def test_the_panel_shows_it(suite, company):
    number = suite.value("select id from people where telegram_id = %s", company.owner.id)
    with Panel(suite) as panel:
        assert panel.ask("GET", f"people/{number}")["time_zone"] == "Asia/Kamchatka"


def test_one_lives_as_the_company_does_again(suite, company):
    lives_in(suite, company.owner, "Как у компании", "")
    settings = company.owner.opens("/settings", "Часовой пояс: Москва (UTC+3)")
    assert HOME not in settings.text, settings.text


def test_everything_still_adds_up(suite, company):
    company.wait_settled()
    assert not suite.sim.summary().get("violations"), suite.sim.summary()
    assert "found: 0" in suite.ctl("check")
