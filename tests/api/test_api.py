"""Goal: whatever is asked of admin-web, by whomever, the answer is the one openapi.yaml describes, and nobody else waits for it"""
import pathlib
import re
import select
import signal
import socket
import subprocess
import threading
import time
import uuid

import pytest

from harness.suite import ADDRESS
from harness.waiting import wait_until

from .scripted_engine import ScriptedEngine
from .web import OPENAPI, PROBLEM, Web

HERE = pathlib.Path(__file__).parent
TARIFF = {"name": "Пробный", "orders_per_month": 3, "reaction_minutes": 90, "price_minor": 100000, "may_pin": True,
          "sees_contacts": False, "open_orders": 2, "rate_minor": None, "on_sale": True}


@pytest.fixture(scope="module")
def web(cluster, build):
    made = Web(cluster, build).start()
    made.execute((HERE / "seed.sql").read_text("utf-8"))
    yield made
    made.finish()


@pytest.fixture(scope="module")
def engine(web):
    """A scripted one: answers ok unless a test wants otherwise."""
    with ScriptedEngine(web.bus) as made:
        web.wait_ready()
        yield made


@pytest.fixture
def refuses(engine):
    """refuses("name_taken", "hint=..."): what the engine says to the next commands."""
    def say(refusal, *args):
        engine.answer = lambda command: {"outcome": "refused", "refusal": refusal, "args": list(args)}
    yield say
    engine.answer = lambda command: {"outcome": "ok"}


# ---- the table and its description ----

def test_the_routes_are_those_of_the_description(web):
    printed = subprocess.run([web.program, "--print-routes"], env=web.env, capture_output=True, text=True, check=True).stdout
    routes = {tuple(line.split(None, 3)) for line in printed.splitlines()}
    described = set()
    for path, item in OPENAPI["paths"].items():
        for method in {"get", "post", "put", "patch", "delete"} & set(item):
            public = item[method].get("security") == []
            scope = "public" if public else "read" if method == "get" else "write"
            described.add((method.upper(), path, scope, item[method]["summary"]))
    assert routes == described


def test_every_operation_has_a_name_of_its_own():
    names = [item[m]["operationId"] for item in OPENAPI["paths"].values() for m in item if m in ("get", "post", "put", "patch", "delete")]
    assert len(names) == len(set(names))


# ---- watching ----

def test_the_public_pages_answer_without_a_token(web):
    for path, kind in (("/", "text/html"), ("/page/style.css", "text/css"), ("/page/page.js", "text/javascript"),
                       ("/page/icon.svg", "image/svg+xml"), ("/api/v1/openapi.yaml", "application/yaml")):
        answer = web.get(path, token=None)
        assert (answer.status, answer.type) == (200, kind)
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_health_and_readiness(web, engine):
    assert web.get("/healthz", token=None).json["status"] == "alive"
    assert web.get("/readyz", token=None).json == {"ready": True, "database": True, "engines": 1}


def test_the_status_names_no_person(web):
    answer = web.get("/status.json", token=None)
    assert answer.json["orders"] == {"new": 1, "in_work": 1, "waiting_client": 0, "done": 0}
    assert answer.json["backlog"] == {"alerts_open": 1, "notices_waiting": 1, "replies_waiting": 0, "deadlines_overdue": 1,
                                      "updates_waiting": 1, "updates_parked": 1}
    alive = {(d["daemon"], d["instance"]): d["alive"] for d in answer.json["daemons"]}
    assert alive[("order-engine", "2")] and alive[("admin-web", "1")] and not alive[("sla-watcher", "1")]
    assert not re.search("Клиент 1|принтер|5001|Ромашка", answer.text)


def test_metrics_are_prometheus_text(web):
    text = web.get("/metrics", token=None).text
    assert 'itsupport_orders{state="new"} 1' in text
    assert 'itsupport_up{daemon="sla-watcher",instance="1",version="0.1.0"} 0' in text
    assert 'itsupport_order_engine_commands_total{instance="2"} 8' in text
    assert 'itsupport_order_engine_odd_name{instance="1"} 1.5' in text
    assert "itsupport_sla_watcher_sent_total" not in text  # silent: its figures are old
    families = re.findall(r"^# TYPE (\S+)", text, re.M)
    assert len(families) == len(set(families))
    line = re.compile(r'(# (HELP|TYPE) .+)|(\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?[0-9.]+)')
    assert all(line.fullmatch(one) for one in text.splitlines())


