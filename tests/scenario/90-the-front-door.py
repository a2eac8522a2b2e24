"""Goal: ./itsupport demo starts everything, a second one keeps the data, stop ends exactly what was started"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

import pytest
import requests

from demo.cast import EVERYBODY, HISTORY, STORIES
from harness.cluster import OWNER, Server
from harness.process import marked
from harness.waiting import wait_until

REPO = pathlib.Path(__file__).resolve().parents[2]
SECOND_DEMO_S = 20


class FrontDoor:
    def __init__(self):
        self.state = pathlib.Path(tempfile.mkdtemp(prefix="its-demo-", dir="/tmp"))
        self.state.chmod(0o755)
        self.printed = ""

    def run(self, *argv):
        env = {k: v for k, v in os.environ.items() if not k.startswith("ITSUPPORT_")} | {"ITSUPPORT_STATE_DIR": str(self.state)}
        done = subprocess.run([REPO / "itsupport", *argv], env=env, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        self.printed = done.stdout

    def link(self, label):
        return re.search(rf"{label} +(http\S+)", self.printed).group(1)

    def query(self, text):
        sockets, database = re.search(r"host=(\S+) dbname=(\S+)", self.printed).groups()
        return Server(sockets).query(database, text, (), OWNER)

    def processes(self):
        return {pid: command for pid, command in marked("ITSUPPORT_DEMO", self.state)}

    def contents(self):
        return self.query("select (select count(*) from people), (select count(*) from orders), (select count(*) from order_events)")[0]


@pytest.fixture(scope="module")
def door():
    made = FrontDoor()
    made.run("demo")
    yield made
    made.run("stop")
    assert not made.processes()
    shutil.rmtree(made.state)


def test_the_links_work(door):
    for label in ("Be anybody in Telegram", "Panel"):
        assert requests.get(door.link(label), timeout=5).status_code == 200


def test_people_have_joined_and_ordered(door):
    people, orders, events = door.contents()
    assert people == len(EVERYBODY) and orders == len(HISTORY) + len(STORIES) and events > orders
    assert {row[0] for row in door.query("select distinct state from orders")} == {"new", "in_work", "waiting_client", "done", "closed"}


def test_a_killed_daemon_is_started_again(door):
    pid = next(pid for pid, command in door.processes().items() if "/order-engine" in command)
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len([c for c in door.processes().values() if "/order-engine" in c]) == 2 and pid not in door.processes(),
               10, "the second engine to be back")


def test_a_second_demo_keeps_the_data_and_is_quick(door):
    before = door.contents()
    door.run("stop")
    assert not door.processes()
    began = time.monotonic()
    door.run("demo")
    assert time.monotonic() - began < SECOND_DEMO_S
    assert door.contents() == before
