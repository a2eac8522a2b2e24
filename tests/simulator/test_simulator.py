"""The simulator itself: a real process, asked over HTTP. Run with /usr/bin/python3 -m pytest."""
import base64
import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TOKEN = "100:secret"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def find_binary():
    named = os.environ.get("ITSUPPORT_SIMULATOR")
    if named:
        return named
    built = [p for p in HERE.parents[1].glob("build/*/bin/telegram-simulator")]
    if not built:
        pytest.skip("telegram-simulator is not built")
    return str(max(built, key=lambda p: p.stat().st_mtime))


class Simulator:
    def __init__(self, *options):
        self.process = subprocess.Popen(
            [find_binary(), "--listen", "127.0.0.1:0", "--token", TOKEN, "--quiet", *options],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:"), line
        self.port = int(line.rsplit(":", 1)[1])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(10)
        self.process.stdout.close()
        assert code == 0

    def request(self, verb, path, body=None, headers=None):
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            conn.request(verb, path, body, headers or {})
            answer = conn.getresponse()
            return answer.status, answer.read()
        finally:
            conn.close()

    def bot(self, method, **params):
        status, body = self.request("POST", f"/bot{TOKEN}/{method}", json.dumps(params),
                                    {"Content-Type": "application/json"})
        answer = json.loads(body)
        assert status == (200 if answer["ok"] else answer["error_code"])
        return answer

    def ok(self, method, **params):
        answer = self.bot(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    def refused(self, method, **params):
        answer = self.bot(method, **params)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    def sim(self, verb, path, **params):
        query = ""
        if verb == "GET" and params:
            query = "?" + urllib.parse.urlencode(params)
        status, body = self.request(verb, "/sim" + path + query, json.dumps(params) if verb == "POST" else None)
        assert status == 200, (status, body)
        return json.loads(body)

    def person(self, id, **more):
        return self.sim("POST", "/people", **{"id": id, "first_name": f"P{id}", "started": True, **more})

    def upload(self, method, fields, files):
        boundary = "xYz"
        body = b""
        for name, value in fields.items():
            body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, (file_name, data) in files.items():
            body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
                     f'Content-Type: application/octet-stream\r\n\r\n').encode() + data + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        _, answer = self.request("POST", f"/bot{TOKEN}/{method}", body,
                                 {"Content-Type": f"multipart/form-data; boundary={boundary}"})
        return json.loads(answer)


@pytest.fixture(scope="module")
def process():
    simulator = Simulator()
    yield simulator
    simulator.stop()


@pytest.fixture
def sim(process):
    process.sim("POST", "/reset")
    process.sim("POST", "/limits", on=False)
    return process


@pytest.fixture
def limited(sim):
    sim.sim("POST", "/limits", on=True)
    return sim


def in_thread(function):
    out = {}

    def run():
        out["result"] = function()
        out["at"] = time.monotonic()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, out


def until(condition, seconds=5):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"


# --- methods

def test_wrong_token_and_unknown_method(sim):
    assert sim.request("GET", "/bot1:wrong/getMe")[0] == 401
    assert json.loads(sim.request("GET", "/bot1:wrong/getMe")[1])["description"] == "Unauthorized"
    assert sim.refused("getMoon") == (404, "Not Found")


def test_query_form_and_json_mean_the_same(sim):
    sim.person(1)
    for verb, path, body, kind in [
            ("GET", "?chat_id=1&text=a%20b", None, None),
            ("POST", "", "chat_id=1&text=a+b", "application/x-www-form-urlencoded"),
            ("POST", "", '{"chat_id":1,"text":"a b"}', "application/json")]:
        _, answer = sim.request(verb, f"/bot{TOKEN}/sendMessage{path}", body, {"Content-Type": kind} if kind else {})
        assert json.loads(answer)["result"]["text"] == "a b"


def test_private_chats_share_one_counter_of_messages(sim):
    sim.person(1)
    sim.person(2)
    ids = [sim.ok("sendMessage", chat_id=1, text="a")["message_id"],
           sim.sim("POST", "/say", user_id=2, text="b")["message_id"],
           sim.ok("sendMessage", chat_id=2, text="c")["message_id"]]
    assert ids == [1, 2, 3]
    sim.sim("POST", "/groups", id=-5, title="Managers", members=[1, 2])
    assert sim.ok("sendMessage", chat_id=-5, text="d")["message_id"] == 1


def test_who_may_be_written_to(sim):
    sim.sim("POST", "/people", id=1, first_name="A")
    assert sim.refused("sendMessage", chat_id=9, text="x") == (400, "Bad Request: chat not found")
    assert sim.refused("sendMessage", chat_id=1, text="x") == (403, "Forbidden: bot can't initiate conversation with a user")
    sim.sim("POST", "/start", user_id=1)
    assert sim.ok("sendMessage", chat_id=1, text="x")
    sim.sim("POST", "/block", user_id=1)
    assert sim.refused("sendMessage", chat_id=1, text="x") == (403, "Forbidden: bot was blocked by the user")
    sim.sim("POST", "/unblock", user_id=1)
    assert sim.ok("sendMessage", chat_id=1, text="x")
    sim.sim("POST", "/deactivate", user_id=1)
    assert sim.refused("sendMessage", chat_id=1, text="x") == (403, "Forbidden: user is deactivated")
    kinds = [(u["my_chat_member"]["old_chat_member"]["status"], u["my_chat_member"]["new_chat_member"]["status"])
             for u in sim.ok("getUpdates") if "my_chat_member" in u]
    assert kinds == [("member", "kicked"), ("kicked", "member")]


@pytest.mark.parametrize("markup, text, entities", [
    ("<b>a</b> &lt;b&gt; &amp; &#33;", "a <b> & !", [("bold", 0, 1)]),
    ("😀<i>я<b>ю</b></i>", "😀яю", [("italic", 2, 2), ("bold", 3, 1)]),
    ("  <u>x</u>\n", "x", [("underline", 0, 1)]),
    ('<a href="https://x.example/?a=1&amp;b=2">l</a>', "l", [("text_link", 0, 1)]),
    ('<pre><code class="language-c">int x;</code></pre>', "int x;", [("pre", 0, 6)]),
    ("<tg-spoiler>s</tg-spoiler><blockquote expandable>q</blockquote>", "sq",
     [("spoiler", 0, 1), ("expandable_blockquote", 1, 1)]),
    ("AT&T &nbsp;", "AT&T &nbsp;", []),
])
def test_html_becomes_text_and_entities(sim, markup, text, entities):
    sim.person(1)
    message = sim.ok("sendMessage", chat_id=1, text=markup, parse_mode="HTML")
    assert message["text"] == text
    assert [(e["type"], e["offset"], e["length"]) for e in message.get("entities", [])] == entities


@pytest.mark.parametrize("markup, why", [
    ("<b>a", "Can't find end tag corresponding to start tag \"b\""),
    ("<x>a</x>", "Unsupported start tag \"x\" at byte offset 0"),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b><i>a</b></i>", "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\""),
    ("a <b", "Unclosed start tag at byte offset 2"),
    ("5 < 6", "Unsupported start tag \"\" at byte offset 2"),
    ("<a href>x</a>", "Expected equal sign in declaration of an attribute of the tag \"a\" at byte offset 0"),
])
def test_bad_html_is_refused(sim, markup, why):
    sim.person(1)
    code, said = sim.refused("sendMessage", chat_id=1, text=markup, parse_mode="HTML")
    assert (code, said.split(": ", 2)[1]) == (400, "can't parse entities")
    if markup != "5 < 6":
        assert said.split(": ", 2)[2] == why


