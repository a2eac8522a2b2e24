"""Goal: an owner reads a billing month as text, picture and workbook, and every number of it is the panel's"""
import io
import re
import xml.etree.ElementTree
import zipfile

import pytest

from harness.waiting import wait_until

from .bus import BusClient
from .company import PAID, WAIT_S, Panel

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def company(suite, company):
    company.owner = company.joins(1, "Владелец", "owner")
    company.manager = company.joins(2, "Менеджер", "manager")
    company.workers = [company.joins(21 + n, name, "contractor") for n, name in enumerate(("Подрядчик 1 & Ко", "Подрядчик 2", "Подрядчик 3"))]
    company.clients = [company.joins(11 + n, name, "client", tariff="VIP", paid_until=PAID) for n, name in enumerate(("Ромашка", "Пекарня"))]
    with Panel(suite) as panel:
        panel.set(CONTRACTOR_MAX_ORDERS=20)
    return company


@pytest.fixture(scope="module")
def panel(suite, company):
    with Panel(suite, "reports") as panel:
        yield panel


@pytest.fixture(scope="module")
def past(suite, company):
    """Two months: in the first three orders are closed, one of them late, one is cancelled, one contractor is paid; the second runs."""
    with BusClient(suite.folder / "bus") as bus:
        for worker, client, hours in ((0, 0, 0), (0, 0, 2), (1, 1, 0)):
            closed(suite, bus, company.workers[worker], company.clients[client], hours)
        cancelled = do(bus, "order.create", company.clients[1], text="Передумаю")["order_id"]
        do(bus, "order.cancel", company.clients[1], order_id=cancelled)
        do(bus, "payout.mark_paid", company.owner, contractor_id=number_of(suite, company.workers[1]),
           month_id=suite.value("select id from running_month"))
        minutes = suite.value("select ceil(extract(epoch from ends_at - suite_now()) / 60)::bigint + 60 from running_month")
        suite.ctl.advance(f"{minutes}m")
        do(bus, "order.create", company.clients[0], text="Новый месяц")
    return suite.value("select min(id) from billing_months")


def number_of(suite, person):
    return suite.value("select id from people where telegram_id = %s", person.id)


def do(bus, kind, actor, **body):
    answer = bus.ask(kind, body, f"tg:{actor.id}")
    assert answer["outcome"] == "ok", answer
    return answer


def closed(suite, bus, worker, client, hours):
    """An order of an hour's work that took so many hours."""
    order = do(bus, "order.create", client, text="Нужен баннер")["order_id"]
    do(bus, "order.take", worker, order_id=order, estimate_minutes=60)
    if hours:
        suite.ctl.advance(f"{hours * 60}m")
        wait_until(lambda: suite.value("select work_breached_at is not null from orders where id = %s", order), WAIT_S, "the breach")
    do(bus, "order.finish", worker, order_id=order, text="Готово")
    do(bus, "order.accept", client, order_id=order)


def shows(owner, message, words):
    """The same message, once it says this."""
    return wait_until(lambda: next((m for m in owner.bot_messages() if m.id == message.id and words in m.text), None),
                      WAIT_S, f"the message to say {words}", lambda: owner.last().text)


def read_past_month(company):
    mark = company.owner.mark()
    company.owner.say("/report")
    report = company.owner.wait_for("Отчёт", after=mark)
    company.owner.tap("report:1", report)
    return shows(company.owner, report, "Заказов: 3")


def money(minor):
    return f"{minor // 100}\u00a0₽"


def test_the_month_in_a_few_lines_is_the_panels(company, panel, past):
    month = panel.ask("GET", f"months/{past}")
    assert [month[what] for what in ("orders", "taken", "taken_in_time", "worked", "done_in_time")] == [3, 3, 3, 3, 2]
    assert [month[what] for what in ("earned_minor", "paid_minor", "unpaid_minor")] == [150000, 50000, 100000]
    text = read_past_month(company).text
    assert "Взято в срок: 100\u00a0% (3 из 3)" in text and "Выполнено в срок: 66,6\u00a0% (2 из 3)" in text, text
    for what in "earned_minor", "paid_minor", "unpaid_minor":
        assert money(month[what]) in text, text
    busiest = max(month["hours"], key=lambda hour: hour["orders"])
    assert f"{busiest['hour']}:00 ({busiest['orders']})" in text, text
    assert sum(hour["orders"] for hour in month["hours"]) == month["orders"]
    listed = next(item for item in panel.ask("GET", "months")["items"] if item["id"] == past)
    assert listed == {key: month[key] for key in listed}, "the list and the report are of one view"


