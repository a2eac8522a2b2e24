#!/usr/bin/python3
"""clauses.py - clauses of docs/roles.md without a test, and tests named there that do not exist

    tests/clauses.py docs/roles.md

prints what is wrong. A clause is a row of a table; its last column names tests as `file.py::test`, or says "not yet": of those
there are as many as the line "Not yet: N" admits.
"""
import pathlib
import re
import sys

SCENARIOS = pathlib.Path(__file__).resolve().parent / "scenario"
ROW = re.compile(r"^\| (?!Clause \|)(?P<clause>[^|]+) \| (?P<shown_by>[^|]+) \|$", re.MULTILINE)
A_TEST = re.compile(r"`([\w.-]+\.py)::(test_\w+)`")
ADMITTED = re.compile(r"^Not yet: (\d+)$", re.MULTILINE)


def exists(file, test):
    path = SCENARIOS / file
    return path.is_file() and re.search(rf"^def {test}\(", path.read_text(encoding="utf-8"), re.MULTILINE)


def main(name):
    text = pathlib.Path(name).read_text(encoding="utf-8")
    rows = ROW.findall(text)
    if not rows:
        print(f"{name}: no clauses")
    for clause, shown_by in rows:
        tests = A_TEST.findall(shown_by)
        if not tests and shown_by != "not yet":
            print(f"{name}: no test shows: {clause}")
        for file, test in tests:
            if not exists(file, test):
                print(f"{name}: there is no {file}::{test} for: {clause}")
    missing = sum(shown_by == "not yet" for _, shown_by in rows)
    if ADMITTED.findall(text) != [str(missing)]:
        print(f"{name}: {missing} clauses say \"not yet\"; the line \"Not yet: N\" above should say so")


if __name__ == "__main__":
    main(*sys.argv[1:])
