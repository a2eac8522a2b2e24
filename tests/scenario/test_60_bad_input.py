"""Goal: whatever strangers, programs and tired people send in: a sensible answer, one line in the log, and the daemons live on"""
import base64
import json
import re

import pytest

from harness.process import Process
from harness.waiting import wait_until

from .bus import envelope
from .company import Panel

DAEMONS = ["order-engine@1", "bot-gateway", "sla-watcher", "admin-web"]
TOO_LONG = "Очень " * 833 + "!!"  # 5,000 characters


@pytest.fixture(scope="module")
def company(suite, company):
    with Panel(suite) as panel:
        tariff = panel.generous_tariff()
    company.client, = company.crowd_joins(11, ["Клиент 1"], "client", tariff_id=tariff)
    company.contractor = company.joins(21, "Подрядчик 1", "contractor")
    return company


@pytest.fixture(autouse=True)
def everybody_lives(suite):
    """None of the daemons may end or start anew because of what it was given."""
    before = {name: suite[name].pid for name in DAEMONS}
    yield
    assert {name: suite[name].pid for name in DAEMONS if suite[name].is_running()} == before


class Lines:
    """The lines a process writes from now on."""

    def __init__(self, process):
        self.process, self.start = process, len(process.log())

    def matching(self, pattern):
        return [line for line in self.process.log()[self.start:].splitlines() if re.search(pattern, line)]

    def expect_one(self, pattern):
        wait_until(lambda: self.matching(pattern), 10, f"{self.process.name} to log /{pattern}/", self.process.tail)
        assert len(self.matching(pattern)) == 1, self.matching(pattern)


# ---- the bus ----

ORDER = {"text": "Нужен баннер"}
FRAMES = {
    "of an unknown type": (envelope("order.fly", ORDER, command_id="bad:1"), "unknown message type order.fly"),
    "with a field missing": (envelope("order.take", {"order_id": 1}, command_id="bad:2"), "estimate_minutes is missing"),
    "with a field of a wrong type": (envelope("order.take", {"order_id": "1", "estimate_minutes": 5}, command_id="bad:3"),
                                     "order_id must be a whole number"),
    "with a number beyond 64 bits": (envelope("order.take", {"order_id": 2 ** 80, "estimate_minutes": 5}, command_id="bad:4"),
                                     "order_id must be a whole number"),
    "that is too large": (envelope("order.create", {"text": "x" * 300000}, command_id="bad:5"), "at most 262144 are allowed"),
    "without an actor": (envelope("order.create", ORDER, command_id="bad:6", actor=None), "actor is missing"),
    "whose body is a list": (envelope("order.create", [1, 2], command_id="bad:7"), "body must be an object"),
    "of another version": (envelope("order.create", ORDER, command_id="bad:8", v=2), "version 2 is not spoken here"),
    "another daemon may send": (envelope("parameter.set", {"name": "BILLING_DAY", "value": "3"}, command_id="bad:9"),
                                "parameter.set is not for bot-gateway to send"),
    "in the name of time itself": (envelope("order.create", ORDER, command_id="bad:10", actor="system"), "may not speak for that actor"),
}


@pytest.mark.parametrize("what", FRAMES)
def test_a_bus_frame_is_answered_in_words(suite, bus, what):
    frame, sentence = FRAMES[what]
    command_id = json.loads(frame)["id"]
    log = Lines(suite["order-engine@1"])
    bus.send(frame)
    answer = bus.wait_answer(command_id)
    assert answer["outcome"] == "input" and sentence in answer["text"], answer
    log.expect_one(rf"warn .*id={re.escape(command_id)} ")


NOBODY_TO_ANSWER = {
    "no JSON": b"order, please", "nothing at all": b"", "no UTF-8": b"\xff\xfe\x00", "a list": b"[]", "endless braces": b"{" * 100000,
    "cut off": envelope("order.create", ORDER)[:-20], "without an id": envelope("order.create", ORDER, id=None),
}


@pytest.mark.parametrize("what", NOBODY_TO_ANSWER)
def test_a_bus_frame_that_names_nobody_is_logged_and_passed_over(suite, bus, what):
    log = Lines(suite["order-engine@1"])
    bus.send(NOBODY_TO_ANSWER[what])
    assert bus.ask("order.create", ORDER, actor="tg:4711")["refusal"] == "not_invited"
    log.expect_one(r"warn .*bad message from=bot-gateway id=-")


def test_a_bus_message_of_two_parts_is_refused(bus):
    bus.send(envelope("order.create", ORDER, command_id="bad:parts"), b"and more")
    assert "one part" in bus.wait_answer("bad:parts")["text"]


# ---- what Telegram hands over ----

def check_still_answers(company):
    """Somebody presses a button, and it is answered."""
    before = company.client.mark()
    company.client.say("/menu")
    assert company.client.wait_for("Главное меню", after=before)


