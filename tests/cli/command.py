"""The real ``skm`` command, run as an office would run it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from skm_app.settings import Settings
from tests.running import run_skm

ROOT = Path(__file__).resolve().parents[2]
Done = subprocess.CompletedProcess[str]

# Imports everything once, then becomes ``skm`` again and again: starting from nothing would take
# a second for each command.
START_MANY = """
import json, os, sys, time
from skm_app.cli import main
for line in sys.stdin:
    job = json.loads(line)
    child = os.fork()
    if child == 0:
        os.environ.clear()
        os.environ.update(job["env"])
        time.tzset()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number in (1, 2):
            os.dup2(os.open(job["output"][number - 1], os.O_WRONLY | os.O_CREAT), number)
        main(job["arguments"])
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

# A computer whose clock stands still: only the standard library's clock is replaced, before
# anything of ours is imported. The drivers come first, because they look into the C type.
AT = """
import datetime, psycopg, sqlalchemy
real = datetime.datetime
class Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)
class Clock(real, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return real.fromisoformat({instant!r}).astimezone(tz)
datetime.datetime = Clock
from skm_app.cli import main
main()
"""


class Starter:
    """Starts ``skm`` commands quickly, each in a process of its own."""

    def __enter__(self) -> Starter:
        self._process = subprocess.Popen(
            [sys.executable, "-c", START_MANY],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def run(self, arguments: list[str], env: dict[str, str]) -> Done:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            output = [Path(folder) / name for name in ("stdout", "stderr")]
            job = {"arguments": arguments, "env": env, "output": list(map(str, output))}
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            found = [path.read_text(encoding="utf-8") for path in output]
            return Done(arguments, code, *found)


@dataclass(frozen=True)
class Skm:
    """``skm`` with the settings of one installation; without a starter, from nothing."""

    env: dict[str, str]
    starter: Starter | None = None

    @classmethod
    def of(cls, settings: Settings, starter: Starter | None = None, **changes: str) -> Skm:
        env = {
            "SKM_DATA_DIR": str(settings.data_dir),
            "SKM_DATABASE_URL": settings.database_url,
            "SKM_SECRET_KEY": settings.secret_key,
            "PYTHONPATH": str(ROOT),
        }
        return cls({**env, **changes}, starter)

    def run(self, *arguments: str | Path) -> Done:
        words = list(map(str, arguments))
        if self.starter is None:
            return run_skm(*words, env=self.env)
        return self.starter.run(words, {**os.environ, **self.env})

    def run_at(self, instant: str, *arguments: str | Path) -> Done:
        """Run a command while the computer's clock shows ``instant``."""
        return subprocess.run(
            [sys.executable, "-c", AT.format(instant=instant), *map(str, arguments)],
            env={**os.environ, **self.env},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def ok(self, *arguments: str | Path) -> str:
        """Run a command that must succeed silently on stderr; returns what it printed."""
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    def fail(self, *arguments: str | Path) -> str:
        """Run a command that must be refused; returns its one line on stderr."""
        return check_refusal(self.run(*arguments))


def check_refusal(done: Done) -> str:
    """Exit code 2 and one Indonesian line on stderr, nothing of Python's or click's."""
    assert done.returncode == 2, done
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("Galat: "), lines
    for word in ("Traceback", "Error", "Usage", "Try ", "Invalid", "Missing", "No such", "option"):
        assert word not in lines[0], lines[0]
    assert "SELECT" not in lines[0]
    return lines[0].removeprefix("Galat: ")
