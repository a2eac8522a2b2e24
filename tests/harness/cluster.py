"""cluster.py - a private PostgreSQL: unix socket only, no passwords, gone with its folder

As root it runs as the user postgres, otherwise as whoever calls. Peer authentication with a map lets that user, the caller
and root log in as any role of the suite, as the system users of an installed package would.

For the front door, which has it started by its process runner:

    python3 -m harness.cluster create DATA SOCKETS      initdb, settings, access rules
    python3 -m harness.cluster database SOCKETS NAME    waits until it answers, makes the database if there is none
    python3 -m harness.cluster run COMMAND...           with a scratch cluster in ITSUPPORT_TEST_DATABASE_URL
"""
import argparse
import contextlib
import functools
import getpass
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

import psycopg2

from .waiting import wait_until

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
SUPERUSER = "postgres"
START_TIMEOUT_S = 60
ENDED_BY_SERVER = "57P"  # the SQLSTATEs of a session that ended with its server; one that ended in silence has none
OWNER = "itsupport"  # of the database: migrations and itsupportctl log in as this role
DAEMON_ROLES = [f"itsupport-{d}" for d in ("bot-gateway", "order-engine", "sla-watcher", "admin-web")]

# Tests kill processes, never the machine: what the kernel has is as good as what the disk has. Commits still wait for the
# kernel (synchronous_commit stays on): what was committed must outlive a kill.
FAST = {"fsync": "off", "full_page_writes": "off"}


def system_user():
    """Who PostgreSQL runs as: it refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else getpass.getuser()


def _as_system_user(*argv):
    """Also makes sure that nothing outlives whoever started it."""
    lower = []
    if os.geteuid() == 0:
        user = system_user()
        lower = ["--reuid", user, "--regid", user, "--init-groups"]
    return ["setpriv", *lower, "--pdeathsig", "QUIT", *map(str, argv)]


def make_folder(path, mode=0o755):
    """A folder of the database user's, reachable for everybody who may reach its parent."""
    path = pathlib.Path(path)
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(mode)
    if os.geteuid() == 0:
        shutil.chown(path, system_user())
    return path


def create(data, sockets, fast=False):
    """initdb with settings and access rules; the database and its owner come with the first start (create_database)."""
    data, sockets = make_folder(data, 0o700), make_folder(sockets)
    subprocess.run(
        _as_system_user(BIN / "initdb", "--no-sync", "--no-instructions", "-U", SUPERUSER, "-E", "UTF8",
                        "--locale=C.UTF-8", "--auth-local=peer", "--auth-host=reject", "-D", data),
        check=True, stdout=subprocess.DEVNULL, cwd="/")
    settings = {
        "listen_addresses": "", "unix_socket_directories": str(sockets), "max_connections": "200",
        "shared_buffers": "64MB", "timezone": "UTC", "log_line_prefix": "%m [%p] %u@%d ", **(FAST if fast else {}),
    }
    with open(data / "postgresql.conf", "a", encoding="utf-8") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    (data / "pg_hba.conf").write_text("local all all peer map=suite\n", encoding="utf-8")
    callers = sorted({"root", system_user(), pwd.getpwuid(os.geteuid()).pw_name})
    roles = [SUPERUSER, OWNER, *DAEMON_ROLES]
    (data / "pg_ident.conf").write_text(
        "".join(f'suite "{caller}" "{role}"\n' for caller in callers for role in roles), encoding="utf-8")


def _stat(pid):
    """State and parent as the kernel tells them; a zombie counts as gone."""
    try:
        state, parent = pathlib.Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else (state, int(parent))


def _children(pid):
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return [child for child in pids if (_stat(child) or ("", 0))[1] == pid]


def rows_of(session, text, arguments=()):
    with session.cursor() as cursor:
        cursor.execute(text, arguments)
        return cursor.fetchall() if cursor.description is not None else []  # "select from" has rows of no columns


class Server:
    """A PostgreSQL that somebody runs, by the folder of its sockets."""

    def __init__(self, sockets):
        self.sockets = pathlib.Path(sockets)

    def url(self, database="postgres", role=None):
        """Without a role it names none: each daemon then takes its own."""
        return f"host={self.sockets} dbname={database}" + (f" user={role}" if role else "")

    def connect(self, database, role=SUPERUSER):
        session = psycopg2.connect(self.url(database, role))
        session.autocommit = True
        return session

    def query(self, database, text, arguments=(), role=SUPERUSER):
        """One statement in a session of its own; its rows, if it has any."""
        with contextlib.closing(self.connect(database, role)) as session:
            return rows_of(session, text, arguments)

    def answers(self):
        try:
            self.connect("postgres").close()
            return True
        except psycopg2.OperationalError:
            return False

    def has_database(self, name):
        return bool(self.query("postgres", "select 1 from pg_database where datname = %s", [name]))

    def create_database(self, name, template="template1"):
        """An empty database (or a copy of a template nobody is connected to), owned by the suite's own role."""
        if not self.query("postgres", "select 1 from pg_roles where rolname = %s", [OWNER]):
            self.query("postgres", f"create role {OWNER} login createrole")
        self.query("postgres", f'create database "{name}" owner {OWNER} template "{template}"')

    def drop_database(self, name):
        self.query("postgres", f'drop database if exists "{name}" with (force)')