# ---- reading ----

@pytest.mark.parametrize("path", [p for p, i in OPENAPI["paths"].items() if "get" in i and "{" not in p and p.startswith("/api/v1/")])
def test_every_list_answers_as_described(web, path):
    assert web.get(path, token="reader").status == 200


def test_parameters_have_all_the_panel_shows(web):
    items = web.get("/api/v1/parameters").json["items"]
    day = next(p for p in items if p["name"] == "BILLING_DAY")
    assert (day["default"], day["min"], day["max"], day["unit"], day["changed_at"]) == ("1", 1, 28, "day", None)
    assert web.get("/api/v1/parameters/BILLING_DAY").json == day
    assert web.get("/api/v1/parameters/BILLING").status == 404


def test_tariffs_count_their_accounts(web):
    tariffs = {t["id"]: t for t in web.get("/api/v1/tariffs").json["items"]}
    assert tariffs[2]["accounts"] == 1 and tariffs[3]["accounts"] == 0
    assert web.get("/api/v1/tariffs/2").json == tariffs[2]


@pytest.mark.parametrize("query, ids", [
    ("", [101, 103, 102, 104]), ("?role=contractor", [102]), ("?q=%40contractor1", [102]), ("?q=%D0%BA%D0%BB%D0%B8%D0%B5%D0%BD%D1%82", [101]),
    ("?q=5003", [103]), ("?removed=false&limit=2", [101, 103]), ("?removed=true", [104]), ("?limit=1&offset=2", [102]),
    ("?q=%25", []), ("?role=client&role=owner", None), ("?role=", None), ("?limit=0", None), ("?limit=201", None),
    ("?limit=x", None), ("?offset=-1", None), ("?unknown=1", None), ("?q=%zz", None), ("?q=%00", None), ("?q=%ff", None),
    ("?removed=yes", None), ("?role=boss", None), ("?q=" + "a" * 101, None),
])
def test_people_by_role_and_name(web, query, ids):
    answer = web.get("/api/v1/people" + query)
    if ids is None:
        assert answer.status == 422 and answer.json["errors"]
    else:
        assert [p["id"] for p in answer.json["items"]] == ids
        assert answer.json["total"] >= len(ids)


def test_one_person(web):
    person = web.get("/api/v1/people/101").json
    assert person["account"] == {"id": 201, "name": "ООО «Ромашка»"} and person["roles"] == ["client"]
    for unknown in ("999", "0", "01", "x", "9999999999999999999"):
        assert web.get(f"/api/v1/people/{unknown}").status == 404


def test_accounts_show_quota_and_people(web):
    account = web.get("/api/v1/accounts/201").json
    assert account["quota_left"] == 12 and account["is_paid"] and account["open_orders"] == 2
    assert account["people"] == [{"id": 101, "name": "Клиент 1"}] and account["pinned"] == [{"id": 102, "name": "Подрядчик 1"}]
    assert [a["id"] for a in web.get("/api/v1/accounts?paid=false").json["items"]] == [202]
    assert [a["id"] for a in web.get("/api/v1/accounts?tariff=2&q=%D0%BA%D0%BB%D0%B8%D0%B5%D0%BD%D1%82").json["items"]] == [201]


def test_links_are_for_those_who_may_write(web):
    link = "https://t.me/help_bot?start=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    assert web.get("/api/v1/invites?state=open").json["items"][0]["link"] == link
    assert web.get("/api/v1/invites/401", token="reader").json["link"] is None
    assert "aaaaaaaa" not in web.get("/api/v1/invites", token="reader").text
    assert web.get("/api/v1/invites/402").json["state"] == "expired"


@pytest.mark.parametrize("query, ids", [
    ("", [1003, 1002, 1001]), ("?state=new,in_work", [1002, 1001]), ("?state=closed", [1003]), ("?contractor=102", [1003, 1002]),
    ("?account=202", []), ("?tariff=2&limit=1", [1003]), ("?late=true", [1003, 1001]), ("?late=false", [1002]),
    ("?q=1002", [1002]), ("?q=%E2%84%961002", [1002]), ("?q=%D0%BF%D1%80%D0%B8%D0%BD%D1%82%D0%B5%D1%80", [1003, 1002, 1001]),
    ("?q=100%25", [1003, 1002, 1001]), ("?created_from=2999-01-01", []), ("?created_before=2001-01-01T00:00:00Z", []),
    ("?state=new,old", None), ("?state=new,", None), ("?created_from=yesterday", None), ("?contractor=anna", None), ("?late=1", None),
])
def test_orders_by_filters(web, query, ids):
    answer = web.get("/api/v1/orders" + query)
    if ids is None:
        assert answer.status == 422
    else:
        assert [o["id"] for o in answer.json["items"]] == ids


