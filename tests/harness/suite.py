"""suite.py - the whole product for a test: simulator, daemons, itsupportctl on a database of their own"""
import base64
import os
import pathlib
import shutil
import signal
import socket
import tempfile
import uuid

from . import cluster as clusters
from .ctl import Ctl
from .process import MARK, Process, leftovers
from .sim import Sim

BOT_TOKEN = "700000001:AAtestTokenOfTheSimulatorForTests000"
BOT_USERNAME = "itsupport_test_bot"
DAEMONS = ["bot-gateway", "sla-watcher", "admin-web"]  # and order-engine@1..N

# Sanitizers: a report ends the process and is found in its log; leaks count.
SANITIZER_ENV = {
    "ASAN_OPTIONS": "detect_leaks=1:detect_stack_use_after_return=1:abort_on_error=0:exitcode=99",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1:exitcode=99",
    "TSAN_OPTIONS": "halt_on_error=1:exitcode=99",
}


# Of this machine's 2^24 loopback addresses each process of tests has its own: what one finds free, none beside it takes.
ADDRESS = f"127.{1 + (os.getpid() >> 16)}.{os.getpid() >> 8 & 255}.{os.getpid() & 255}"


def free_port():
    """One of ADDRESS that nobody listens on."""
    with socket.socket() as s:
        s.bind((ADDRESS, 0))
        return s.getsockname()[1]


