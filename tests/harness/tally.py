"""tally.py - counts what a kind of test has brought: JUnit files (pytest, ctest, Playwright) and TAP, one closing line

    python3 -m harness.tally KIND FILE...      ends with "N passed, N failed, N skipped"; 1 if that is red

Red: something failed, nothing passed, or something was skipped whose reason docs/testing.md does not give. A cmocka program
that ctest ran counts with each of its cases.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "testing.md"
CMOCKA = {word: re.compile(rf"\[\s+{word}\s+\] (\d+) test\(s\)") for word in ("PASSED", "FAILED", "SKIPPED")}
TAP = re.compile(r"^(?P<verdict>ok|not ok)\b\s*\d*\s*-?\s*(?P<name>[^#]*)(#\s*(?i:skip)\s*(?P<reason>.*))?$")


class Tally:
    def __init__(self):
        self.passed, self.failed, self.skips = 0, [], []

    def read(self, path):
        if path.suffix == ".xml":
            for case in ElementTree.parse(path).iter("testcase"):
                self._junit(case)
        else:
            for line in path.read_text("utf-8").splitlines():
                if match := TAP.match(line):
                    self._tap(match)

    def _junit(self, case):
        name = f"{case.get('classname', '')} {case.get('name', '')}".strip()
        if case.find("failure") is not None or case.find("error") is not None:
            self.failed.append(name)
        elif (skip := case.find("skipped")) is not None:
            self.skips.append((name, skip.get("message") or ""))
        else:
            self._cmocka(name, case.findtext("system-out") or "")

    def _cmocka(self, name, output):
        found = {word: int(match.group(1)) for word, pattern in CMOCKA.items() if (match := pattern.search(output))}
        self.passed += found.get("PASSED", 1)
        self.skips += [(name, "")] * found.get("SKIPPED", 0)

    def _tap(self, match):
        name = match["name"].strip()
        if match["verdict"] != "ok":
            self.failed.append(name)
        elif match["reason"] is not None:
            self.skips.append((name, match["reason"].strip()))
        else:
            self.passed += 1

    def unexplained(self):
        known = DOCS.read_text("utf-8") if DOCS.exists() else ""
        return [(name, reason) for name, reason in self.skips if not reason or reason not in known]


def main(kind, *files):
    tally = Tally()
    for name in files:
        tally.read(pathlib.Path(name))
    for name in tally.failed:
        print(f"{kind}: failed: {name}")
    unexplained = tally.unexplained()
    for name, reason in unexplained:
        print(f"{kind}: skipped, and docs/testing.md does not say why: {name}: {reason or 'no reason given'}")
    print(f"{tally.passed} passed, {len(tally.failed)} failed, {len(tally.skips)} skipped")
    return 1 if tally.failed or unexplained or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