def test_one_order_with_its_history(web):
    order = web.get("/api/v1/orders/1002").json
    assert [e["event"] for e in order["events"]] == ["create", "take"]
    assert order["messages"][0]["files"] == ["photo"]
    assert [c["clock"] for c in order["clocks"]] == ["reaction", "work"]
    assert order["deadlines"][0]["step"] == "breach" and not order["late"]
    assert web.get("/api/v1/orders/1001").json["alerts"][0]["cause"] == "not_taken"
    assert "AgAC" not in web.get("/api/v1/orders/1001").text


def test_one_order_explains_itself(web):
    told = web.get("/api/v1/orders/1001/timeline").json
    assert [(lap["clock"], lap["lasts"], lap["paused_ms"]) for lap in told["clocks"]] == [("reaction", True, 0)]
    assert told["clocks"][0]["counted_ms"] >= 2 * 3600 * 1000
    rows = {row["kind"]: row for row in told["timeline"]}
    assert rows["event"]["why"] == "a client asks for help" and rows["quota"]["amount"] == -1
    assert (rows["notice"]["role"], rows["notice"]["person_id"], rows["notice"]["fate"]) == ("contractor", 102, "waits")
    assert "order" in told and "AgAC" not in str(told)
    assert web.get("/api/v1/orders/9999/timeline").status == 404
    for path in ("timelines", "timeline/", "timeline/1"):
        assert web.get(f"/api/v1/orders/1001/{path}").status == 404


def test_head_is_get_without_the_body(web):
    answer = web.ask("HEAD", "/healthz", token=None)
    assert answer.status == 200 and answer.text == "" and int(answer.headers["Content-Length"]) > 0


# ---- changing ----

def test_a_change_is_a_command_in_the_bearers_name(web, engine):
    key = str(uuid.uuid4())
    answer = web.ask("PUT", "/api/v1/parameters/BILLING_DAY", {"value": "7"}, idempotency_key=key.upper())
    command = engine.commands[-1]
    assert answer.status == 200 and answer.headers["Idempotency-Key"] == key
    assert (command["type"], command["id"], command["actor"]) == ("parameter.set", f"web:{key}", "login:root")
    assert command["body"] == {"name": "BILLING_DAY", "value": "7"}


def test_a_missing_key_is_made(web, engine):
    answer = web.ask("DELETE", "/api/v1/parameters/BILLING_DAY")
    assert engine.commands[-1]["type"] == "parameter.reset"
    assert engine.commands[-1]["id"] == "web:" + answer.headers["Idempotency-Key"]


@pytest.mark.parametrize("key", ["1", "", "x" * 36, "123e4567-e89b-12d3-a456-42661417400", "123e4567e89b12d3a456426614174000"])
def test_a_bad_key_is_refused(web, engine, key):
    before = len(engine.commands)
    answer = web.ask("DELETE", "/api/v1/parameters/BILLING_DAY", idempotency_key=key)
    assert (answer.status, answer.json["code"], len(engine.commands)) == (400, "bad_key", before)


def test_a_tariff_is_made_and_changed(web, engine):
    engine.answer = lambda command: {"outcome": "ok", "created_id": 2}
    made = web.ask("POST", "/api/v1/tariffs", TARIFF)
    assert made.status == 201 and made.headers["Location"] == "/api/v1/tariffs/2"
    assert "tariff_id" not in engine.commands[-1]["body"] and "rate_minor" not in engine.commands[-1]["body"]
    changed = web.ask("PUT", "/api/v1/tariffs/2", {**TARIFF, "rate_minor": 70000})
    assert changed.status == 200 and changed.json["id"] == 2
    assert engine.commands[-1]["body"] == {**TARIFF, "tariff_id": 2, "rate_minor": 70000}


def test_an_account_is_changed(web, engine):
    answer = web.ask("PATCH", "/api/v1/accounts/201", {"paid_until": "2031-01-31"})
    assert answer.status == 200 and engine.commands[-1]["body"] == {"account_id": 201, "paid_until": "2031-01-31"}
    assert web.ask("PATCH", "/api/v1/accounts/201", {}).json["code"] == "no_change"


