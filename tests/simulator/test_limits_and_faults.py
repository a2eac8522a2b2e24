"""Goal: flood limits are Telegram's, and faults are those that were asked for"""
import http.client
import time

import pytest

from harness.waiting import wait_until
from simulator.simulated import in_thread


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
    wait_until(lambda: sim.sim("GET", "/pending")["pollers"] == 1, 5, "the poll")
    sim.sim("POST", "/faults", kind="reset")
    thread.join()
    assert isinstance(out["result"], OSError)
    with pytest.raises(ConnectionResetError):
        sim.bot("getMe")
    sim.request("DELETE", "/sim/faults?kind=reset")
    assert sim.ok("getMe")
