"""Goal: tests and the page rule the simulator by a table; nonsense is answered; the spec is obeyed"""
import json
import socket
import subprocess

import pytest

from simulator.simulated import HERE, TOKEN, Simulator, find_binary, in_thread


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
