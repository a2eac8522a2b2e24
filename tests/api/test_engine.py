"""Goal: what the panel changes through a real order-engine is in the database, once, in the name of who did it"""
import pathlib
import uuid

import pytest

from harness.process import Process

from .web import Web

HERE = pathlib.Path(__file__).parent
TARIFF = {"name": "Пробный", "orders_per_month": 3, "reaction_minutes": 90, "price_minor": 100000, "may_pin": True,
          "sees_contacts": False, "open_orders": 2, "rate_minor": None, "on_sale": True}


@pytest.fixture(scope="module")
def web(cluster, build):
    made = Web(cluster, build).start()
    made.execute((HERE / "seed.sql").read_text("utf-8"))
    engine = Process("order-engine", [pathlib.Path(build) / "bin" / "order-engine"], made.env, made.folder / "order-engine.log")
    engine.start().wait_ready()
    made.wait_ready()
    yield made
    engine.stop()
    complaints = engine.complaints()
    made.finish()
    assert not complaints, complaints


def test_a_parameter_is_set_and_reset(web):
    path = "/api/v1/parameters/ASSIGNED_CONTRACTORS_TIME_LIMIT"
    changed = web.ask("PUT", path, {"value": "35"})
    assert (changed.status, changed.json["value"], changed.json["changed_by"]) == (200, "35", "login:root")
    assert web.execute("select value from parameters where name = 'ASSIGNED_CONTRACTORS_TIME_LIMIT'") == [("35",)]
    again = web.ask("DELETE", path)
    assert (again.json["value"], again.json["changed_at"]) == ("20", None)


@pytest.mark.parametrize("name, value", [
    ("ASSIGNED_CONTRACTORS_TIME_LIMIT", "0"), ("ASSIGNED_CONTRACTORS_TIME_LIMIT", "101"), ("BILLING_DAY", "29"), ("ORDER_RATE", "-1"),
    ("COMPENSATE_BREACH", "maybe"), ("TIME_ZONE", "Mars/Olympus"), ("CURRENCY", "rub"), ("DEFAULT_LANGUAGE", "de"),
    ("DEFAULT_ESTIMATE_HOURS", "25"),
])
def test_a_bad_value_is_refused_with_a_hint(web, name, value):
    answer = web.ask("PUT", f"/api/v1/parameters/{name}", {"value": value})
    assert (answer.status, answer.json["code"]) == (422, "bad_value")
    assert "{" not in answer.json["title"] and "?" not in answer.json["title"]


@pytest.mark.parametrize("name, value", [("ORDER_RATE", "750,50"), ("COMPENSATE_BREACH", "on"), ("TIME_ZONE", "Asia/Omsk"), ("BILLING_DAY", "15")])
def test_a_good_value_is_kept(web, name, value):
    path = f"/api/v1/parameters/{name}"
    assert web.ask("PUT", path, {"value": value}).status == 200
    assert web.ask("DELETE", path).status == 200


def test_a_tariff_is_made_once_however_often_it_is_sent(web):
    key = str(uuid.uuid4())
    first, second = (web.ask("POST", "/api/v1/tariffs", TARIFF, idempotency_key=key) for _ in range(2))
    assert first.status == second.status == 201 and first.json["id"] == second.json["id"]
    assert {name: first.json[name] for name in TARIFF} == TARIFF
    assert web.execute("select count(*) from tariffs where name = 'Пробный'") == [(1,)]
    assert web.execute("select actor from audit where command_id = %s", f"web:{key}") == [("login:root",)]
    taken = web.ask("POST", "/api/v1/tariffs", TARIFF)
    assert (taken.status, taken.json["code"]) == (409, "name_taken")


def test_a_tariff_is_changed(web):
    answer = web.ask("PUT", "/api/v1/tariffs/3", {**TARIFF, "name": "VIP+", "rate_minor": 90000})
    assert answer.status == 200 and (answer.json["name"], answer.json["rate_minor"]) == ("VIP+", 90000)
    assert web.ask("PUT", "/api/v1/tariffs/777", {**TARIFF, "name": "Нет такого"}).status == 404