def test_an_invite_is_made_and_revoked(web, engine):
    engine.answer = lambda command: {"outcome": "ok", "created_id": 401, "token": "a" * 32}
    made = web.ask("POST", "/api/v1/invites", {"role": "client", "tariff_id": 2, "paid_until": "2031-01-31", "account_name": "Я"})
    assert made.status == 201 and made.json["link"].endswith("a" * 32)
    gone = web.ask("DELETE", "/api/v1/invites/401")
    assert (gone.status, gone.text) == (204, "") and engine.commands[-1]["body"] == {"invite_id": 401}


@pytest.mark.parametrize("body, field", [
    ({**TARIFF, "name": ""}, "name"), ({**TARIFF, "name": "x" * 101}, "name"), ({**TARIFF, "name": 5}, "name"),
    ({**TARIFF, "name": None}, "name"), ({**TARIFF, "open_orders": 0}, "open_orders"), ({**TARIFF, "open_orders": 1.5}, "open_orders"),
    ({**TARIFF, "open_orders": "1"}, "open_orders"), ({**TARIFF, "price_minor": 2**63}, "price_minor"),
    ({**TARIFF, "price_minor": 2**70}, "price_minor"), ({**TARIFF, "price_minor": -1}, "price_minor"),
    ({**TARIFF, "may_pin": 1}, "may_pin"), ({**TARIFF, "may_pin": "true"}, "may_pin"), ({**TARIFF, "extra": 1}, "extra"),
    ({**TARIFF, "name": "a\0b"}, "name"), ({**TARIFF, "name": []}, "name"),
    ({k: v for k, v in TARIFF.items() if k != "on_sale"}, "on_sale"),
])
def test_what_is_wrong_with_a_body_is_told_field_by_field(web, engine, body, field):
    before = len(engine.commands)
    answer = web.ask("POST", "/api/v1/tariffs", body)
    assert answer.status == 422 and [e["field"] for e in answer.json["errors"]] == [field]
    assert len(engine.commands) == before


@pytest.mark.parametrize("day", ["2031-02-29", "2031-13-01", "2031-1-1", "31.01.2031", "2031-00-10", "2031-01-32", 20310131])
def test_a_date_is_a_day_of_the_calendar(web, engine, day):
    assert web.ask("PATCH", "/api/v1/accounts/201", {"paid_until": day}).status == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"5", b'"x"', b"{}{}", b'{"value":"7"} x', b'{"value":"\xff"}', b"\xef\xbb\xbf{}",
                                  b'{"value":"7",}', b"{'value':'7'}", b'{"value":"7"}\0', b'{"a":' * 5000, b"NaN"])
def test_what_is_no_json_object_is_refused(web, engine, body):
    answer = web.ask("PUT", "/api/v1/parameters/BILLING_DAY", body)
    assert (answer.status, answer.json["code"]) == (400, "bad_json")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx", ""])
def test_only_json_is_taken(web, kind):
    answer = web.ask("PUT", "/api/v1/parameters/BILLING_DAY", '{"value": "7"}', content_type=kind)
    assert answer.status == 415


# ---- refusals ----

def every_refusal():
    domain = (pathlib.Path(__file__).resolve().parents[2] / "common/wire/domain.h").read_text("utf-8")
    listed = domain[domain.index("#define REFUSALS"):].split("\n\n", 1)[0]
    return re.findall(r'X\(\w+,\s*"(\w+)",\s*"(.*?)"\)', listed)


@pytest.mark.parametrize("refusal, sentence", every_refusal())
def test_every_refusal_has_its_sentence_and_its_hint(web, refuses, refusal, sentence):
    refuses(refusal)
    english, russian = (web.ask("PUT", "/api/v1/parameters/BILLING_DAY", {"value": "5"}, accept_language=language) for language in ("en", "ru"))
    assert english.status == russian.status and english.status in (404, 409, 422)
    assert english.json["title"] == re.sub(r"{\w+}", "?", sentence) and english.json["hint"]
    assert all(re.search("[а-яё]", russian.json[name]) for name in ("title", "hint"))
    assert set(re.findall(r"{\w+}", sentence)) >= set(re.findall(r"{\w+}", russian.json["title"]))



