"""ctl.py - itsupportctl, the operator's hand, as a test or the demo uses it"""
import json
import subprocess


class CtlError(AssertionError):
    def __init__(self, argv, code, text):
        super().__init__(f"itsupportctl {' '.join(argv)} ended with {code}: {text.strip()}")
        self.code, self.text = code, text


class Ctl:
    def __init__(self, program, env):
        self.program, self.env = program, env

    def run(self, *argv, check=True, timeout=60):
        """The finished process: stdout, stderr, returncode."""
        argv = [str(a) for a in argv]
        done = subprocess.run([str(self.program), *argv], env=self.env, cwd="/", stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=timeout, check=False)
        if check and done.returncode:
            raise CtlError(argv, done.returncode, done.stderr or done.stdout)
        print(done.stderr, end="")  # a warning, shown with whatever fails because of it
        return done

    def __call__(self, *argv):
        """What it printed, without the last newline."""
        return self.run(*argv).stdout.rstrip("\n")

    def migrate(self, purpose):
        return self("migrate", "--purpose", purpose)

    def invite(self, role, **options):
        """The link; options as in --tariff, --paid-until (paid_until="2031-01-31")."""
        argv = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value)]
        printed = self("invite", "--role", role, *argv)
        return next(word for word in printed.split() if word.startswith("http"))

    def status(self):
        return json.loads(self("status", "--json"))

    def rewind(self, duration):
        """The test clock goes back, while nobody has joined."""
        return self("clock", "rewind", duration)

    def advance(self, duration):
        """The test clock jumps: "55m", "2h30m"."""
        return self("clock", "advance", duration)
