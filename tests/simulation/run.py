"""run.py - many random histories at once, each checked by the model; what fired how often; a failing one made short

    python3 -m simulation.run SIMULATE                     five service-years as TAP, both cores
    python3 -m simulation.run SIMULATE --years 100         as many as you like; prints years per minute
    python3 -m simulation.run SIMULATE --seed S            this history alone, exactly as before
    python3 -m simulation.run SIMULATE --seed S --shrink   and the story of its failure, as short as it can be told
"""
import argparse
import collections
import gc
import multiprocessing
import subprocess
import sys
import time

from . import model
from .world import DAY

DAYS = 73  # of one history: a fifth of a year
CREW = {"contractors": 28, "accounts": 16}

# Rows that no history can reach, each with its reason.
UNREACHABLE = {}

History = collections.namedtuple("History", "seed days orders seconds counts found")


def argv(simulate, seed, days, crew):
    return [simulate, f"--seed={seed}", f"--days={days}", *(f"--{name}={n}" for name, n in crew.items())]


def run(command):
    """(the model, what was found, orders made, days passed)"""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        last = [""]

        def lines():
            for last[0] in process.stdout:
                yield last[0]

        checked, found = model.check(lines())
        if found:
            process.kill()
    end = last[0].split()
    if not found and end[:1] != ["E"]:
        found = (0, last[0].strip(), f"the simulation broke off, exit {process.returncode}")
    return checked, found, len(checked.orders), int(end[2]) / DAY if not found else 0


def history(task):
    gc.disable()  # nothing of a history becomes garbage before its end, and looking for it costs a fifth of the time
    simulate, seed, days = task
    began = time.monotonic()
    checked, found, orders, passed = run(argv(simulate, seed, days, CREW))
    gc.collect()
    return History(seed, passed, orders, time.monotonic() - began, checked.counts, found)


def show(simulate, seed, found):
    print(f"# seed {seed}, step {found[0]}: {found[1]}")
    for line in found[2].splitlines():
        print(f"#   {line}")
    print(f"# again: python3 -m simulation.run {simulate} --seed {seed}   shorter: the same with --shrink")


def report_counts(counts):
    """Every row of the state and clock tables must have fired somewhere."""
    for kind, table in (("R", "order_rules"), ("K", "clock_steps")):
        rows = {name[2:]: n for name, n in counts.items() if name.startswith(kind + " ")}
        for name, n in rows.items():
            print(f"#   {n:9} {name}")
        silent = [name for name, n in rows.items() if n == 0 and name not in UNREACHABLE]
        print(f"{'not ok' if silent or not rows else 'ok'} - every row of {table} fires{': not ' + '; '.join(silent) if silent else ''}")


def run_all(simulate, years, first_seed, jobs):
    tasks = [(simulate, first_seed + n, DAYS) for n in range(max(1, round(years * 365 / DAYS)))]
    counts, days, orders, began = collections.Counter(), 0, 0, time.monotonic()
    with multiprocessing.Pool(jobs) as pool:
        for h in pool.imap_unordered(history, tasks):
            counts.update(h.counts)
            days, orders = days + h.days, orders + h.orders
            print(f"{'not ok' if h.found else 'ok'} - seed {h.seed}: {h.days:.0f} days, {h.orders} orders, {h.seconds:.1f} s", flush=True)
            if h.found:
                show(simulate, h.seed, h.found)
    report_counts(counts)
    minutes = (time.monotonic() - began) / 60
    print(f"# {days / 365:.2f} service-years, {orders / max(days, 1):.0f} orders a day, {minutes * 60:.0f} s, {days / 365 / minutes:.2f} years per minute")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("simulate")
    parser.add_argument("--years", type=float, default=5)
    parser.add_argument("--seed", type=int, help="this history alone")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--shrink", action="store_true")
    parser.add_argument("--story", default="story.script", help="where the short one is written")
    options = parser.parse_args()
    if options.shrink:
        from .shrink import report  # pylint: disable=import-outside-toplevel  # it runs histories too
        report(options.simulate, options.seed or 1, options.story)
    elif options.seed is not None:
        run_all(options.simulate, DAYS / 365, options.seed, 1)
    else:
        run_all(options.simulate, options.years, options.first_seed, options.jobs)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    main()