UPDATES = [
    {}, {"message": 5}, {"message": {}}, {"message": {"message_id": 1, "chat": None, "date": "yesterday"}},
    {"message": {"message_id": 1, "date": 0, "chat": {"id": 1e300, "type": "private"}, "text": "?"}},
    {"message": {"message_id": 1, "date": 0, "chat": {"id": 11, "type": "private"}, "from": {"id": 11, "is_bot": False, "first_name": ["a"]},
                 "text": {"not": "text"}}},
    {"callback_query": {"id": "1"}}, {"callback_query": {"id": 1, "from": {"id": 11}, "data": "order:" + "9" * 60}},
    {"callback_query": {"id": "2", "from": {"id": 11, "is_bot": False, "first_name": "a"}, "data": "take_for:1:9999999999999999999999"}},
    {"something_new_of_next_year": {"deep": [[[[{}]]]]}}, {"update_id": "seven", "message": {}}, {"update_id": -1, "message": {}},
    {"edited_message": {"message_id": 1, "date": 0, "chat": {"id": 11, "type": "private"}}},
    {"my_chat_member": {"chat": {"id": 11}, "new_chat_member": "kicked"}},
]


@pytest.mark.parametrize("update", UPDATES, ids=lambda update: json.dumps(update)[:60])
def test_a_malformed_update_is_passed_over(suite, company, update):
    suite.sim.post("update", **update)
    check_still_answers(company)
    suite.sim.wait_handled()


RAW = {
    "no JSON": b"<html>502 Bad Gateway</html>", "nothing": b"", "a list": b"[]", "a number": b'{"ok":true,"result":5}',
    "no ok": b'{"result":[]}', "not ok": b'{"ok":false}',
    "cut off": b'{"ok":true,"result":[{"update_id":1,"mess', "no UTF-8": b'{"ok":true,"result":["\xff\xfe"]}',
    "updates that are none": b'{"ok":true,"result":[1,null,"x",[],{"update_id":{}}]}', "much": b"[" * 200000,
}


@pytest.mark.parametrize("what", RAW)
def test_bytes_in_place_of_updates_do_no_harm(suite, company, what):
    suite.sim.raw_updates(RAW[what])
    check_still_answers(company)


# ---- HTTP ----

BODIES = {"no JSON": b"value=3", "cut off": b'{"value":', "a list": b"[]", "no UTF-8": b'{"value":"\xff"}', "a wrong type": b'{"value":3}',
          "nothing": b"", "an unknown field": b'{"value":"3","colour":"red"}', "too much": b'{"value":"' + b"x" * 2000000 + b'"}'}


