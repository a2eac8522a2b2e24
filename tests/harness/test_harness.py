"""test_harness.py - the tools are tried before they are believed"""
import shlex
import signal

import pytest

from harness.branches import Tree
from harness.process import Process, leftovers
from harness.sim import Message, start_payload
from harness.tally import Tally
from harness.waiting import NotInTime, wait_until

ENV = {"PATH": "/usr/bin:/bin", "ITSUPPORT_TEST_MARK": "of-the-harness-itself"}


def child(tmp_path, script):
    return Process("child", ["/bin/sh", "-c", script], ENV, tmp_path / "child.log", notifies=False)


def test_waiting_says_what_was_there_instead():
    with pytest.raises(NotInTime, match="in vain for the moon; instead: only stars"):
        wait_until(lambda: False, 0.05, "the moon", lambda: "only stars")


SAYS_READY = """
import os, signal, socket, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"STATUS=up\\nREADY=1", "\\0" + os.environ["NOTIFY_SOCKET"][1:])
signal.pause()
"""


def test_ready_is_what_the_process_says(tmp_path):
    process = Process("child", ["/usr/bin/python3", "-c", SAYS_READY], ENV, tmp_path / "child.log").start()
    process.wait_ready(10)
    assert leftovers(ENV["ITSUPPORT_TEST_MARK"])
    assert process.stop() == 0 and not process.complaints()
    assert not leftovers(ENV["ITSUPPORT_TEST_MARK"])


def test_a_kill_we_asked_for_is_no_complaint_and_any_other_end_is(tmp_path):
    process = child(tmp_path, "exec sleep 60").start()
    assert process.kill() == -signal.SIGKILL and not process.complaints()
    crashed = child(tmp_path, "echo last words; exit 3").start()
    assert crashed.wait() == 3
    assert "ended with 3 (by itself)" in crashed.complaints()[0] and "last words" in crashed.complaints()[0]


@pytest.mark.parametrize("report", ["==1==ERROR: AddressSanitizer: heap-use-after-free", "x.c:1:2: runtime error: shift exponent",
                                    "a.c:3: f: Assertion `x' failed."])
def test_a_sanitizer_report_is_found(tmp_path, report):
    process = child(tmp_path, f"echo {shlex.quote(report)}; exec sleep 60").start()
    process.wait_log("AddressSanitizer|runtime error|Assertion")
    process.kill()
    assert process.complaints()


def test_an_error_line_is_found_unless_it_is_expected(tmp_path):
    process = child(tmp_path, "echo '2026-01-31T10:00:00.000Z error order-engine: command failed id=1'; echo no error; exec sleep 60").start()
    process.wait_log("no error")
    process.kill()
    assert len(process.complaints()) == 1 and "command failed" in process.complaints()[0]
    process.expected_errors.append("command failed")
    assert not process.complaints()


def test_a_killed_postgresql_comes_back(cluster):
    cluster.create_database("survivor")
    cluster.query("survivor", "create table t as select 1 as n", role="itsupport")
    cluster.kill()
    cluster.start()
    assert cluster.query("survivor", "select n from t", role="itsupport") == [(1,)]
    cluster.drop_database("survivor")


def test_roles_need_no_password_but_a_place_in_the_map(cluster):
    with pytest.raises(Exception, match="role .* does not exist|Peer authentication failed"):
        cluster.connect("postgres", "somebody")


JUNIT = """<testsuite><testcase name="test_a"><system-out>[==========] tests: 3 test(s) run.
[  PASSED  ] 2 test(s).
[  SKIPPED ] 1 test(s), listed below:</system-out></testcase>
<testcase name="b"/><testcase name="c"><failure message="no"/></testcase>
<testcase name="d"><skipped message="no such reason"/></testcase></testsuite>"""


def test_the_tally_counts_cases_and_wants_reasons(tmp_path):
    (tmp_path / "a.xml").write_text(JUNIT)
    (tmp_path / "b.tap").write_text("ok - x\nnot ok 2 - y\nok 3 - z # SKIP no such reason\n1..3\n")
    tally = Tally()
    tally.read(tmp_path / "a.xml")
    tally.read(tmp_path / "b.tap")
    assert (tally.passed, tally.failed, len(tally.skips)) == (4, ["c", "y"], 3)
    assert len(tally.unexplained()) == 3


def test_pure_is_who_includes_only_the_pure(tmp_path):
    for name, text in {
        "common/base/base.h": "", "common/io/db.h": "",
        "order-engine/rules/order.h": '#include "common/base/base.h"\n', "order-engine/store.h": '#include "common/io/db.h"\n',
        "order-engine/rules/decide.c": '#include "order-engine/rules/order.h"\n#include <string.h>\n',
        "order-engine/load.c": '#include "order-engine/store.h"\n', "order-engine/poll.c": "#include <unistd.h>\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert Tree(tmp_path).pure_files() == ["order-engine/rules/decide.c"]


def test_buttons_are_found_by_name_or_words():
    message = Message(buttons=[[{"text": "Взять", "data": "take:1024"}], [{"text": "3 ч", "data": "take_for:1024:3"}]])
    assert message.press_named("take") == "take:1024" and message.press_named("take_for:1024") == "take_for:1024:3"
    assert message.data_of("Взять") == "take:1024" and message.press_named("ask") is None
    assert start_payload("https://t.me/bot?start=abc-_9") == start_payload("abc-_9") == "abc-_9"