def test_lengths_count_utf16_units_after_entities(sim):
    sim.person(1)
    assert sim.ok("sendMessage", chat_id=1, text="<b>" + "😀" * 2048 + "</b>", parse_mode="HTML")
    assert sim.refused("sendMessage", chat_id=1, text="😀" * 2048 + "a")[1] == "Bad Request: message is too long"
    assert sim.refused("sendMessage", chat_id=1, text=" \n")[1] == "Bad Request: message text is empty"
    long = sim.upload("sendPhoto", {"chat_id": 1, "caption": "я" * 1025}, {"photo": ("p.png", PNG)})
    assert long["description"] == "Bad Request: message caption is too long"


def test_uploads_can_be_fetched_again(sim):
    sim.person(1)
    data = bytes(range(256)) * 40 + b"\r\n--xY\r\n--x"
    sent = sim.upload("sendDocument", {"chat_id": 1, "caption": "<b>c</b>", "parse_mode": "HTML"}, {"document": ("отчёт \"1\".pdf".replace('"', ""), data)})
    document = sent["result"]["document"]
    assert document["file_size"] == len(data) and document["file_name"] == "отчёт 1.pdf"
    path = sim.ok("getFile", file_id=document["file_id"])["file_path"]
    assert sim.request("GET", f"/file/bot{TOKEN}/{path}") == (200, data)
    assert sim.request("GET", f"/file/bot1:no/{path}")[0] == 404
    assert sim.ok("sendDocument", chat_id=1, document=document["file_id"])["document"]["file_id"] == document["file_id"]
    assert sim.refused("sendPhoto", chat_id=1, photo=document["file_id"])[0] == 400
    album = sim.upload("sendMediaGroup", {"chat_id": 1, "media": json.dumps(
        [{"type": "photo", "media": "attach://one"}, {"type": "photo", "media": "attach://two", "caption": "two"}])},
        {"one": ("1.png", PNG), "two": ("2.png", PNG)})
    assert len({m["media_group_id"] for m in album["result"]}) == 1


