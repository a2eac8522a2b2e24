"""mutants.py - small faults, each applied alone to a copy of the pure core: is it noticed, and by what?

    python3 -m simulation.mutants REPO BUILD [--sample N] [NAME...]      TAP, a line per patch of tests/mutants

BUILD holds a build of the simulator and of the unit tests below. Only what a patch touches is compiled again. The cheapest is tried first:
short histories, then the unit tests, then long histories. A patch says in its first line what the fault is.
"""
import argparse
import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

from . import run as runs

# Histories that a fault is given to show itself, seed and days: short ones, and those with time for months and rare clocks.
SHORT = [(1, 3), (2, 12)]
LONG = [(3, 40), (4, 73)]
# For faults that no history in order can show: a deadline that arrives behind the next one, a share that is no whole millisecond.
UNIT_TESTS = ["test_calendar", "test_clocks", "test_order_fsm", "test_refusals_once_taken", "test_decide_time"]
UNIT_S = 10
SIMULATION_S = 60  # of CPU, for one history: a fault that makes it run for ever is noticed too
FLAGS = ["-std=c17", "-D_GNU_SOURCE", "-O1", "-w"]
LIBRARIES = ["order-engine/liborder_rules.a", "sla-watcher/libsla_watcher_rules.a", "bot-gateway/delivery/libbot_gateway_delivery_rules.a",
             "common/libsuite_wire.a", "common/libsuite_base.a"]


class Bench:
    def __init__(self, repo, build, folder):
        self.repo, self.build, self.folder = repo, build, folder
        self.objects = sorted((build / "tests/simulation/CMakeFiles/simulate.dir").glob("*.o"))
        words = subprocess.run(["pkg-config", "--libs", "json-c", "inih"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
        self.libraries = [str(build / name) for name in LIBRARIES] + words + ["-lpthread", "-lm"]

    def compile(self, place, sources):
        objects = []
        for source in sources:
            objects.append(place / (source.name + ".o"))
            subprocess.run(["cc", *FLAGS, "-I", str(place), "-I", str(self.repo), "-c", str(place / source), "-o", str(objects[-1])], check=True)
        return objects

    def link(self, program, objects, own, more=()):
        """What was compiled again comes first, so that the libraries' own is not taken."""
        subprocess.run(["cc", *map(str, objects), *map(str, own), *more, *self.libraries, "-o", str(program)], check=True)
        return program

    def unit_tests(self, place):
        """Each with this fault, as it is asked for."""
        folder = self.build / "tests/unit"
        for name in UNIT_TESTS:
            own = (folder / f"CMakeFiles/{name}.dir").glob("*.o")
            yield name, self.link(place / name, place.glob("*.o"), own, [str(folder / "liborder_scene.a"), "-lcmocka"])

    def mutant(self, patch):
        """The simulator with this fault, or the sentence why there is none."""
        place = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        sources = [pathlib.Path(line[6:].strip()) for line in patch.read_text("utf-8").splitlines() if line.startswith("+++ b/")]
        for source in sources:
            (place / source).parent.mkdir(parents=True, exist_ok=True)
            if not (self.repo / source).exists():
                return None, f"there is no {source} any more"
            shutil.copy(self.repo / source, place / source)
        applied = subprocess.run(["git", "apply", "--recount", "-p1", str(patch)], cwd=place, stderr=subprocess.PIPE, text=True, check=False)
        if applied.returncode != 0:
            return None, "the patch does not apply any more: " + applied.stderr.strip().splitlines()[0]
        try:
            return self.link(place / "simulate", self.compile(place, sources), self.objects), None
        except subprocess.CalledProcessError:
            return None, "the patched core does not compile"


def by_histories(program, histories, counts):
    for seed, days in histories:
        checked, found, _, _ = runs.run(["prlimit", f"--cpu={SIMULATION_S}", *runs.argv(str(program), seed, days, runs.CREW)])
        if found:
            return f"seed {seed}, step {found[0]}: {found[2].splitlines()[0][:150]}"
        for name, n in checked.counts.items():
            counts[name] = counts.get(name, 0) + n
    return None


def by_unit_tests(bench, program):
    for name, test in bench.unit_tests(program.parent):
        tried = subprocess.run(["timeout", str(UNIT_S), str(test)], cwd=program.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if tried.returncode != 0:
            case = next((line for line in tried.stdout.splitlines() if line.startswith("case ")), f"exit {tried.returncode}")
            return f"{name}: {case[:150]}"
    return None


def notice(bench, program):
    """What the first shows that shows something; None if none does."""
    counts = {}
    noticed = by_histories(program, SHORT, counts) or by_unit_tests(bench, program) or by_histories(program, LONG, counts)
    if noticed:
        return noticed
    silent = [name for name, n in counts.items() if n == 0 and name[2:] not in runs.UNREACHABLE]
    return f"never fires: {silent[0]}" if silent else None


def try_patch(bench, patch):
    program, trouble = bench.mutant(patch)
    if trouble:
        return patch, False, trouble
    noticed = notice(bench, program)
    shutil.rmtree(program.parent)
    return patch, noticed is not None, noticed or "MISSED: " + patch.read_text("utf-8").splitlines()[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("repo", type=pathlib.Path)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--sample", type=int, default=0, help="so many of them, evenly chosen")
    options = parser.parse_args()
    repo, build = options.repo.resolve(), options.build.resolve()
    patches = sorted((repo / "tests/mutants").glob("*.patch"))
    if options.names:
        patches = [p for p in patches if p.stem in options.names]
    if options.sample:
        patches = patches[::max(1, len(patches) // options.sample)][:options.sample]
    caught = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ProcessPoolExecutor(2) as pool:
        bench = Bench(repo, build, folder)
        for patch, noticed, how in pool.map(try_patch, [bench] * len(patches), patches):
            caught += noticed
            print(f"{'ok' if noticed else 'not ok'} - {patch.stem}", f"# {how}", sep="\n", flush=True)
    print(f"# {caught} of {len(patches)} faults noticed")
    return 0 if caught == len(patches) else 1


if __name__ == "__main__":
    sys.exit(main())