class KeptSession:
    """To look into a database often: opening a session costs as much as twenty looks. Each thread has its own, and a new one
    once PostgreSQL has ended the last."""

    def __init__(self, server, database, role):
        self._connect = functools.partial(server.connect, database, role)
        self._of_thread = threading.local()

    def query(self, text, arguments=()):
        session = getattr(self._of_thread, "session", None)
        if session:
            try:
                return rows_of(session, text, arguments)
            except psycopg2.Error as error:
                if error.pgcode and not error.pgcode.startswith(ENDED_BY_SERVER):
                    raise
        self._of_thread.session = self._connect()
        return rows_of(self._of_thread.session, text, arguments)

    def close(self):
        """This thread's, until it looks again."""
        session, self._of_thread.session = getattr(self._of_thread, "session", None), None
        if session:
            session.close()


class Cluster(Server):
    """One that we run: folder/data and folder/log. Its sockets stand in a short folder: a path has 107 bytes at most."""

    def __init__(self, folder, sockets, fast=True):
        super().__init__(sockets)
        self.folder = pathlib.Path(folder)
        self.data, self.log_path = self.folder / "data", self.folder / "postgresql.log"
        self.fast = fast
        self.process = None

    def start(self):
        """Makes the cluster first if there is none; returns when it answers."""
        if not (self.data / "PG_VERSION").exists():
            create(self.data, self.sockets, self.fast)
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                _as_system_user(BIN / "postgres", "-D", self.data), stdout=log, stderr=log, cwd="/",
                start_new_session=True)
        wait_until(self._is_up, START_TIMEOUT_S, "PostgreSQL to answer", self._last_words)
        return self

    def _last_words(self):
        return self.log_path.read_text("utf-8")[-2000:]

    def _is_up(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended by itself: {self._last_words()}")
        return self.answers()

    def stop(self, immediately=False):
        """As pg_ctl stop -m fast: sessions are ended, everything is written; or -m immediate: the next start recovers."""
        self._end(signal.SIGQUIT if immediately else signal.SIGINT)

    def kill(self):
        """As if the power had gone, for everybody who is connected."""
        pids = _children(self.process.pid)  # they hold the shared memory that the next start must find unused
        self._end(signal.SIGKILL)
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not any(_stat(pid) for pid in pids), 10, "the last backend to be gone")

    def restart(self):
        self.stop()
        self.start()

    def _end(self, number):
        if self.process:
            if self.process.poll() is None:
                self.process.send_signal(number)
            self.process.wait(START_TIMEOUT_S)
            self.process = None


@contextlib.contextmanager
def scratch():
    """A running cluster in a folder of its own, gone at the end."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="its-pg-", dir="/tmp"))  # short, and not below root's home
    folder.chmod(0o755)
    cluster = Cluster(folder, folder / "s")
    try:
        yield cluster.start()
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(prog="harness.cluster", description="a private PostgreSQL cluster")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("create", help="initdb, settings, access rules")
    make.add_argument("data", type=pathlib.Path)
    make.add_argument("sockets", type=pathlib.Path)
    database = commands.add_parser("database", help="waits until it answers, makes the database if there is none")
    database.add_argument("sockets", type=pathlib.Path)
    database.add_argument("name")
    run = commands.add_parser("run", help="a command with a scratch cluster that ends with it")
    run.add_argument("argv", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if given.command == "create":
        make_folder(given.sockets)  # on a tmpfs, it may be gone while the data are there
        if not (given.data / "PG_VERSION").exists():
            create(given.data, given.sockets)
        return 0
    if given.command == "database":
        server = Server(given.sockets)
        wait_until(server.answers, START_TIMEOUT_S, "PostgreSQL to answer")
        if not server.has_database(given.name):
            server.create_database(given.name)
        return 0
    with scratch() as cluster:
        cluster.create_database("unit")
        env = {**os.environ, "ITSUPPORT_TEST_DATABASE_URL": cluster.url("unit", SUPERUSER)}
        return subprocess.run(given.argv, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
