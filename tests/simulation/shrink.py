"""shrink.py - a failing history made a short story: delta debugging over what was said and changed, not over the dice

What a history says and changes is a script (script.h); the simulator tells any part of it again, at the same instants, with the same
numbers of orders and alerts. Steps are left out as long as the model complains of the same; what is left is the story.
(Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, 2002.)
"""
import re
import subprocess
import tempfile
import time

from .domain import SYSTEM
from .run import CREW, DAYS, argv, run

STORY_STEPS = 40  # a story is not longer, whatever the history was
SHRINK_S = 120    # so long it is looked for; then the shortest so far
TOLD_S = 60       # of CPU, one telling: a fault may make it run for ever

# What a line is about, without numbers: the words from, and up to.
WHERE = {"C": (3, 4), "W": (3, 4), "D": (5, 7), "X": (1, 3)}

# Changes that are about a person, and where it stands.
PERSON_OF = {"duty": 4, "reach": 4, "remove": 4, "restore": 4, "follow": 4, "pin": 5, "unpin": 5, "decline": 5}

KIND, STEP, AT, EVENT, ORDER, ACTOR, ACTS_AS = range(7)  # words of a line


class Story:
    def __init__(self, beginning, steps, found):
        self.beginning, self.steps, self.found = beginning, steps, found

    @property
    def lines(self):
        return self.beginning + self.steps


def complaint(found):
    """What goes wrong where, without the numbers: the event or the step of a clock, and how the difference begins."""
    words, text = found[1].split(" "), found[2]
    where = words[slice(*WHERE.get(words[KIND], (0, 1)))]
    kinds = [set(re.findall(r"'([a-z_]+)'", line)) for line in text.splitlines()]
    differing = set.symmetric_difference(*kinds) if len(kinds) == 2 else set.union(*kinds)
    return words[KIND], *where, re.match(r"[^\d\[({:]*", text).group().strip(), *sorted(differing)


def script_of(trace):
    """(the beginning, the steps) of a trace that ends where the model complains."""
    lines, spare = [], max([0, *(int(n) for line in trace for n in re.findall(r" ok new(?::-?\d+){7}:(\d+) ", line))])
    for line in trace:
        words = line.split(" ")
        if words[KIND] == "C":
            if int(words[ACTS_AS]) == SYSTEM:
                continue  # follows by itself
            if words[EVENT] == "create":
                made = re.search(r"\| ok new(?::-?\d+){7}:(\d+)", line)
                spare += 0 if made else 1
                words[ORDER] = made.group(1) if made else str(spare)
            lines.append(" ".join(words[:words.index("|")] if "|" in words else words))
        elif words[KIND] == "W":
            lines.append(line)
    last = next(words for words in (line.split(" ") for line in reversed(trace)) if words[KIND] in ("C", "D", "W"))
    lines.append(f"W {last[STEP]} {last[AT]} wait")
    first = next((n for n, line in enumerate(lines) if line.split(" ")[STEP] != "0"), len(lines))
    return lines[:first], lines[first:]


def coherent(lines):
    """Without the changes about people who have never come."""
    known, kept = set(), []
    for line in lines:
        words = line.split(" ")
        change = words[EVENT] if words[KIND] == "W" else None
        if change == "person":
            known.add(words[ORDER])
        if change not in PERSON_OF or words[PERSON_OF[change]] in known:
            kept.append(line)
    return kept


class Teller:
    """Tells scripts, for a while."""

    def __init__(self, simulate, limit_s=SHRINK_S):
        self.simulate, self.until = simulate, time.monotonic() + limit_s
        self.told = 0

    def tell(self, lines):
        """What the model complains of; None: of nothing."""
        self.told += 1
        with tempfile.NamedTemporaryFile("w", suffix=".script") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            return run(["prlimit", f"--cpu={TOLD_S}", str(self.simulate), f"--script={file.name}"])[1]

    def is_late(self):
        return time.monotonic() > self.until


def parts_of(steps, found):
    """What may be enough, the least first: the order complained of and the world around it; orders of the same people; everything."""
    commands = [words for words in (s.split(" ") for s in steps) if words[KIND] == "C"]
    order = (commands[-1] if found[1].startswith("C") else found[1].split(" "))[ORDER:ORDER + 1]

    def about(orders):
        return [s for s in steps if s[0] == "W" or s.split(" ")[ORDER] in orders]

    if found[1][:1] in ("C", "D"):
        people = {words[ACTOR] for words in commands if words[ORDER] in order}
        yield about(order)
        yield about({words[ORDER] for words in commands if words[ACTOR] in people})
    yield steps


def without(steps, is_enough, is_late):
    """Chunks are left out while the rest is enough, ever smaller ones; at last no single step can be spared."""
    size = max(1, len(steps) // 2)
    while not is_late():
        before, at = len(steps), 0
        while at < len(steps) and not is_late():
            fewer = steps[:at] + steps[at + size:]
            if fewer and is_enough(fewer):
                steps = fewer
            else:
                at += size
        if size == 1 and len(steps) == before:
            break
        size = max(1, size // 2)
    return steps


def trace_of(simulate, seed, last_line):
    with subprocess.Popen(argv(str(simulate), seed, DAYS, CREW), stdout=subprocess.PIPE, text=True) as process:
        trace = []
        for line in process.stdout:
            trace.append(line.rstrip("\n"))
            if trace[-1] == last_line:
                process.kill()
                break
    return trace


def shrink(simulate, seed, limit_s=SHRINK_S):
    """The story, or None: nothing goes wrong."""
    found = run(argv(str(simulate), seed, DAYS, CREW))[1]
    if not found:
        return None
    beginning, steps = script_of(trace_of(simulate, seed, found[1]))
    teller, wanted = Teller(simulate, limit_s), complaint(found)

    def is_enough(part):
        told = teller.tell(coherent(beginning + part))
        return told is not None and complaint(told) == wanted

    for part in parts_of(steps, found):
        if is_enough(part):
            part = coherent(beginning + without(part, is_enough, teller.is_late))[len(beginning):]
            return Story(beginning, part, teller.tell(beginning + part))
    return Story(beginning, steps, found)


def report(simulate, seed, path):
    began = time.monotonic()
    story = shrink(simulate, seed)
    if story is None:
        print(f"ok - seed {seed}: nothing to shrink")
        return
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(story.lines) + "\n")
    print(f"not ok - seed {seed}: {len(story.steps)} steps are needed, found in {time.monotonic() - began:.0f} s")
    for line in [*story.steps, story.found[1], *story.found[2].splitlines()]:
        print(f"#   {line}")
    print(f"# again: {simulate} --script={path} | python3 -m simulation.model")
