"""Goal: whatever fails in a random history of months is shown as a story of a few steps that anybody can replay"""
import pathlib
import subprocess
import time

import pytest

from simulation import mutants
from simulation.model import check
from simulation.shrink import SHRINK_S, STORY_STEPS, complaint, shrink

REPO = pathlib.Path(__file__).resolve().parents[2]
SEED = 1
SLACK_S = 30  # the failing history itself, and the telling that the limit meets

PLANTED = {  # each with what is complained about, wherever a history comes upon it first
    "fsm-ask-does-not-pause": ("C", "ask"),          # at once
    "effect-ack-lost": ("D", "alert", "reopen"),     # when time passes
    "event-rate-for-ever": ("C", "rate"),            # after a week
    "quiet-waves-collapse": ("told",),               # after a change of the world long ago
    "pacing-chat-burst": ("X", "pacing", "chat"),    # in what many orders have in common
}


@pytest.fixture(scope="module")
def bench(build, tmp_path_factory):
    return mutants.Bench(REPO, build.resolve(), tmp_path_factory.mktemp("mutants"))


def tell(simulate, path):
    return subprocess.run([str(simulate), f"--script={path}"], stdout=subprocess.PIPE, text=True, check=True).stdout


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_becomes_a_short_story_of_the_same(bench, build, tmp_path, name):
    faulty, trouble = bench.mutant(REPO / f"tests/mutants/{name}.patch")
    assert trouble is None
    began = time.monotonic()
    story = shrink(faulty, SEED)
    assert time.monotonic() - began < SHRINK_S + SLACK_S
    assert set(PLANTED[name]) <= set(complaint(story.found))
    assert len(story.steps) <= STORY_STEPS, "\n".join(story.steps)

    path = tmp_path / "story.script"
    path.write_text("\n".join(story.lines) + "\n", encoding="utf-8")
    told = tell(faulty, path)
    assert told == tell(faulty, path), "a story is the same every time"
    assert check(line + "\n" for line in told.splitlines())[1] == story.found
    assert check(line + "\n" for line in tell(build / "bin/simulate", path).splitlines())[1] is None, "it is the fault's story, not the rules'"