@pytest.mark.parametrize("body", [
    b"", b"--xYz", b"--xYz\r\n", b"--xYz--", b"--xYz\r\n\r\n\r\n--xYz--",
    b'--xYz\r\nContent-Disposition: form-data; name="a\0b"\r\n\r\nq\r\n--xYz--\r\n',
    b'--xYz\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n1',
    b'--xYz\r\nContent-Disposition: form-data; name="' + b"n" * 5000 + b'"\r\n\r\n1\r\n--xYz--',
    b"\0" * 3000, b"--xYz\r\n" * 500])
def test_torn_multipart_is_answered(sim, body):
    status, answer = sim.request("POST", f"/bot{TOKEN}/sendMessage", body,
                                 {"Content-Type": "multipart/form-data; boundary=xYz"})
    assert status == 400 and not json.loads(answer)["ok"]


def test_edits(sim):
    sim.person(1)
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    id = sim.ok("sendMessage", chat_id=1, text="x", reply_markup=keyboard)["message_id"]
    assert "is not modified" in sim.refused("editMessageText", chat_id=1, message_id=id, text="x", reply_markup=keyboard)[1]
    assert sim.ok("editMessageText", chat_id=1, message_id=id, text="x").get("reply_markup") is None
    assert sim.ok("editMessageReplyMarkup", chat_id=1, message_id=id, reply_markup=json.dumps(keyboard))
    assert sim.refused("editMessageText", chat_id=1, message_id=99, text="y")[1] == "Bad Request: message to edit not found"
    assert sim.ok("deleteMessage", chat_id=1, message_id=id) is True
    assert sim.refused("deleteMessage", chat_id=1, message_id=id)[1] == "Bad Request: message to delete not found"
    old = sim.ok("sendMessage", chat_id=1, text="x", reply_markup=keyboard)["message_id"]
    assert sim.sim("POST", "/clock", advance="49h")["configured"] is False, "the dates of messages alone"
    assert sim.refused("deleteMessage", chat_id=1, message_id=old)[1] == "Bad Request: message can't be deleted for everyone"
    assert sim.ok("editMessageReplyMarkup", chat_id=1, message_id=old)
    big = {"inline_keyboard": [[{"text": "a", "callback_data": "я" * 33}]]}
    assert sim.refused("sendMessage", chat_id=1, text="x", reply_markup=big)[1] == "Bad Request: BUTTON_DATA_INVALID"


