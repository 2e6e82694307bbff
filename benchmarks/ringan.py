"""How light the form is on an old phone with a slow network: ``python -m benchmarks.ringan``.

Bytes are counted on the wire (a small relay in front of the server), so that nothing the browser
fetches is missed: not the service worker, not what it fetches. Times are for reading, not for
passing.
"""

from __future__ import annotations

import os
import re
import selectors
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.running import Server, running
from tests.stories.conftest import CHROMIUM, FLAGS, PHONE

BANDWIDTH = 400_000 / 8  # bytes per second
ROUND_TRIP_MS = 400
SLOWER = 4
WORDS_PER_MINUTE = 200
TAP_SECONDS = 0.9  # to find the answer and to reach it with the thumb
# One fixation of the eye in silent reading (Rayner 1998, Psychological Bulletin 124).
GLANCE_SECONDS = 0.25
RUNS = int(os.environ.get("RUNS", "5"))
SETTLED_SECONDS = 1.5
SCREEN = ViewportSize(width=PHONE["width"], height=PHONE["height"])


@dataclass
class Request:
    """One request and how many bytes its answer took, headers included."""

    method: str
    path: str
    bytes: int = 0


@dataclass
class Wire:
    """What went through the relay."""

    requests: list[Request] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)


@contextmanager
def relay(port: int) -> Iterator[tuple[int, Wire]]:
    """A relay to ``port`` that counts; gives its own port and what it saw."""
    wire = Wire()
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, port, wire), daemon=True).start()
    try:
        yield int(listener.getsockname()[1]), wire
    finally:
        listener.close()


def _accept(listener: socket.socket, port: int, wire: Wire) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_pass_on, args=(client, port, wire), daemon=True).start()


def _pass_on(client: socket.socket, port: int, wire: Wire) -> None:
    # One request at a time per connection, as browsers do with HTTP/1.1.
    with client, socket.create_connection(("127.0.0.1", port)) as server:
        both = selectors.DefaultSelector()
        both.register(client, selectors.EVENT_READ, server)
        both.register(server, selectors.EVENT_READ, client)
        current: Request | None = None
        while True:
            for key, _ in both.select():
                try:
                    data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    if not data:
                        return
                    key.data.sendall(data)
                except OSError:
                    return
                wire.last = time.monotonic()
                if key.fileobj is client:
                    found = re.match(rb"([A-Z]+) (\S+) HTTP/1", data)
                    if found:
                        current = Request(found[1].decode(), found[2].decode())
                        wire.requests.append(current)
                elif current is not None:
                    current.bytes += len(data)


def count_visits(browser: Browser, port: int, survey: str, visits: int = 1) -> list[Request]:
    """Every request of a phone that has never been here, in the order they were made."""
    with relay(port) as (front, wire):
        context = browser.new_context(viewport=SCREEN, locale="id-ID")
        for _ in range(visits):
            page = context.new_page()
            page.goto(re.sub(r":\d+/", f":{front}/", survey, count=1))
            _wait_until_kept(page)
            while time.monotonic() - wire.last < SETTLED_SECONDS:
                time.sleep(0.1)
            page.close()
        context.close()
    return wire.requests


def _wait_until_kept(page: Page) -> None:
    for _ in range(300):
        if page.evaluate("async () => !!(await caches.match(document.forms[0].action))"):
            return
        time.sleep(0.1)
    raise AssertionError("The form was never kept for use without a network.")


def slow_down(context: BrowserContext, page: Page) -> None:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": BANDWIDTH,
            "uploadThroughput": BANDWIDTH,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


_PAINT = """() => new Promise((ya) => {
  new PerformanceObserver((l) => ya(l.getEntries().slice(-1)[0].startTime))
    .observe({type: 'largest-contentful-paint', buffered: true});
})"""


_SHOWN = """(question) => ({
  asked: question.querySelector('legend').textContent,
  answers: [...question.querySelectorAll('.pilih')].map((one) => one.textContent.trim()),
  help: question.querySelector('.bantu')?.textContent ?? '',
  required: 'kurang' in question.dataset,
})"""