CALENDAR = {"name": "Офис", "time_zone": "Europe/Moscow", "intervals": ["1 09:00-13:00", "1 14:00-18:00", "7 00:00-24:00"],
            "holidays": ["2036-01-01"]}


def test_a_calendar_is_made_replaced_and_used(web):
    made = web.ask("POST", "/api/v1/calendars", CALENDAR)
    assert made.status == 201 and {name: made.json[name] for name in CALENDAR} == CALENDAR
    used = web.ask("PUT", "/api/v1/tariffs/2", {**TARIFF, "name": "Днём", "calendar_id": made.json["id"]})
    assert (used.status, used.json["calendar_id"]) == (200, made.json["id"])
    successor = web.ask("PUT", f"/api/v1/calendars/{made.json['id']}", {**CALENDAR, "holidays": []})
    assert successor.status == 200 and successor.json["id"] != made.json["id"] and successor.json["tariffs"] == 1
    assert web.get(f"/api/v1/calendars/{made.json['id']}").json["replaced_by"] == successor.json["id"]
    assert [c["id"] for c in web.get("/api/v1/calendars").json["items"]] == [successor.json["id"]]
    assert web.get("/api/v1/tariffs/2").json["calendar_id"] == successor.json["id"]


@pytest.mark.parametrize("method, path, body, status", [
    ("POST", "/api/v1/calendars", {**CALENDAR, "name": "Пустой", "intervals": []}, 422),
    ("POST", "/api/v1/calendars", {**CALENDAR, "name": "Ночь", "intervals": ["1 22:00-06:00"]}, 422),
    ("PUT", "/api/v1/calendars/777", {**CALENDAR, "name": "Нет такого"}, 404),
    ("PUT", "/api/v1/tariffs/2", {**TARIFF, "name": "Без часов", "calendar_id": 777}, 422),
])
def test_a_calendar_nobody_can_work_by_is_refused(web, method, path, body, status):
    assert web.ask(method, path, body).status == status


def test_an_account_moves_to_another_tariff(web):
    answer = web.ask("PATCH", "/api/v1/accounts/202", {"tariff_id": 2, "paid_until": "2031-01-31", "name": "Old & Daughters"})
    assert answer.status == 200
    assert (answer.json["tariff"]["id"], answer.json["paid_until"], answer.json["is_paid"]) == (2, "2031-01-31", True)
    assert web.ask("PATCH", "/api/v1/accounts/202", {"tariff_id": 777}).status == 422
    assert web.ask("PATCH", "/api/v1/accounts/777", {"tariff_id": 2}).status == 404


def test_an_invite_is_made_shown_and_revoked(web):
    made = web.ask("POST", "/api/v1/invites", {"role": "client", "tariff_id": 2, "account_name": "Новые", "paid_until": "2031-01-31"})
    assert made.status == 201 and made.json["link"].startswith("https://t.me/help_bot?start=")
    path = f"/api/v1/invites/{made.json['id']}"
    assert made.headers["Location"] == path and web.get(path).json == made.json
    assert web.ask("DELETE", path).status == 204
    assert web.get(path).json["state"] == "revoked" and web.get(path).json["link"] is None


@pytest.mark.parametrize("body, status", [
    ({"role": "client"}, (409, 422)), ({"role": "client", "tariff_id": 777}, (422,)), ({"role": "client", "account_id": 777}, (422,)),
    ({"role": "contractor"}, (201,)), ({"role": "owner"}, (201,)),
])
def test_invites_by_role(web, body, status):
    assert web.ask("POST", "/api/v1/invites", body).status in status


def test_an_unknown_invite_is_not_there(web):
    assert web.ask("DELETE", "/api/v1/invites/777").status == 404


# ---- ledgers and roles ----