@pytest.mark.parametrize("method, path, body, refusal, status", [
    ("PUT", "/api/v1/parameters/BILLING_DAY", {"value": "99"}, "bad_value", 422),
    ("POST", "/api/v1/tariffs", TARIFF, "name_taken", 409),
    ("PUT", "/api/v1/tariffs/77", TARIFF, "no_such_tariff", 404),
    ("PATCH", "/api/v1/accounts/201", {"tariff_id": 77}, "no_such_tariff", 422),
    ("PATCH", "/api/v1/accounts/77", {"tariff_id": 2}, "no_such_account", 404),
    ("DELETE", "/api/v1/invites/77", None, "no_such_invite", 404),
    ("DELETE", "/api/v1/invites/401", None, "link_used", 409),
    ("POST", "/api/v1/invites", {"role": "owner"}, "not_your_role", 409),
    ("POST", "/api/v1/invites", {"role": "owner"}, "word_of_tomorrow", 409),
])
def test_a_refusal_says_why_in_both_languages(web, refuses, method, path, body, refusal, status):
    refuses(refusal, "hint=a whole number from 1 to 28")
    english, russian = (web.ask(method, path, body, accept_language=one) for one in ("en-GB,ru;q=0.5", "de, ru;q=0.9, en;q=0.8"))
    assert english.status == russian.status == status
    assert (english.headers["Content-Language"], russian.headers["Content-Language"]) == ("en", "ru")
    if refusal != "word_of_tomorrow":
        assert english.json["code"] == refusal
        assert re.search("[а-я]", russian.json["title"]) and not re.search("[а-я]", english.json["title"] + english.json["hint"])
    assert "{" not in english.json["title"]


def test_input_and_internal_errors_of_the_engine(web, engine):
    engine.answer = lambda command: {"outcome": "input", "text": "value is odd"}
    answer = web.ask("DELETE", "/api/v1/parameters/BILLING_DAY")
    assert (answer.status, answer.json["detail"]) == (422, "value is odd")
    engine.answer = lambda command: {"outcome": "internal", "text": "secret details"}
    answer = web.ask("DELETE", "/api/v1/parameters/BILLING_DAY")
    engine.answer = lambda command: {"outcome": "ok"}
    assert answer.status == 500 and "secret details" not in answer.text


def test_silence_ends_with_503_and_the_same_key_may_be_sent_again(web, engine):
    engine.answer = lambda command: None
    began, key = time.monotonic(), str(uuid.uuid4())
    answer = web.ask("DELETE", "/api/v1/parameters/BILLING_DAY", idempotency_key=key)
    assert answer.status == 503 and int(answer.headers["Retry-After"]) > 0 and 5 < time.monotonic() - began < 13
    assert answer.headers["Idempotency-Key"] == key
    engine.answer = lambda command: {"outcome": "ok"}
    assert web.ask("DELETE", "/api/v1/parameters/BILLING_DAY", idempotency_key=key).status == 200


# ---- who may ----

def test_tokens(web, engine):
    path = "/api/v1/parameters/BILLING_DAY"
    assert web.get(path, token=None).json["code"] == "no_token"
    assert web.get(path, token=None).headers["WWW-Authenticate"].startswith("Bearer")
    assert web.get(path, token=None, authorization="Basic cm9vdDp4").status == 401
    assert web.ask("DELETE", path, token="reader").status == 403
    web.add_token("short-lived")
    web.add_token("write-only", ["write"])
    assert web.get(path, token="write-only").status == 200
    web.add_token("no-rights", [])
    assert web.get(path, token="no-rights").status == 403
    assert web.get(path, token="short-lived").status == 200
    web.execute("update api_tokens set revoked_at = now() where hash = sha256('short-lived')")
    assert web.get(path, token="short-lived").json["code"] == "unknown_token"
    web.execute("insert into admins (login, disabled_at) values ('gone', now())")
    web.add_token("disabled", login="gone")
    assert web.get(path, token="disabled").status == 401
    assert web.execute("select used_at is not null from api_tokens where hash = sha256('reader')") == [(True,)]


def test_many_unknown_tokens_wait(web):
    burglar = {"x_forwarded_for": "203.0.113.5, 203.0.113.77"}
    codes = [web.get("/api/v1/tariffs", token=f"guess-{n}", **burglar).status for n in range(14)]
    assert codes == [401] * 10 + [429] * 4
    waiting = web.get("/api/v1/tariffs", token="reader", **burglar)
    assert waiting.status == 429 and 1 <= int(waiting.headers["Retry-After"]) <= 6
    assert web.get("/api/v1/tariffs", token="reader", x_forwarded_for="203.0.113.78").status == 200
    assert web.get("/api/v1/tariffs", token="x" * 300, x_forwarded_for="203.0.113.79").status == 401


