"""process.py - one child process: its log in a file, its readiness by the sd_notify protocol, its end accounted for"""
import os
import re
import signal
import socket
import subprocess
import threading
import uuid

from .waiting import wait_until

STOP_TIMEOUT_S = 25  # a little more than the daemons' own grace
SANITIZER_REPORT = re.compile(r"(ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error:|Assertion .* failed).*")
ERROR_LINE = re.compile(r"^\S+Z error .*", re.MULTILINE)  # a daemon says: a human must look
MARK = "ITSUPPORT_TEST_MARK"  # in the environment of every child, so that leftovers are found


class Process:
    """Started as often as wanted; `ends` remembers every exit code."""

    def __init__(self, name, argv, env, log_path, notifies=True):
        self.name, self.argv, self.env, self.log_path, self.notifies = name, [str(a) for a in argv], env, log_path, notifies
        self.popen = None
        self.ends = []
        self.expected_errors = []  # patterns of error lines that a scenario provokes
        self._asked = None  # the signal we sent, for judging the exit code
        self._ready = threading.Event()
        self._listener = None

    # ---- life ----

    def start(self):
        assert not self.is_running(), f"{self.name} runs already"
        self._asked = None
        self._ready.clear()
        env = {**self.env}
        if self.notifies:
            env["NOTIFY_SOCKET"] = self._listen()
        with open(self.log_path, "ab") as log:
            # setpriv: a killed test run leaves nothing behind
            self.popen = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *self.argv], env=env, cwd="/", stdin=subprocess.DEVNULL,
                                          stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        return self

    def is_running(self):
        return self.popen is not None and self.popen.poll() is None

    @property
    def pid(self):
        return self.popen.pid

    def send(self, number):
        self.popen.send_signal(number)

    def kill(self, number=signal.SIGKILL):
        """Ends it without a goodbye and waits until it is gone."""
        self._asked = number
        self.send(number)
        return self._reap(10)

    def stop(self):
        """Asks it to end; it must, in time, with 0."""
        if not self.is_running():
            return self._reap(0) if self.popen else None
        self._asked = self._asked or signal.SIGTERM
        self.send(signal.SIGCONT)  # if a test has stopped it
        self.send(signal.SIGTERM)
        try:
            return self._reap(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} did not stop within {STOP_TIMEOUT_S} s of SIGTERM:\n{self.tail()}") from None

    def wait(self, timeout=10):
        """For a process that ends by itself: its exit code."""
        return self._reap(timeout)

    def _reap(self, timeout):
        code = self.popen.wait(timeout)
        self.popen = None
        self.ends.append((self._asked, code))
        if self._listener:
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread, which closes it
            self._listener = None
        return code

    # ---- readiness ----

    def _listen(self):
        name = f"itsupport-test-{uuid.uuid4()}"
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._listener.bind("\0" + name)
        threading.Thread(target=self._hear, args=[self._listener], daemon=True).start()
        return "@" + name

    def _hear(self, listener):
        # always drained: a full queue would hold up the daemon
        with listener:
            while message := listener.recv(4096):
                if b"READY=1" in message.split(b"\n"):
                    self._ready.set()

    def is_ready(self):
        if not self.is_running():
            raise AssertionError(f"{self.name} ended by itself with {self.popen and self.popen.returncode}:\n{self.tail()}")
        return self._ready.is_set() or not self.notifies

    def wait_ready(self, timeout=20):
        wait_until(self.is_ready, timeout, f"{self.name} to be ready", self.tail)
        return self

    # ---- what it said ----

    def log(self):
        try:
            return self.log_path.read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def tail(self, lines=30):
        return "\n".join(self.log().splitlines()[-lines:])

    def log_contains(self, pattern):
        return re.search(pattern, self.log(), re.MULTILINE)

    def wait_log(self, pattern, timeout=10):
        return wait_until(lambda: self.log_contains(pattern), timeout, f"{self.name} to log /{pattern}/", self.tail)

    def complaints(self):
        """Sanitizer reports, error lines nobody expected, and ends that nobody asked for."""
        found = [f"{self.name}: {m.group(0)}" for m in SANITIZER_REPORT.finditer(self.log())]
        found += [f"{self.name}: {line}" for line in ERROR_LINE.findall(self.log())
                  if not any(re.search(pattern, line) for pattern in self.expected_errors)]
        for asked, code in self.ends:
            wanted = 0 if asked in (signal.SIGTERM, signal.SIGINT) else -asked if asked else None
            if code != wanted:
                found.append(f"{self.name} ended with {code} ({'asked by ' + asked.name if asked else 'by itself'})\n{self.tail()}")
        return found


def marked(variable, value):
    """Every process with variable=value in its environment: [(pid, command line)]."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                with open(f"/proc/{entry.name}/environ", "rb") as environ:
                    if f"{variable}={value}".encode() in environ.read().split(b"\0"):
                        with open(f"/proc/{entry.name}/cmdline", "rb") as cmdline:
                            found.append((int(entry.name), cmdline.read().replace(b"\0", b" ").decode()))
            except OSError:
                pass  # gone meanwhile, or not ours
    return found


def leftovers(mark):
    """What a suite has left behind."""
    return marked(MARK, mark)
