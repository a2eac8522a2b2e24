"""Goal: a bot's requests have the effect, and the refusals, that Telegram gives them"""
import json

import pytest

from simulator.simulated import PNG, TOKEN, in_thread


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