def test_the_lists_are_the_panels(company, panel, past):
    month, report = panel.ask("GET", f"months/{past}"), read_past_month(company)
    company.owner.tap("payouts:1000", report)
    payouts = shows(company.owner, report, "Итого")
    for row in month["contractors"]:
        assert f"{row['name']}: {money(row['earned_minor'])}, заказов: {row['orders']}" in payouts.text, payouts.text
    assert "Подрядчик 2: 500\u00a0₽, заказов: 1, выплачено" in payouts.text
    company.owner.tap("report:1", payouts)
    company.owner.tap("clients:1000", shows(company.owner, report, "Заказов: 3"))
    clients = shows(company.owner, report, "Заказы клиентов")
    for row in month["clients"]:
        assert f"{row['name']}: {row['orders']}" in clients.text, clients.text


def file_sent(suite, owner, kind, press):
    mark = owner.mark()
    toast = owner.tap(press)
    assert "Готовлю" in toast["text"]
    message = wait_until(lambda: next((m for m in owner.bot_messages() if m.id > mark and m.get(kind)), None), WAIT_S, f"the {kind}")
    assert "Отчёт: " in message.get("caption", message.text)
    sent = message[kind][-1] if isinstance(message[kind], list) else message[kind]
    return sent, suite.sim.request("GET", f"files/{sent['file_id']}").content


def test_the_picture_comes_in_both_looks(suite, company, past):
    read_past_month(company)
    light = file_sent(suite, company.owner, "photo", "report_file:1000")[1]
    dark = file_sent(suite, company.owner, "photo", "report_file:1001")[1]
    assert light[:8] == dark[:8] == b"\x89PNG\r\n\x1a\n" and light != dark
    suite["telegram-simulator"].wait_log("sendChatAction status=200")


def sheets_of(workbook):
    """{sheet: rows}; a cell is (value, whether it is a number)."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        strings = ["".join(t.text or "" for t in item.iter(f"{SHEET}t"))
                   for item in xml.etree.ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [s.get("name") for s in xml.etree.ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]
        return {name: [[cell_of(cell, strings) for cell in row] for row in
                       xml.etree.ElementTree.fromstring(book.read(f"xl/worksheets/sheet{n + 1}.xml")).iter(f"{SHEET}row")]
                for n, name in enumerate(names)}


def cell_of(cell, strings):
    value = cell.find(f"{SHEET}v").text
    return strings[int(value)] if cell.get("t") == "s" else float(value)


def test_the_workbook_has_numbers_and_dates(suite, company, panel, past):
    month = panel.ask("GET", f"months/{past}")
    read_past_month(company)
    document, content = file_sent(suite, company.owner, "document", "report_file:1002")
    assert re.fullmatch(r"report-\d{4}-\d{2}-\d{2}\.xlsx", document["file_name"])
    sheets = sheets_of(content)
    assert list(sheets) == ["Сводка", "Выплаты", "Записи", "Клиенты", "Нагрузка по часам"]
    summary = {row[0]: row[1] for row in sheets["Сводка"] if len(row) > 1}
    assert (summary["Начислено"], summary["К выплате"], summary["Заказов"]) == (1500, 1000, 3)
    assert isinstance(summary["Первый день"], float) and summary["Последний день"] - summary["Первый день"] in (27, 28, 29, 30)
    assert [tuple(row) for row in sheets["Выплаты"][1:]] == [
        (row["name"], row["orders"], row["earned_minor"] / 100, row["paid_minor"] / 100, row["unpaid_minor"] / 100) for row in month["contractors"]]
    assert [row[:2] for row in sheets["Клиенты"][1:]] == [[row["name"], row["orders"]] for row in month["clients"]]
    assert len(sheets["Записи"]) == 1 + 3 and all(isinstance(row[0], float) for row in sheets["Записи"][1:]), "instants are dates"
    heat = [row[1:] for row in sheets["Нагрузка по часам"][1:]]
    assert {(day + 1, hour): orders for day, row in enumerate(heat) for hour, orders in enumerate(row) if orders} \
        == {(h["weekday"], h["hour"]): h["orders"] for h in month["hours"]}


def test_only_owners_read_reports(company, past):
    company.manager.say("/menu")
    menu = company.manager.wait_for("Главное меню")
    for press in "report:0", "payouts:0", "clients:0", "report_file:0", "report_file:1002":
        before = company.manager.mark()
        assert company.manager.press_data(press, menu, stale=True)["text"], press
        assert all(not m.get("photo") and not m.get("document") for m in company.manager.bot_messages() if m.id > before)


@pytest.mark.parametrize("press", ["report:999999", "payouts:999999000", "clients:999999999999", "report_file:999999000", "report_file:7", "report:9223372036854775807"])
def test_a_month_that_never_was_is_a_sentence(suite, company, press):
    company.owner.say("/menu")
    company.owner.press_data(press, company.owner.wait_for("Главное меню"), stale=True)
    company.wait_settled()
    company.owner.say("/report")
    company.owner.wait_for("Отчёт")


def test_a_picture_that_telegram_refuses_is_said(suite, company, past):
    suite.sim.fault("error", method="sendPhoto", code=400, count=1)
    read_past_month(company)
    company.owner.tap("report_file:1000")
    company.owner.wait_for("не удалось")
    suite.sim.no_faults()
    file_sent(suite, company.owner, "photo", "report_file:1000")
