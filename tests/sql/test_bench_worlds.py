"""Goal: the worlds of the benchmarks can be made in today's schema, so that whoever measures next finds them working"""
import pathlib
import subprocess

import pytest

from harness.cluster import SUPERUSER

BENCH = pathlib.Path(__file__).resolve().parents[1] / "bench"

# As each benchmark gives them, only smaller; and a table that then has rows.
WORLDS = [
    ("engine", {"clients": 3}, "chats"),
    ("clocks", {"orders": 3}, "deadlines"),
    ("press", {"clients": 3, "contractors": 2, "managers": 1, "orders": 2}, "order_events"),
]


def test_no_world_is_left_out():
    assert {f"{name}.sql" for name, _, _ in WORLDS} == {path.name for path in BENCH.glob("*.sql")}


@pytest.mark.parametrize("name, variables, table", WORLDS, ids=[world[0] for world in WORLDS])
def test_it_can_be_made(cluster, template, name, variables, table):
    database = f"bench_{name}"
    cluster.create_database(database, template)
    try:
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", *(word for pair in variables.items() for word in ("-v", "{}={}".format(*pair))),
                        "-f", BENCH / f"{name}.sql", "-h", cluster.sockets, "-U", SUPERUSER, database],
                       check=True, stdout=subprocess.DEVNULL)
        assert cluster.query(database, f"select count(*) > 0 from {table}") == [(True,)]
    finally:
        cluster.drop_database(database)