def test_an_account_gets_orders_and_loses_them(web):
    path = "/api/v1/accounts/201"
    left = web.get(path).json["quota_left"]
    given = web.ask("POST", f"{path}/grants", {"amount": 2, "reason": "подарок"})
    assert (given.status, given.json["quota_left"]) == (200, left + 2)
    month = web.get(f"{path}/months").json["items"][0]
    assert (month["reserved"], month["granted"], month["balance"]) == (3, 2, -1)
    low = web.ask("POST", f"{path}/grants", {"amount": -left - 3, "reason": "обратно"}, accept_language="ru")
    assert (low.status, low.json["code"]) == (409, "grant_too_low") and str(left + 2) in low.json["title"]
    assert web.ask("POST", f"{path}/grants", {"amount": -2, "reason": "обратно"}).json["quota_left"] == left
    for body in {"amount": 0, "reason": "x"}, {"amount": 1, "reason": ""}, {"amount": 100001, "reason": "x"}, {"amount": 1}:
        assert web.ask("POST", f"{path}/grants", body).status == 422
    assert web.ask("POST", "/api/v1/accounts/777/grants", {"amount": 1, "reason": "x"}).status == 404
    assert web.get("/api/v1/accounts/777/months").status == 404
    assert web.get("/api/v1/accounts/202/months").json == {"items": [], "total": 0}


def test_a_payout_is_corrected_and_paid(web):
    path = "/api/v1/people/102"
    assert web.get(f"{path}/payouts").json["items"] == []
    corrected = web.ask("POST", f"{path}/corrections", {"amount_minor": 33333, "reason": "доплата"})
    assert corrected.status == 200
    month, = corrected.json["items"]
    assert (month["earned_minor"], month["paid_minor"], month["unpaid_minor"]) == (33333, 0, 33333)
    paid = web.ask("POST", f"{path}/payments", {"month_id": month["month_id"]})
    assert (paid.json["items"][0]["paid_minor"], paid.json["items"][0]["unpaid_minor"]) == (33333, 0)
    again = web.ask("POST", f"{path}/payments", {"month_id": month["month_id"]})
    assert (again.status, again.json["code"]) == (409, "nothing_unpaid")
    assert web.ask("POST", f"{path}/payments", {"month_id": 777}).status == 422
    assert web.ask("POST", "/api/v1/people/777/corrections", {"amount_minor": 1, "reason": "x"}).status == 404
    assert web.ask("POST", "/api/v1/people/101/corrections", {"amount_minor": 1, "reason": "x"}).status == 404, "never worked here"
    assert web.execute("select actor from audit where action = 'payout.mark_paid'") == [("login:root",)]


def test_a_role_is_taken_and_given_back(web):
    path = "/api/v1/people/102"
    gone = web.ask("POST", f"{path}/removals", {"role": "contractor"})
    assert gone.status == 200 and gone.json["roles"] == [] and gone.json["removed_at"]
    assert web.get("/api/v1/orders/1002").json["state"] == "new", "somebody else shall do it"
    assert web.ask("POST", f"{path}/removals", {"role": "contractor"}).json["code"] == "role_not_held"
    back = web.ask("POST", f"{path}/restorations", {"role": "contractor"})
    assert back.json["roles"] == ["contractor"] and back.json["removed_at"] is None
    last = web.ask("POST", "/api/v1/people/103/removals", {"role": "owner"})
    assert (last.status, last.json["code"]) == (409, "last_owner")
    assert web.ask("POST", f"{path}/removals", {"role": "captain"}).status == 422


def test_a_request_for_more_is_answered(web):
    web.execute("insert into upgrade_requests (id, account_id, person_id, at) values (501, 201, 101, now())")
    assert [u["id"] for u in web.get("/api/v1/upgrades?open=true").json["items"]] == [501]
    closed = web.ask("PUT", "/api/v1/upgrades/501", {"outcome": "granted"})
    assert (closed.status, closed.json["outcome"], closed.json["closed_by"]) == (200, "granted", "login:root")
    assert web.get("/api/v1/upgrades?open=true").json["total"] == 0
    assert web.ask("PUT", "/api/v1/upgrades/501", {"outcome": "declined"}).json["code"] == "upgrade_gone"
    assert web.ask("PUT", "/api/v1/upgrades/501", {"outcome": "later"}).status == 422


# ---- examples ----