def test_press_is_answered_once(sim):
    sim.person(1)
    id = sim.ok("sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": [[{"text": "Взять №5", "callback_data": "t:5"}]]})["message_id"]
    pressed = sim.sim("POST", "/press", user_id=1, message_id=id, text="Взять")
    query = sim.ok("getUpdates")[0]["callback_query"]
    assert (query["id"], query["data"], query["message"]["message_id"]) == (pressed["callback_id"], "t:5", id)
    thread, out = in_thread(lambda: sim.sim("GET", "/callbacks/" + pressed["callback_id"], wait=10))
    assert sim.ok("answerCallbackQuery", callback_query_id=query["id"], text="готово", show_alert=True) is True
    thread.join()
    assert out["result"]["text"] == "готово" and out["result"]["show_alert"]
    assert "query is too old" in sim.refused("answerCallbackQuery", callback_query_id=query["id"])[1]


def test_press_is_timed_until_its_answer_and_until_something_is_shown(sim):
    sim.person(1)
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    id = sim.ok("sendMessage", chat_id=1, text="x", reply_markup=keyboard)["message_id"]
    press = sim.sim("POST", "/press", user_id=1, message_id=id, text="a")["callback_id"]
    assert not {"answered_after_ms", "shown_after_ms"} & set(sim.sim("GET", "/callbacks/" + press))
    sim.ok("answerCallbackQuery", callback_query_id=press)
    thread, out = in_thread(lambda: sim.sim("GET", "/callbacks/" + press, wait=10, shown=1))
    sim.ok("editMessageText", chat_id=1, message_id=id, text="y", reply_markup=keyboard)
    thread.join()
    first = out["result"]["shown_after_ms"]
    assert 0 < out["result"]["answered_after_ms"] < first
    sim.ok("sendMessage", chat_id=1, text="z")
    assert sim.sim("GET", "/callbacks/" + press)["shown_after_ms"] == first, "the first that is shown counts"


def test_copies_hide_the_author_and_keep_albums(sim):
    sim.person(1)
    sim.person(2)
    ids = sim.sim("POST", "/say", user_id=1, media_group=[{"photo": True}, {"photo": True}], caption="смотрите")["message_ids"]
    assert len(sim.ok("copyMessages", chat_id=2, from_chat_id=1, message_ids=ids)) == 2
    seen = sim.sim("GET", "/chats/2")["messages"]
    assert len({m["media_group_id"] for m in seen}) == 1 and seen[0]["text"] == "смотрите" and seen[0]["photo"]
    assert list(sim.ok("copyMessage", chat_id=2, from_chat_id=1, message_id=ids[0])) == ["message_id"]
    assert sim.refused("copyMessage", chat_id=2, from_chat_id=1, message_id=999)[1] == "Bad Request: message to copy not found"
    assert sim.ok("forwardMessage", chat_id=2, from_chat_id=1, message_id=ids[0])["forward_origin"]["sender_user"]["id"] == 1


def test_commands_in_force_by_scope_and_language(sim):
    sim.person(1, language_code="ru")
    sim.person(2, language_code="en")
    sim.ok("setMyCommands", commands=[{"command": "start", "description": "begin"}])
    sim.ok("setMyCommands", commands=[{"command": "start", "description": "начать"}], language_code="ru")
    sim.ok("setMyCommands", commands=[{"command": "board", "description": "доска"}], scope={"type": "chat", "chat_id": 1})
    in_force = {i: sim.sim("GET", f"/chats/{i}")["commands"][0]["description"] for i in (1, 2)}
    assert in_force == {1: "доска", 2: "begin"}
    sim.ok("deleteMyCommands", scope={"type": "chat", "chat_id": 1})
    assert sim.sim("GET", "/chats/1")["commands"][0]["description"] == "начать"


