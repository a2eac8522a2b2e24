"""Goal: each of the four daemons is killed with -9 twenty times at random moments of a running load; nothing is lost, nothing doubled

ITSUPPORT_TEST_SEED=... chooses the moments and what people do; the seed of every run is printed.
"""
import os
import random
import time

from .company import FAST
from .load import Killer, Load, FlyingTime

KILLS = 20
DAEMONS = ["order-engine@1", "bot-gateway", "sla-watcher", "admin-web"]
TIMEOUT_S = 240


def test_nothing_is_lost_and_nothing_doubled(new_suite, capsys):
    seed = int(os.environ.get("ITSUPPORT_TEST_SEED") or random.SystemRandom().randrange(1, 1 << 31))
    with capsys.disabled():
        print(f"\nITSUPPORT_TEST_SEED={seed}", flush=True)
    suite = new_suite(env=FAST)
    load = Load(suite, pairs=8, seed=seed, managers=2)
    killer = Killer(suite, DAEMONS, KILLS, random.Random(seed))
    clock = FlyingTime(suite, "2h")

    end = time.monotonic() + TIMEOUT_S
    while not killer.is_done:
        assert time.monotonic() < end, f"kills left: {killer.left}, {load.stuck()}"
        load.turn()
        clock.turn()
        killer.turn(time.monotonic())
    clock.finish()
    suite.wait_ready()
    load.finish()

    counts = load.prove()
    with capsys.disabled():
        print(f"{KILLS} kills of each of {len(DAEMONS)} daemons: {counts}", flush=True)
