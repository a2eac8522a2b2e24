"""suite.py - the real suite for a browser: starts it, says where it is in one line of JSON, ends it when its input ends

    {"simulator": url, "panel": url, "links": {role: invite link}}

Whatever a daemon did wrong in its life ends this with 1 and words about it on stderr. ITSUPPORT_TEST_BUILD=build/dev tries
another build than the release.
"""
import json
import os
import pathlib
import sys

from harness.cluster import OWNER, scratch
from harness.suite import Suite

REPO = pathlib.Path(__file__).resolve().parents[2]
CLIENT = {"tariff": "Стандарт", "paid_until": "2036-01-31"}


def give_clock(suite):
    """The page moves the test clock as in the demo: by the operator's own command."""
    program = suite.bin / "itsupportctl"
    simulator = suite["telegram-simulator"]
    simulator.argv += ["--clock-command", f"'{program}' clock advance", "--clock-show-command", f"'{program}' clock"]
    simulator.env = suite.env(role=OWNER)


def main():
    build = REPO / os.environ.get("ITSUPPORT_TEST_BUILD", "build/release")
    with scratch() as cluster:
        suite = Suite(cluster, build)
        give_clock(suite)
        with suite:
            links = {"client": suite.ctl.invite("client", **CLIENT), "contractor": suite.ctl.invite("contractor")}
            print(json.dumps({"simulator": suite.sim_url, "panel": suite.admin_url, "links": links}), flush=True)
            sys.stdin.read()


if __name__ == "__main__":
    main()
