"""Goal: what the rules do in memory the engines do with PostgreSQL: the same random histories leave the same rows, engines killed or not

ITSUPPORT_TEST_SEED=... chooses the histories; the seed of every run is printed. ITSUPPORT_TEST_HISTORIES=n runs n of each kind.
"""
import os
import random

import pytest

from .history import History
from .same_rows import count_rows, different_rows
from .twin import Twin

HISTORIES = int(os.environ.get("ITSUPPORT_TEST_HISTORIES", "2"))
SEED = int(os.environ.get("ITSUPPORT_TEST_SEED") or random.SystemRandom().randrange(1, 1 << 31))
PEOPLE = {"contractors": 6, "accounts": 4}
SIZES = [{"steps": 400, "gap": 1800}, {"steps": 200, "gap": 14400}]  # taken in turn: a rush of some four days, and two quiet weeks
KILLS = 20


@pytest.mark.parametrize("engines, kills", [(3, 0), (2, KILLS)], ids=["in-turn", "killed"])
@pytest.mark.parametrize("number", range(HISTORIES))
def test_the_same_rows_are_left(cluster, build, template, capsys, number, engines, kills):
    seed = SEED + number
    print(f"ITSUPPORT_TEST_SEED={seed}")  # whatever goes wrong: a failed test shows it
    history = History.simulated(build / "bin/simulate", seed=seed, days=1000, **PEOPLE, **SIZES[number % len(SIZES)])
    with Twin(cluster, build, template, engines, kills, seed) as twin:
        twin.live(history)
        differences = different_rows(twin, history)
        assert not differences, f"seed {seed}:\n" + "\n".join(differences)
        checked = twin.suite.ctl.run("check", check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        sent_again = twin.sent_again
    with capsys.disabled():
        print(f"\nITSUPPORT_TEST_SEED={seed}, {engines} engines, {kills - twin.kills} kills, {sent_again} commands sent again: "
              f"{count_rows(history)}", flush=True)