@pytest.mark.parametrize("what", BODIES)
def test_a_malformed_http_body_is_explained(suite, what):
    with Panel(suite) as panel:
        log = Lines(suite["admin-web"])
        answer = panel.request("PUT", "parameters/BILLING_DAY", data=BODIES[what], headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500 and answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["title"] and answer.json()["code"], answer.text
        log.expect_one(r'method=PUT path="/api/v1/parameters/BILLING_DAY" status=4')
        assert panel.ask("GET", "parameters/BILLING_DAY")["value"] == "1"


# ---- configuration ----

SLIPS = {
    "an unknown key": ("[{section}]\n{key}x = 5\n", "{key}"), "an unknown section": ("[{section}s]\n{key} = 5\n", "{section}"),
    "no value of that kind": ("[log]\nlevel = loud\n", "debug"), "no INI at all": ("level: info\n", "1"),
}


@pytest.mark.parametrize("daemon, section, key", [("order-engine", "engine", "instance"), ("bot-gateway", "telegram", "per_second"),
                                                  ("sla-watcher", "bus", "dir"), ("admin-web", "admin", "listen")])
@pytest.mark.parametrize("what", SLIPS)
def test_a_bad_settings_line_ends_the_start_and_names_what_was_meant(suite, tmp_path, daemon, section, key, what):
    text, meant = SLIPS[what]
    settings = tmp_path / "settings.ini"
    settings.write_text(text.format(section=section, key=key))
    env = {name: value for name, value in suite.env().items() if name != "ITSUPPORT_LOG_LEVEL"}  # it would win over the file's
    started = Process(daemon, [suite.bin / daemon, "-c", settings], env, tmp_path / "log").start()
    assert started.wait() == 2
    assert meant.format(section=section, key=key) in started.log(), started.log()
    assert len(started.log().splitlines()) == 1, started.log()


def test_a_misspelt_variable_ends_the_start(suite, tmp_path):
    env = {**suite.env(), "ITSUPPORT_TELEGRAM_PER_SECNOD": "5"}
    started = Process("bot-gateway", [suite.bin / "bot-gateway"], env, tmp_path / "log").start()
    assert started.wait() == 2 and "per_second" in started.log(), started.log()


def test_a_wrong_token_ends_the_start_with_the_sentence(suite, tmp_path):
    wrong = "700000009:AAnotTheTokenOfAnybodyWhatsoever00"
    env = {**suite.env(), "ITSUPPORT_TELEGRAM_TOKEN": wrong, "ITSUPPORT_GATEWAY_INSTANCE": "wrong"}
    started = Process("bot-gateway", [suite.bin / "bot-gateway"], env, tmp_path / "log").start()
    assert started.wait() == 2
    assert re.search(r"error bot-gateway: .*Telegram refuses the token; set the right one", started.log()), started.log()
    assert wrong not in started.log() and wrong.partition(":")[2] not in started.log()


# ---- people ----

def test_a_stranger_is_told_of_the_invitation(suite):
    stranger = suite.sim.person(666, "Прохожий", language_code="ru")
    stranger.say("Здравствуйте, почините сайт")
    assert stranger.wait_for("по приглашениям")
    assert stranger.last().press_named("apply"), "and may apply, nothing else"
    assert len(stranger.last().buttons) == 2
    answer = stranger.press_data("new_order", stranger.last(), stale=True)
    assert "по приглашениям" in answer["text"] and answer["show_alert"]


def test_a_stranger_with_a_made_up_link_is_told_so(suite):
    stranger = suite.sim.person(667, "Прохожий", language_code="ru")
    stranger.start("AAAAAAAAAAAAAAAAAAAAAA")
    stranger.wait_for("Вас пригласили")
    answer = stranger.tap("join")
    assert "недействительна" in answer["text"] or "не действует" in answer["text"], answer


def begins_order(client):
    before = client.mark()
    client.say("/new")
    client.wait_for("Новый заказ", after=before)
    return client.mark()


def test_a_photo_without_text_is_kept_and_words_are_asked_for(company):
    client, before = company.client, begins_order(company.client)
    client.say(photo=True)
    assert "словами" in client.wait_for("📎", after=before).text
    client.say("Нужна такая же картинка")
    draft = client.wait_for("Нужна такая же картинка", button="Отправить", after=before)
    assert "Вложений: 1" in draft.text
    client.press("Не нужно", draft)


def test_a_sticker_is_answered_kindly(company):
    before = company.client.mark()
    company.client.say(sticker=True)
    assert "ничего сделать не могу" in company.client.wait_for("/menu", after=before).text


def test_5000_characters_become_a_task_without_loss(suite, company):
    client, before = company.client, begins_order(company.client)
    client.say(TOO_LONG)
    client.press("Отправить", client.wait_for(button="Отправить", after=before))
    client.wait_for("Возьмём в работу до", after=before)
    text = suite.value("select text from order_messages where kind = 'task' order by order_id desc limit 1")
    assert text.replace("\n", "") == TOO_LONG
    offer = company.contractor.wait_for("Очень Очень", button="Взять")
    assert len(offer.text) <= 4096


def test_an_edit_before_sending_counts_and_one_afterwards_is_explained(suite, company):
    client, before = company.client, begins_order(company.client)
    said = client.say("Нужен красный банер")
    client.wait_for("красный банер", button="Отправить", after=before)
    suite.sim.post("edit", user_id=client.id, message_id=said["message_id"], text="Нужен красный баннер")
    client.press("Отправить", client.wait_for("красный баннер", button="Отправить", after=before))
    wait_until(lambda: company.order_of("Нужен красный баннер"), 20, "the order as it was edited")
    suite.sim.post("edit", user_id=client.id, message_id=said["message_id"], text="Нужен зелёный баннер")
    assert "новым сообщением" in client.wait_for("Эту правку передать нельзя", after=before).text


def test_a_button_of_yesterdays_card_tells_how_things_stand(suite, company):
    client, contractor = company.client, company.contractor
    order = company.orders(client, "Нужен вчерашний баннер")
    card = contractor.wait_for(f"№{order}", button="Взять")
    client.press("Отменить заказ", client.wait_for(f"№{order}", button="Отменить заказ"))
    client.press("Да, отменить")
    company.reach(order, "cancelled")
    for data in (f"take:{order}", f"take_for:{order}:3", f"finish:{order}"):
        answer = contractor.press_data(data, card, stale=True)
        assert answer["text"], f"{data} must not be left without a word"
    answer = contractor.press_data("button_of_an_older_version:7", card, stale=True)
    assert "из прошлого" in answer["text"]
    assert company.state(order) == "cancelled"


# ---- secrets ----

def test_no_secret_has_reached_a_log(suite):
    token = (suite.folder / "token").read_text().strip()
    key = (suite.folder / "vault-key").read_text().strip()
    secrets = [token, token.partition(":")[2], key, base64.b64decode(key).hex(),
               *(row[0] for row in suite.query("select token from invites"))]
    for name in DAEMONS:
        log = suite[name].log()
        assert log and not [secret for secret in secrets if secret in log], f"{name} has logged a secret"