def test_a_group_that_has_become_a_supergroup(sim):
    sim.person(1)
    sim.sim("POST", "/groups", id=-7, title="M", members=[1], bot="member")
    sim.ok("sendMessage", chat_id=-7, text="before")
    sim.sim("POST", "/upgrade", id=-7, to=-1007, by=1)
    status, body = sim.request("POST", f"/bot{TOKEN}/sendMessage", json.dumps({"chat_id": -7, "text": "x"}), {"Content-Type": "application/json"})
    assert status == 400 and json.loads(body)["parameters"] == {"migrate_to_chat_id": -1007}
    assert sim.ok("sendMessage", chat_id=-1007, text="after")["chat"] == {"id": -1007, "type": "supergroup", "title": "M"}
    told = [u["message"] for u in sim.ok("getUpdates") if "message" in u]
    assert [(m["chat"]["id"], m.get("migrate_to_chat_id"), m.get("migrate_from_chat_id")) for m in told] == [(-7, -1007, None), (-1007, None, -7)]


def test_topics(sim):
    sim.person(1)
    sim.sim("POST", "/groups", id=-7, title="M", members=[1], bot="administrator", is_forum=True)
    topic = sim.ok("createForumTopic", chat_id=-7, name="№5")["message_thread_id"]
    assert sim.ok("sendMessage", chat_id=-7, message_thread_id=topic, text="x")["message_thread_id"] == topic
    sim.ok("deleteForumTopic", chat_id=-7, message_thread_id=topic)
    assert sim.refused("sendMessage", chat_id=-7, message_thread_id=topic, text="x")[1] == "Bad Request: message thread not found"


# --- updates

def test_an_offset_confirms_all_below(sim):
    sim.person(1)
    ids = [sim.sim("POST", "/say", user_id=1, text=str(n))["update_id"] for n in range(5)]
    assert [u["update_id"] for u in sim.ok("getUpdates", limit=2)] == ids[:2]
    assert [u["update_id"] for u in sim.ok("getUpdates")] == ids
    assert [u["update_id"] for u in sim.ok("getUpdates", offset=ids[2])] == ids[2:]
    assert sim.sim("GET", "/pending")["pending"] == 3
    assert [u["update_id"] for u in sim.ok("getUpdates", offset=-1)] == ids[4:]
    assert sim.ok("getUpdates", offset=ids[4] + 1) == []


def test_kinds_not_asked_for_do_not_come(sim):
    sim.person(1)
    id = sim.ok("sendMessage", chat_id=1, text="x")["message_id"]
    assert sim.sim("POST", "/react", user_id=1, message_id=id, emoji="👍")["update_id"] == 0
    sim.ok("getUpdates", allowed_updates=["message_reaction"])
    assert sim.sim("POST", "/react", user_id=1, message_id=id, emoji="🔥")["update_id"] > 0
    assert sim.sim("POST", "/say", user_id=1, text="x")["update_id"] == 0
    assert sim.ok("getUpdates")[0]["message_reaction"]["new_reaction"][0]["emoji"] == "🔥"
    sim.ok("getUpdates", offset=-1, allowed_updates=[])


def test_a_waiting_poll_is_woken_at_once(sim):
    sim.person(1)
    thread, out = in_thread(lambda: sim.ok("getUpdates", timeout=20))
    until(lambda: sim.sim("GET", "/pending")["pollers"] == 1)
    said_at = time.monotonic()
    sim.sim("POST", "/say", user_id=1, text="wake")
    thread.join()
    assert out["result"][0]["message"]["text"] == "wake"
    assert out["at"] - said_at < 1


def test_the_second_poller_ends_the_first(sim):
    sim.person(1)
    thread, out = in_thread(lambda: sim.bot("getUpdates", timeout=20))
    until(lambda: sim.sim("GET", "/pending")["pollers"] == 1)
    second, second_out = in_thread(lambda: sim.ok("getUpdates", timeout=20))
    thread.join()
    assert out["result"]["error_code"] == 409
    assert out["result"]["description"].startswith("Conflict: terminated by other getUpdates request; make sure")
    sim.sim("POST", "/say", user_id=1, text="x")
    second.join()
    assert len(second_out["result"]) == 1
    assert sim.sim("GET", "/summary")["conflicts_409"] == 1