def test_examples_of_good_orders_are_edited(web):
    path = "/api/v1/examples/en"
    before = web.get(path).json["texts"]
    assert len(before) == 4
    for texts in ["Please move our site"], [f"Example {n}" for n in range(8)], before:
        assert web.ask("PUT", path, {"texts": texts}).json == {"language": "en", "texts": texts}
        assert web.get(path).json["texts"] == texts
    assert [item["language"] for item in web.get("/api/v1/examples").json["items"]] == ["en", "ru"]
    assert web.execute("select distinct actor from audit where subject = 'examples:en'") == [("login:root",)]


@pytest.mark.parametrize("path, texts, status", [
    ("/api/v1/examples/de", ["Guten Tag"], 404), ("/api/v1/examples/en", [], 422), ("/api/v1/examples/en", ["x"] * 9, 422),
    ("/api/v1/examples/en", ["x" * 401], 422), ("/api/v1/examples/en", ["ж" * 400], 200), ("/api/v1/examples/en", [" \n"], 422),
    ("/api/v1/examples/en", "x", 422),
])
def test_examples_fit_into_one_message(web, path, texts, status):
    assert web.ask("PUT", path, {"texts": texts}).status == status
    assert web.get("/api/v1/examples/de").status == 404


# ---- an administrator acts as an owner ----

def test_what_is_done_to_an_order_is_an_event_with_the_login(web):
    path = "/api/v1/orders/1001"

    def does(what, **body):
        return web.ask("POST", f"{path}/{what}", body or None)
    given = does("assignments", contractor_id=102)
    assert (given.status, given.json["state"], given.json["contractor"]["id"]) == (200, "in_work", 102)
    assert does("extensions", estimate_minutes=600, reason="Ждём детали").json["estimate_minutes"] == 600
    assert does("messages", text="Мастер едет", to="client").json["messages"][-1]["text"] == "Мастер едет"
    assert does("reassignments", contractor_id=102, reason="Сам себе").json["code"] == "has_it_already"
    assert does("releases", reason="Не успевает").json["state"] == "new"
    assert does("acceptances").json["code"] == "wrong_state"
    ended = does("cancellations", reason="Больше не нужно").json
    assert ended["state"] == "cancelled"
    happened = [(event, "owner", None, "root") for event in ("assign", "extend", "say", "release", "cancel")]
    assert [(e["event"], e["role"], e["actor_id"], e["login"]) for e in ended["events"][1:]] == happened
    rows = [row for row in web.get(f"{path}/timeline").json["timeline"] if row["kind"] == "event" and "login" in row]
    assert [(row["event"], row["role"], row.get("person_id"), row["login"]) for row in rows] == happened


@pytest.mark.parametrize("what, body, status, code", [
    ("assignments", {}, 422, "invalid"), ("assignments", {"contractor_id": 0}, 422, "invalid"),
    ("assignments", {"contractor_id": 777}, 422, "no_such_person"), ("pings", {"contractor_id": 102}, 409, "not_open_to"),
    ("releases", {"reason": ""}, 422, "invalid"), ("releases", {"reason": "Не успевает"}, 409, "wrong_state"),
    ("extensions", {"estimate_minutes": 60, "reason": "Долго"}, 409, "wrong_state"), ("answers", {"text": "Да"}, 409, "wrong_state"),
    ("reworks", {"reason": "Не то"}, 409, "wrong_state"), ("messages", {"text": "Ау"}, 409, "wrong_state"),
    ("settlements", {"alert_id": 777}, 409, "alert_gone"), ("cancellations", {"reason": "Хватит", "pay": True}, 409, "nobody_to_pay"),
])
def test_what_cannot_be_done_to_an_order_is_refused(web, what, body, status, code):
    assert web.get("/api/v1/orders/1002").json["state"] == "new"
    answer = web.ask("POST", f"/api/v1/orders/1002/{what}", body)
    assert (answer.status, answer.json["code"]) == (status, code)
    if status == 409:
        unknown = web.ask("POST", f"/api/v1/orders/9999/{what}", body)
        assert (unknown.status, unknown.json["code"]) == (404, "no_such_order")