def test_no_token_reaches_the_log(web, engine):
    web.add_token("TokenOfTheLogTest", ["read", "write"])
    web.ask("PUT", "/api/v1/parameters/BILLING_DAY", {"value": "3"}, token="TokenOfTheLogTest")
    assert "TokenOfTheLogTest" not in web.process.log() and "login=root" in web.process.log()


# ---- requests no client would send ----

HEAD = "Host: x\r\nAuthorization: Bearer writer\r\nContent-Type: application/json\r\n"
PUT = "PUT /api/v1/parameters/BILLING_DAY HTTP/1.1\r\n"


@pytest.mark.parametrize("request_text, status", [
    ("GET /healthz HTTP/1.1\r\n\r\n", 400),
    ("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    (PUT + HEAD + "Content-Length: 13\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    (PUT + HEAD + "Content-Length: 13\r\nContent-Length: 14\r\n\r\n{}", 400),
    (PUT + HEAD + "Content-Length: -1\r\n\r\n", 400),
    (PUT + HEAD + "Content-Length: 65537\r\n\r\n", 413),
    (PUT + HEAD + "Content-Length: 99999999999999999999\r\n\r\n", (400, 413)),
    (PUT + HEAD + "Transfer-Encoding: gzip\r\n\r\n", (400, 501)),
    (PUT + HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", (400, 408)),
    (PUT + HEAD + "Transfer-Encoding: chunked\r\n\r\n" + "8000\r\n" + "a" * 0x8000 + "\r\n" + ("8000\r\n" + "a" * 0x8000 + "\r\n") * 2, 413),
    (PUT + HEAD + "Content-Length: 20\r\nExpect: the-worst\r\n\r\n", 417),
    ("NONSENSE\r\n\r\n", 400),
    ("GET /api/v1/tariffs HTTP/1.1\r\nHost: x\r\n" + "X: " + "y" * 20000 + "\r\n\r\n", (400, 413, 431)),
    ("BREW /api/v1/tariffs HTTP/1.1\r\nHost: x\r\n\r\n", (400, 405, 501)),
    ("GET /api/v1/people?q=\xff HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer reader\r\n\r\n".encode("latin-1"), 400),
    ("GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n", (400, 501, 505)),
    ("GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", (400, 404)),
    ("GET /api/v1/people/%31 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer reader\r\n\r\n", 404),
])
def test_malformed_requests_get_a_polite_answer(web, request_text, status):
    got, text = web.raw(request_text)
    assert got in (status if isinstance(status, tuple) else (status,)), text
    assert "problem+json" in text
    assert web.get("/healthz", token=None).status == 200


@pytest.mark.parametrize("method, path, allowed", [
    ("POST", "/api/v1/people", {"GET", "HEAD"}), ("PATCH", "/api/v1/parameters/BILLING_DAY", {"GET", "HEAD", "PUT", "DELETE"}),
    ("DELETE", "/", {"GET", "HEAD"}), ("OPTIONS", "/api/v1/tariffs", {"GET", "HEAD", "POST"}),
])
def test_other_methods_are_named(web, method, path, allowed):
    answer = web.ask(method, path)
    assert answer.status == 405 and set(answer.headers["Allow"].split(", ")) == allowed
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["/nothing", "/api/v1", "/api/v1/", "/api/v2/tariffs", "/api/v1/tariffs/", "/api/v1/tariffs/1/2", "/page/"])
def test_unknown_addresses(web, path):
    assert web.get(path).status == 404


def test_a_chunked_body_is_read(web, engine):
    body = '5\r\n{"val\r\n' + 'a\r\nue": "12"}\r\n' + "0\r\n\r\n"
    status, text = web.raw(PUT + HEAD + "Transfer-Encoding: chunked\r\n\r\n" + body)
    assert status == 200 and engine.commands[-1]["body"]["value"] == "12", text


def test_a_body_may_wait_for_its_invitation(web, engine):
    with socket.create_connection((ADDRESS, web.port), 5) as s:
        s.sendall((PUT + HEAD + "Content-Length: 14\r\nExpect: 100-continue\r\n\r\n").encode())
        assert s.recv(100).startswith(b"HTTP/1.1 100")
        s.sendall(b'{"value": "8"}')
        assert b" 200 OK" in s.recv(4096)


def test_connections_are_kept_and_stay_in_step(web):
    one = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection((ADDRESS, web.port), 5) as s:
        for _ in range(5):
            s.sendall(one.encode())
            assert s.recv(8192).count(b"HTTP/1.1 200") == 1


def test_half_open_requests_hold_up_nobody(web):
    slow = []
    for n in range(24):
        s = socket.create_connection((ADDRESS, web.port), 5)
        s.sendall((PUT + HEAD + "Content-Length: 5000\r\n\r\n{" if n % 2 else "GET /healthz HTTP/1.1\r\nHos").encode())
        slow.append(s)
    for _ in range(10):
        began = time.monotonic()
        assert web.get("/healthz", token=None).status == 200
        assert time.monotonic() - began < 1
    for s in slow:
        s.close()


def test_a_dripping_body_ends(web):
    with socket.create_connection((ADDRESS, web.port), 15) as s:
        s.sendall((PUT + HEAD + "Content-Length: 5000\r\n\r\n").encode())
        began = time.monotonic()
        while time.monotonic() - began < 12:
            s.sendall(b" ")
            if select.select([s], [], [], 0.25)[0]:
                assert b" 408 " in s.recv(4096)
                return
    raise AssertionError("it was listened to for 12 s")


def test_many_ask_at_once(web, engine):
    results = []

    def ask(number):
        for path in ("/api/v1/orders", "/api/v1/people?q=a", "/status.json", "/metrics"):
            results.append(web.get(path).status)
        results.append(web.ask("PUT", "/api/v1/parameters/BILLING_DAY", {"value": str(number % 28 + 1)}).status)

    threads = [threading.Thread(target=ask, args=[n]) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [200] * 120


# ---- trouble ----

def test_lost_sessions_are_replaced(web):
    web.get("/api/v1/tariffs")
    web.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'admin-web'")
    assert web.get("/api/v1/tariffs").status == 200


def test_a_change_under_way_is_answered_before_it_stops(cluster, build):
    leaving, gate, answers = Web(cluster, build).start(), threading.Event(), []
    with ScriptedEngine(leaving.bus) as engine:
        engine.answer = lambda command: gate.wait(5) and {"outcome": "ok"}
        leaving.wait_ready()
        asking = threading.Thread(target=lambda: answers.append(leaving.ask("DELETE", "/api/v1/parameters/BILLING_DAY")))
        asking.start()
        wait_until(lambda: engine.commands, 5, "the command")
        leaving.process.send(signal.SIGTERM)
        wait_until(lambda: "stopping" in leaving.process.log(), 5, "the daemon to begin to stop")
        gate.set()
        asking.join(10)
    leaving.finish()
    assert answers[0].status == 200


def test_without_an_engine_a_change_is_answered_503(cluster, build):
    lonely = Web(cluster, build).start()
    began = time.monotonic()
    answer = lonely.ask("DELETE", "/api/v1/parameters/BILLING_DAY", accept_language="ru")
    assert (answer.status, answer.json["code"]) == (503, "engine_away") and time.monotonic() - began < 12
    assert lonely.get("/readyz", token=None).status == 503
    lonely.finish()


def test_without_a_database_it_still_says_so(cluster, build):
    blind = Web(cluster, build)
    blind.process.env["ITSUPPORT_DATABASE_URL"] = "host=/nonexistent"
    blind.process.start().wait_ready()
    assert blind.get("/healthz", token=None).status == 200
    assert blind.get("/readyz", token=None).status == 503
    assert blind.get("/status.json", token=None).json["database"] is False
    assert "itsupport_database_up 0" in blind.get("/metrics", token=None).text
    assert blind.get("/api/v1/tariffs").json["code"] == "database_away"
    blind.process.stop()
    assert not blind.process.complaints()


@pytest.mark.parametrize("listen", ["127.0.0.1:8443s", "127.0.0.1:8443r", "8080", "localhost:8080", "127.0.0.1:0", "127.0.0.1:99999", "1.2.3.4:80,443s"])
def test_a_bad_listen_address_ends_the_start_with_2(web, listen):
    env = {**web.env, "ITSUPPORT_ADMIN_LISTEN": listen, "ITSUPPORT_BUS_DIR": str(web.folder / "other")}
    done = subprocess.run([web.program], env=env, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2 and "listen" in done.stderr