def test_odd_updates(sim):
    sim.person(1)
    sim.sim("POST", "/update", message={"surprise": [1, {}]})
    first = sim.ok("getUpdates")[0]
    assert first["message"] == {"surprise": [1, {}]}
    sim.request("POST", "/sim/updates_raw", b"\0not json")
    assert sim.request("GET", f"/bot{TOKEN}/getUpdates") == (200, b"\0not json")
    sim.ok("getUpdates", offset=first["update_id"] + 1)
    assert sim.sim("POST", "/redeliver", **{"from": first["update_id"]})["updates"] == 1
    assert sim.ok("getUpdates", offset=first["update_id"] + 1) == [first]
    assert sim.ok("getUpdates", offset=first["update_id"] + 1) == []


def test_duplicates_keep_the_order_within_a_chat(sim):
    for id in range(1, 6):
        sim.person(id)
    sim.sim("POST", "/flood", count=40, users=[1, 2, 3, 4, 5], text="{n}")
    sim.sim("POST", "/faults", duplicate=True, seed=3)
    got = [(u["message"]["chat"]["id"], int(u["message"]["text"])) for u in sim.ok("getUpdates", limit=100)]
    assert len(got) == 80 and len(set(got)) == 40
    firsts = list(dict.fromkeys(got))
    assert firsts != sorted(firsts, key=lambda x: x[1])
    for chat in range(1, 6):
        own = [n for c, n in firsts if c == chat]
        assert own == sorted(own)


def test_flood_is_served_fast(sim):
    users = list(range(1, 201))
    for id in users:
        sim.person(id)
    count = 60000
    flood = sim.sim("POST", "/flood", count=count, users=users, text="текст {n}")
    conn = http.client.HTTPConnection("127.0.0.1", sim.port, timeout=20)
    offset, got, body = flood["first_update_id"], 0, b""
    began = time.monotonic()
    while got < count:
        conn.request("GET", f"/bot{TOKEN}/getUpdates?offset={offset}")
        body = conn.getresponse().read()
        n = body.count(b'"update_id"')
        got += n
        offset += n
    rate = count / (time.monotonic() - began)
    conn.close()
    assert json.loads(body)["result"][-1]["message"]["text"] == f"текст {count - 1}"
    assert rate > 20000  # alone on a machine it is several times that


# --- limits

def test_one_a_second_with_a_burst_of_three(limited):
    limited.person(1)
    for _ in range(3):
        limited.ok("sendMessage", chat_id=1, text="x")
    answer = limited.bot("sendMessage", chat_id=1, text="x")
    assert answer["error_code"] == 429 and answer["parameters"]["retry_after"] == 1
    assert answer["description"] == "Too Many Requests: retry after 1"
    assert limited.sim("GET", "/summary")["refusals_429"] == 1
    assert len(limited.sim("GET", "/sent")) == 3


def test_thirty_a_second_overall_and_twenty_a_minute_in_a_group(limited):
    for id in range(1, 34):
        limited.person(id)
    began = time.monotonic()
    codes = [limited.bot("sendMessage", chat_id=id, text="x").get("error_code", 200) for id in range(1, 34)]
    assert time.monotonic() - began > 1 or codes == [200] * 30 + [429] * 3
    limited.sim("POST", "/limits", overall_per_s=64)
    limited.sim("POST", "/groups", id=-5, title="M", members=[1])
    answers = [limited.bot("sendMessage", chat_id=-5, text="x") for _ in range(21)]
    assert [a["ok"] for a in answers] == [True] * 20 + [False]
    assert answers[-1]["parameters"]["retry_after"] > 50


# --- faults

def test_a_lost_answer_has_taken_effect(sim):
    sim.person(1)
    sim.sim("POST", "/faults", kind="lose", method="sendMessage", count=1)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        sim.bot("sendMessage", chat_id=1, text="lost")
    assert [m["text"] for m in sim.sim("GET", "/chats/1")["messages"]] == ["lost"]
    assert sim.ok("sendMessage", chat_id=1, text="heard")


