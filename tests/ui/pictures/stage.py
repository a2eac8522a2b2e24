"""stage.py - the suite with the demo's people and their history, for the camera: says where it is in one line of JSON, ends with its input

    {"simulator": url}
"""
import json
import os
import pathlib
import sys

from demo.seed import Demo
from harness.cluster import scratch
from harness.suite import Suite
from ui.suite import give_clock

REPO = pathlib.Path(__file__).resolve().parents[3]
FAST = {"ITSUPPORT_TELEGRAM_PER_SECOND": "1000", "ITSUPPORT_TELEGRAM_CHAT_PER_SECOND": "30", "ITSUPPORT_TELEGRAM_CHAT_BURST": "30"}


def main():
    build = REPO / os.environ.get("ITSUPPORT_TEST_BUILD", "build/release")
    with scratch() as cluster:
        suite = Suite(cluster, build, env=FAST)
        give_clock(suite)
        with suite:
            suite.sim.limits(on=False)
            demo = Demo(suite.sim, suite.ctl, suite.cluster, suite.database)
            demo.live_through()
            demo.gather()
            demo.tell_stories()
            print(json.dumps({"simulator": suite.sim_url}), flush=True)
            sys.stdin.read()


if __name__ == "__main__":
    main()
