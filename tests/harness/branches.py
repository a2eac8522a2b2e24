"""branches.py - the pure files, found by their include blocks, and whether unit tests take each of their branches

    python3 -m harness.branches REPO BUILD      TAP, one line per pure file; BUILD is a coverage build that has run its tests

Pure: a .c file that includes, directly or through headers of its own folder, nothing but the C library's plain headers,
common/base, common/wire, and json-c where JSON from outside is read. Asserts are not branches of the program: they hold.
"""
import functools
import json
import pathlib
import re
import subprocess
import sys

FOLDERS = ["order-engine", "bot-gateway", "sla-watcher", "admin-web", "ctl", "timeline", "common/wire"]
PLAIN = re.compile(r"^(assert|ctype|errno|inttypes|limits|math|stdbool|stddef|stdint|stdio|stdlib|string|json-c/json)\.h$")
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:<([^>]+)>|"([^"]+)")', re.MULTILINE)
NOT_A_BRANCH = r".*\bassert\(.*"


class Tree:
    def __init__(self, repo):
        self.repo = pathlib.Path(repo)

    def pure_files(self):
        sources = sorted(p.relative_to(self.repo) for folder in FOLDERS for p in (self.repo / folder).rglob("*.c"))
        return [str(path) for path in sources if path.name != "main.c" and self._is_pure(str(path))]

    @functools.lru_cache(maxsize=None)  # noqa: B019 - one tree per run
    def _is_pure(self, path):
        text = (self.repo / path).read_text("utf-8")
        for foreign, own in INCLUDE.findall(text):
            if foreign and not PLAIN.match(foreign):
                return False
            if own.startswith(("common/base/", "common/wire/")) or not own:
                continue
            if own.startswith("common/"):
                return False
            found = next((p for p in (own, str(pathlib.Path(path).parent / own)) if (self.repo / p).exists()), None)
            if found is None or (found != path and not self._is_pure(found)):
                return False
        return True


def branches(repo, build):
    """{file: (taken, all, lines with a branch not taken)} as gcovr counts them."""
    report = json.loads(subprocess.run(
        ["gcovr", "--root", repo, "--object-directory", build, "--json", "--exclude-throw-branches", "--exclude-unreachable-branches",
         "--exclude-branches-by-pattern", NOT_A_BRANCH, build], check=True, stdout=subprocess.PIPE).stdout)
    found = {}
    for file in report["files"]:
        missed, taken, total = [], 0, 0
        for line in file["lines"]:
            counts = [b["count"] > 0 for b in line.get("branches", [])]
            taken, total = taken + sum(counts), total + len(counts)
            if not all(counts) or (line["count"] == 0 and not line.get("gcovr/noncode")):
                missed.append(line["line_number"])
        found[file["file"]] = (taken, total, missed)
    return found


def main(repo, build):
    measured = branches(repo, build)
    for name in Tree(repo).pure_files():
        taken, total, missed = measured.get(name, (0, 0, []))
        if name not in measured:
            print(f"not ok - {name}: no test runs it")
        elif missed:
            lines = ", ".join(map(str, missed[:12])) + (" ..." if len(missed) > 12 else "")
            print(f"not ok - {name}: {taken} of {total} branches; lines {lines}")
        else:
            print(f"ok - {name}: {total} branches")


if __name__ == "__main__":
    main(*sys.argv[1:])