def test_losses_with_a_seed_repeat(sim):
    sim.person(1)

    def losses():
        sim.sim("POST", "/faults", kind="lose", method="getMe", probability=0.3, seed=7)
        out = []
        for _ in range(30):
            try:
                sim.bot("getMe")
                out.append(0)
            except (http.client.RemoteDisconnected, ConnectionResetError):
                out.append(1)
        sim.request("DELETE", "/sim/faults")
        return out

    first = losses()
    assert 0 < sum(first) < 30 and first == losses()


def test_errors_refusals_and_outages(sim):
    sim.person(1)
    sim.sim("POST", "/faults", kind="error", method="sendMessage", count=1, code=502)
    assert sim.refused("sendMessage", chat_id=1, text="x") == (502, "Bad Gateway")
    sim.sim("POST", "/faults", kind="refuse", method="*", count=1, retry_after=17)
    assert sim.bot("sendMessage", chat_id=1, text="x")["parameters"] == {"retry_after": 17}
    assert sim.sim("GET", "/chats/1")["messages"] == []

    def poll():
        try:
            return sim.bot("getUpdates", timeout=20)
        except OSError as error:
            return error

    thread, out = in_thread(poll)
    until(lambda: sim.sim("GET", "/pending")["pollers"] == 1)
    sim.sim("POST", "/faults", kind="reset")
    thread.join()
    assert isinstance(out["result"], OSError)
    with pytest.raises(ConnectionResetError):
        sim.bot("getMe")
    sim.request("DELETE", "/sim/faults?kind=reset")
    assert sim.ok("getMe")


# --- the HTTP side

def test_greedy_requests_are_refused(sim):
    assert sim.request("POST", "/sim/update", None, {"Content-Length": str(21 << 20)})[0] == 413
    with socket.create_connection(("127.0.0.1", sim.port)) as raw:
        raw.sendall(b"POST /sim/update HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}")
        assert b" 400 " in raw.recv(100)


@pytest.mark.parametrize("path, wish", [
    ("/sim/say", {"user_id": 1, "text": "/a", "entities": {}}),
    ("/sim/say", {"user_id": 1, "media_group": [{"photo": {"base64": "!"}}, 5], "text": []}),
    ("/sim/people", {"id": 2**60, "first_name": []}),
    ("/sim/groups", {"id": -1, "members": {"a": 1}}),
    ("/sim/users_shared", {"user_id": 1, "user_ids": [[], None]}),
    (f"/bot{TOKEN}/sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": 5}}),
    (f"/bot{TOKEN}/sendMessage", {"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": -5, "length": 900}]}),
    (f"/bot{TOKEN}/sendMediaGroup", {"chat_id": 1, "media": [[], {"type": 5}]}),
    (f"/bot{TOKEN}/setMyCommands", {"commands": [5], "scope": []}),
    (f"/bot{TOKEN}/copyMessages", {"chat_id": 1, "from_chat_id": 1, "message_ids": [{}, "x"]}),
])
def test_nonsense_is_answered(sim, path, wish):
    sim.person(1)
    assert sim.request("POST", path, json.dumps(wish), {"Content-Type": "application/json"})[0] in (200, 400)
    assert sim.request("GET", "/sim/feed?after=0")[0] == 200
    assert sim.request("GET", "/sim/chats/1")[0] == 200


def test_wait_finds_what_comes_later(sim):
    sim.person(1)
    thread, out = in_thread(lambda: sim.sim("GET", "/wait", chat_id=1, regex="№[0-9]+ взят", wait=10))
    sim.ok("sendMessage", chat_id=1, text="пусто")
    sim.ok("sendMessage", chat_id=1, text="<b>№1024</b> взят", parse_mode="HTML")
    thread.join()
    assert out["result"]["html"] == "<b>№1024</b> взят"
    assert sim.request("GET", "/sim/wait?chat_id=1&text=never&wait=0")[0] == 408


def test_the_readme_lists_the_control_table(sim):
    readme = (HERE / "README.md").read_text()
    for row in sim.sim("GET", ""):
        assert f"| {row['verb']} `{row['path']}` | {row['what']} |" in readme, row