class Suite:
    """suite["bot-gateway"], suite["order-engine@1"], suite["telegram-simulator"] are its processes."""

    def __init__(self, cluster, build, engines=1, env=None, template=None):
        """build: the CMake folder whose bin/ is run. env: settings for all daemons, ITSUPPORT_...=. template: a migrated database."""
        self.cluster, self.bin = cluster, pathlib.Path(build) / "bin"
        self.mark = uuid.uuid4().hex
        self.database = f"suite_{self.mark[:12]}"
        self.looking = clusters.KeptSession(cluster, self.database, clusters.OWNER)
        self.template = template
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="its-", dir="/tmp"))  # short: sockets live here
        self.logs = self.folder / "log"
        self.logs.mkdir()
        self.sim_port, self.admin_port = free_port(), free_port()
        self.extra_env = env or {}
        self.worlds = 0  # how many the simulator has forgotten
        self.processes = {}
        self._add("telegram-simulator", self._simulator_argv(), notifies=False)
        for name in DAEMONS:
            self._add(name, [self.bin / name])
        for number in range(1, engines + 1):
            self.add_engine(number)
        self.sim = Sim(self.sim_url, self["telegram-simulator"])
        self.ctl = Ctl(self.bin / "itsupportctl", self.env(role=clusters.OWNER))

    # ---- how its processes are set up ----

    @property
    def sim_url(self):
        return f"http://{ADDRESS}:{self.sim_port}"

    @property
    def admin_url(self):
        return f"http://{ADDRESS}:{self.admin_port}"

    def _simulator_argv(self):
        spec = os.environ.get("ITSUPPORT_TEST_BOT_API_SPEC")  # the official Bot API as data, where somebody has it
        return [self.bin / "telegram-simulator", "--listen", f"{ADDRESS}:{self.sim_port}", "--token", BOT_TOKEN,
                "--bot-username", BOT_USERNAME, "--ids-from", str(self.worlds * 1_000_000), *(["--spec", spec] if spec else [])]

    def _secret(self, name, value):
        path = self.folder / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(value + "\n", encoding="ascii")
        return f"@{path}"

    def env(self, role=None):
        """What every process of the suite is given; a role for those that do not know their own."""
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
        return {
            **inherited, **SANITIZER_ENV, MARK: self.mark,
            "ITSUPPORT_DATABASE_URL": self.cluster.url(self.database, role),
            "ITSUPPORT_BUS_DIR": str(self.folder / "bus"),
            "ITSUPPORT_LOG_LEVEL": os.environ.get("ITSUPPORT_TEST_LOG_LEVEL", "debug"),
            "ITSUPPORT_TELEGRAM_TOKEN": self._secret("token", BOT_TOKEN),
            "ITSUPPORT_TELEGRAM_API_ROOT": self.sim_url,
            "ITSUPPORT_VAULT_KEY": self._secret("vault-key", base64.b64encode(os.urandom(32)).decode()),
            "ITSUPPORT_ADMIN_LISTEN": f"{ADDRESS}:{self.admin_port}",
            "ITSUPPORT_CTL_BOT": BOT_USERNAME, "ITSUPPORT_ADMIN_BOT": BOT_USERNAME,
            **self.extra_env,
        }

    def _add(self, name, argv, notifies=True, **env):
        self.processes[name] = Process(name, argv, {**self.env(), **env}, self.logs / f"{name}.log", notifies)
        return self.processes[name]

    def add_engine(self, number):
        """One more order-engine, not started yet."""
        return self._add(f"order-engine@{number}", [self.bin / "order-engine"], ITSUPPORT_ENGINE_INSTANCE=str(number))

    def add_second(self, daemon, **env):
        """One that stands by, not started yet: suite["bot-gateway@2"]; env gives it an instance name of its own."""
        return self._add(f"{daemon}@2", [self.bin / daemon], **env)

    def __getitem__(self, name):
        return self.processes[name]

    # ---- life ----

    def start(self):
        """From nothing to ready."""
        (self.folder / "bus").mkdir(exist_ok=True)
        self.cluster.create_database(self.database, self.template or "template1")
        if not self.template:
            self.ctl.migrate("test")
        self["telegram-simulator"].start()
        self.sim.wait_up()
        self.start_daemons()
        return self

    def start_daemons(self):
        for name, process in self.processes.items():
            if name != "telegram-simulator" and not process.is_running():
                process.start()
        self.wait_ready()

    def wait_ready(self, *names):
        for name in names or self.processes:
            self[name].wait_ready()

    def kill(self, name, number=signal.SIGKILL):
        return self[name].kill(number)

    def restart(self, name):
        """Up again, after a kill or by a graceful stop."""
        if self[name].is_running():
            self[name].stop()
        return self[name].start().wait_ready()

    def new_world(self):
        """The simulator is killed and started again: it knows nobody any more, but its ids go on as the product expects."""
        simulator = self["telegram-simulator"]
        self.worlds += 1
        simulator.kill()
        simulator.argv = [str(word) for word in self._simulator_argv()]
        simulator.start()
        self.sim.wait_up()

    def finish(self):
        """Stops all, gives the database back; whatever any process did wrong in its life is a failure here."""
        complaints = []
        for process in [*(p for n, p in self.processes.items() if n != "telegram-simulator"), self["telegram-simulator"]]:
            if process.is_running() or process.popen:
                try:
                    process.stop()
                except AssertionError as slow:
                    complaints.append(str(slow))
            complaints += process.complaints()
        complaints += [f"left over: {pid} {command}" for pid, command in leftovers(self.mark)]
        if self.cluster.process:
            self.cluster.drop_database(self.database)
        if complaints:
            raise AssertionError("\n".join([*complaints, f"logs: {self.logs}"]))
        shutil.rmtree(self.folder)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.finish()

    # ---- looking into it ----

    def query(self, text, *arguments):
        """Rows of a query as the database's owner; for looking, scenarios change nothing by SQL."""
        return self.looking.query(text, arguments)

    def session(self):
        """For clusters.rows_of: whoever looks often keeps it, and closes it."""
        return self.cluster.connect(self.database, clusters.OWNER)

    def value(self, text, *arguments):
        return self.query(text, *arguments)[0][0]

    def tails(self, lines=25):
        """The last words of every process, for a failed test's report."""
        return [(name, process.tail(lines)) for name, process in self.processes.items() if process.log()]
