"""The server is killed again and again while citizens send: nothing acknowledged is lost."""

from __future__ import annotations

import http.client
import threading
import time
import uuid
from pathlib import Path

import pytest
from sqlalchemy import func, select

from skm_app.database import Database
from skm_app.models import Jawaban, Responden
from tests.offices import LOKET_RAWA, make_kantor
from tests.running import Citizen, Server, run_skm

CLIENTS = 8
ROUNDS = 6
# strace and a busy machine make the start slow; what is waited for is the kills, not the time.
KILL_SECONDS = 90
SECRET = "only-for-tests-" + "k" * 40


class Sender(threading.Thread):
    """A citizen's phone that tries until told to stop, repeating what was not acknowledged."""

    def __init__(self, port: int, kode: str, stop: threading.Event, wanted: int) -> None:
        super().__init__(daemon=True)
        self.citizen = Citizen(port, kode)
        self.stop, self.wanted = stop, wanted
        self.acknowledged: list[uuid.UUID] = []
        self.sent: list[uuid.UUID] = []
        self.refused: list[int] = []

    def run(self) -> None:
        while not self.stop.is_set() and len(self.acknowledged) < self.wanted:
            submission_id = uuid.uuid4()
            self.sent.append(submission_id)
            while not self.stop.is_set() and not self._send(submission_id):
                self.stop.wait(0.05)

    def _send(self, submission_id: uuid.UUID) -> bool:
        try:
            if not self.citizen.token:
                self.citizen.open()
            reply = self.citizen.send(submission_id)
        except (OSError, http.client.HTTPException):
            return False
        if reply.status == 303:
            self.acknowledged.append(submission_id)
            return True
        if reply.status != 503:
            self.refused.append(reply.status)
        return False


def start_office(tmp_path: Path) -> tuple[dict[str, str], str]:
    env = {"SKM_DATA_DIR": str(tmp_path), "SKM_SECRET_KEY": SECRET}
    database = Database(f"sqlite:///{tmp_path / 'skm.db'}")
    database.upgrade()
    make_kantor(database)
    database.close()
    return env, LOKET_RAWA


def start_senders(server: Server, kode: str, wanted: int) -> tuple[list[Sender], threading.Event]:
    stop = threading.Event()
    senders = [Sender(server.port, kode, stop, wanted) for _ in range(CLIENTS)]
    for sender in senders:
        sender.start()
    return senders, stop


def check_nothing_lost(tmp_path: Path, env: dict[str, str], senders: list[Sender]) -> int:
    """Every acknowledged id is there once and whole, nothing that was never sent is."""
    acknowledged = [one for sender in senders for one in sender.acknowledged]
    sent = {one for sender in senders for one in sender.sent}
    verified = run_skm("verify", env=env)
    assert verified.returncode == 0, verified.stdout
    database = Database(f"sqlite:///{tmp_path / 'skm.db'}")
    with database.reading() as session:
        stored = set(session.scalars(select(Responden.id)))
        answers = session.scalar(select(func.count()).select_from(Jawaban))
    database.close()
    assert set(acknowledged) <= stored
    assert stored <= sent
    assert answers == 9 * len(stored)
    assert [status for sender in senders for status in sender.refused] == []
    return len(acknowledged)


def test_every_acknowledged_response_survives_a_loop_of_kills(tmp_path: Path) -> None:
    env, kode = start_office(tmp_path)
    server = Server(env, tmp_path / "server.log")
    server.start()
    server.wait_until_ready()
    senders, stop = start_senders(server, kode, wanted=10_000)
    for round_number in range(ROUNDS):
        target = sum(len(sender.acknowledged) for sender in senders) + 20 + 13 * round_number
        deadline = time.monotonic() + KILL_SECONDS
        while sum(len(sender.acknowledged) for sender in senders) < target:
            assert time.monotonic() < deadline, server.log.read_text()[-2000:]
            stop.wait(0.002)
        server.kill()
        server.start()
        server.wait_until_ready()
    stop.set()
    for sender in senders:
        sender.join(timeout=30)
    assert server.stop() == 0
    assert check_nothing_lost(tmp_path, env, senders) >= ROUNDS * 20


@pytest.mark.parametrize("nth", [1, 2, 3, 7])
def test_every_acknowledged_response_survives_a_kill_at_the_nth_sync(
    tmp_path: Path, nth: int
) -> None:
    """The worker is killed at its n-th sync to disk, is replaced, and is killed there again."""
    env, kode = start_office(tmp_path)
    # Upgraded and checked beforehand, so that the syncs counted are those of responses.
    assert run_skm("verify", env=env).returncode == 0
    kill_at = f"fdatasync,fsync:signal=SIGKILL:when={nth}+{nth}"
    strace = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync")
    server = Server(env, tmp_path / "server.log", wrapper=(*strace, "-e", f"inject={kill_at}"))
    server.start()
    senders, stop = start_senders(server, kode, wanted=10_000)
    try:
        wait_for_kills(server, senders, nth)
    finally:
        stop.set()
        for sender in senders:
            sender.join(timeout=30)
        server.kill()
    acknowledged = check_nothing_lost(tmp_path, env, senders)
    if nth == 1:
        # No commit ever came to its end.
        assert acknowledged == 0


def wait_for_kills(server: Server, senders: list[Sender], nth: int) -> None:
    """Until two workers fell and, where that is certain, something was acknowledged.

    The first commit of a new worker may take two syncs, one of them for a new log header.
    """
    deadline = time.monotonic() + KILL_SECONDS
    while time.monotonic() < deadline:
        fallen = server.log.read_text().count("SIGKILL") >= 2
        if fallen and (nth <= 2 or any(sender.acknowledged for sender in senders)):
            return
        time.sleep(0.05)
    raise AssertionError(f"no second kill:\n{server.log.read_text()[-2000:]}")