def test_the_page_is_served(sim):
    for path in ("/", "/app.js", "/style.css"):
        status, body = sim.request("GET", path)
        assert status == 200 and len(body) > 500, path


# --- the spec, as data of the same shape as the official one

def test_violations_of_the_spec_are_recorded(tmp_path):
    field = lambda name, types, required=False, text="": {"name": name, "types": types, "required": required, "description": text}
    known = [line.split('"')[1] for line in (HERE / "methods.c").read_text().splitlines() if line.startswith('    {"')]
    spec = {"version": "test", "methods": {name: {"fields": []} for name in known}, "types": {
        "Markup": {"fields": [field("inline_keyboard", ["Array of Array of Button"], True)]},
        "Button": {"fields": [field("text", ["String"], True), field("callback_data", ["String"])]},
        "Scope": {"subtypes": ["ScopeChat", "ScopeAll"]},
        "ScopeChat": {"fields": [field("type", ["String"], True, "Scope type, must be chat"), field("chat_id", ["Integer"], True)]},
        "ScopeAll": {"fields": [field("type", ["String"], True, "Scope type, must be all")]}}}
    spec["methods"]["sendMessage"]["fields"] = [
        field("chat_id", ["Integer", "String"], True), field("text", ["String"], True), field("reply_markup", ["Markup"]),
        field("protect_content", ["Boolean"])]
    spec["methods"]["getMyCommands"]["fields"] = [field("scope", ["Scope"])]
    file = tmp_path / "spec.json"
    file.write_text(json.dumps(spec))
    simulator = Simulator("--spec", str(file))
    try:
        simulator.person(1)
        fine = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
        simulator.ok("sendMessage", chat_id=1, text="x", reply_markup=fine, protect_content=True)
        simulator.ok("sendMessage", chat_id="1", text="x", reply_markup=json.dumps(fine), protect_content="true")
        simulator.ok("getMyCommands", scope={"type": "chat", "chat_id": 1})
        summary = simulator.sim("GET", "/summary")
        assert summary["violations"] == [] and summary["spec"] == "test" and summary["methods_checked"] == len(known)
        simulator.bot("sendMessage", chat_id=1, text=5, colour="red")
        simulator.bot("sendMessage", text="x", reply_markup={"inline_keyboard": [{"text": "a"}]})
        simulator.bot("getMyCommands", scope={"type": "chat"})
        simulator.bot("sendMoon")
        assert [v["what"] for v in simulator.sim("GET", "/summary")["violations"]] == [
            "sendMessage.text has the wrong type; wanted: String",
            "sendMessage has no parameter named colour",
            "sendMessage.chat_id is required and missing",
            "sendMessage.reply_markup.inline_keyboard[0] is not an array; wanted: Array of Button",
            "getMyCommands.scope.chat_id is required and missing",
            "is no method of the Bot API"]
    finally:
        simulator.stop()


def test_the_table_must_agree_with_the_spec(tmp_path):
    file = tmp_path / "spec.json"
    file.write_text('{"methods": {"getMe": {"fields": []}}, "types": {}}')
    done = subprocess.run([find_binary(), "--spec", str(file), "--listen", "127.0.0.1:0"], capture_output=True, text=True)
    assert done.returncode == 2 and "the spec has no method getUpdates" in done.stderr


def test_the_clock_is_moved_by_a_command():
    simulator = Simulator("--clock-command", "printf '2030-01-02T03:04:05Z moved %s'", "--clock-show-command", "printf 2030-01-02T03:04:05Z")
    try:
        moved = simulator.sim("POST", "/clock", advance="55m")
        assert moved["output"].endswith("moved 55m") and abs(moved["now"] - 1893553445) < 3
        simulator.person(1)
        assert abs(simulator.ok("sendMessage", chat_id=1, text="x")["date"] - 1893553445) < 5
        assert simulator.request("POST", "/sim/clock", '{"advance": "1; rm"}')[0] == 400
    finally:
        simulator.stop()