@dataclass(frozen=True)
class Question:
    """What one question shows."""

    asked: str
    answers: list[str]
    help: str
    required: bool


@dataclass(frozen=True)
class Reader:
    """How somebody reads the form: always every question and every answer.

    :param glances: an answer that was read before with the very same words is recognised in one
        look; otherwise it is read anew each time, word by word.
    :param helped: the sentence under each question is read as well.
    """

    glances: bool = False
    helped: bool = False

    def seconds(self, questions: list[Question]) -> float:
        """Time for reading alone, without taps."""
        known: set[str] = set()
        total = 0.0
        for one in questions:
            fresh = [answer for answer in one.answers if answer not in known]
            words = count_words(one.asked, *fresh, one.help if self.helped else "")
            # Those about oneself are found at a glance.
            total += (words if one.required else words / 3) * 60 / WORDS_PER_MINUTE
            total += GLANCE_SECONDS * (len(one.answers) - len(fresh))
            if self.glances:
                known.update(one.answers)
        return total


EVERY_WORD = Reader()
READERS = {
    "reads every word": EVERY_WORD,
    "glances at answers read before": Reader(glances=True),
    "reads every word and the help": Reader(helped=True),
    "reads the help, glances at answers read before": Reader(glances=True, helped=True),
}


def count_words(*texts: str) -> int:
    """A slash between two words is none."""
    return sum(1 for text in texts for one in text.split() if re.search(r"\w", one))


@dataclass(frozen=True)
class Filled:
    """One form filled in; seconds.

    :param person: by reader, until the thank-you page is there.
    """

    paint: float
    person: dict[str, float]


def answer_like_a_person(browser: Browser, survey: str) -> Filled:
    """One person who reads every word and taps; the other readers differ by reading time alone."""
    context = browser.new_context(viewport=SCREEN, locale="id-ID")
    page = context.new_page()
    slow_down(context, page)
    begin = time.monotonic()
    page.goto(survey, wait_until="commit")
    page.locator("form[data-survei] button[type=submit]").wait_for()
    paint = float(page.evaluate(_PAINT)) / 1000
    questions = []
    for question in page.locator("fieldset").all():
        shown = Question(**question.evaluate(_SHOWN))
        questions.append(shown)
        time.sleep(EVERY_WORD.seconds([shown]) + TAP_SECONDS)
        # Not click(): under a slowed processor Playwright's own checks take a second each.
        question.locator("label").nth(1).dispatch_event("click")
    page.locator("form[data-survei] button[type=submit]").click()
    page.wait_for_url("**/terima-kasih*")
    page.locator("h1").wait_for()
    seconds = time.monotonic() - begin
    context.close()
    without = seconds - EVERY_WORD.seconds(questions)
    return Filled(paint, {name: without + one.seconds(questions) for name, one in READERS.items()})


@contextmanager
def demo_office() -> Iterator[tuple[Server, str]]:
    with tempfile.TemporaryDirectory(prefix="skm-ringan-") as folder:
        server = Server(env={}, log=Path(folder) / "server.log", command=("demo",))
        server.env = {"SKM_DATA_DIR": folder, "SKM_BASE_URL": server.url}
        with running(server):
            found = re.search(r"Survei : (\S+)", server.log.read_text())
            if found is None:
                raise RuntimeError(server.log.read_text())
            yield server, found[1]


def main(show: Callable[[str], Any] = print) -> None:
    with demo_office() as (server, survey), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        visit = count_visits(browser, server.port, survey)
        for request in visit:
            show(f"{request.bytes:7d} bytes  {request.method} {request.path}")
        show(f"{sum(one.bytes for one in visit):7d} bytes  {len(visit)} requests, first visit")
        runs = [answer_like_a_person(browser, survey) for _ in range(RUNS)]
        browser.close()
        show(f"largest paint: {_spread([one.paint for one in runs])}")
        for name in READERS:
            show(f"person who {name}: {_spread([one.person[name] for one in runs])}")


def _spread(values: list[float]) -> str:
    median = statistics.median(values)
    return f"median {median:.2f} s of {len(values)} runs, {min(values):.2f} to {max(values):.2f}"


if __name__ == "__main__":
    main()
