"""Goal: what people do reaches the bot as Telegram would send it, once and in order"""
import http.client
import json
import time

from harness.waiting import wait_until
from simulator.simulated import TOKEN, in_thread


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
    wait_until(lambda: sim.sim("GET", "/pending")["pollers"] == 1, 5, "the poll")
    said_at = time.monotonic()
    sim.sim("POST", "/say", user_id=1, text="wake")
    thread.join()
    assert out["result"][0]["message"]["text"] == "wake"
    assert out["at"] - said_at < 1


def test_the_second_poller_ends_the_first(sim):
    sim.person(1)
    thread, out = in_thread(lambda: sim.bot("getUpdates", timeout=20))
    wait_until(lambda: sim.sim("GET", "/pending")["pollers"] == 1, 5, "the poll")
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
