"""200 responses from four kiosks while everything around them fails: exactly 200 rows."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Error, Page, Route

from tests.kios.tapping import FILL, TABLET, Kiosk, Office, open_office
from tests.offices import list_differences, list_responden
from tests.running import run_skm

ROUNDS = 10
KIOSKS = 4
PER_ROUND = 5  # responses of each kiosk in each round: 200 in all


def lose_reply(route: Route) -> None:
    """The server stores it, and its answer never arrives."""
    with contextlib.suppress(Error):
        route.fetch()
    with contextlib.suppress(Error):
        route.abort()


def collect_ids(page: Page, ids: set[str]) -> None:
    def note(body: str | None) -> None:
        ids.update(one["id"] for one in json.loads(body or "{}").get("isian", []))

    page.on("request", lambda one: note(one.post_data) if one.url.endswith("/kirim") else None)


def fail_around(round_number: int, kiosks: list[Kiosk], office: Office) -> None:
    """Kill the server while the kiosks are being used; one is cut off, one loses its replies."""
    cut_off = kiosks[round_number % KIOSKS]
    deaf = kiosks[(round_number + 1) % KIOSKS]
    cut_off.page.context.set_offline(round_number % 2 == 0)
    deaf.page.route("**/kirim", lose_reply)
    for kiosk in kiosks:
        kiosk.page.evaluate(FILL, PER_ROUND)
    # Some have stored by now, some not: wherever it hits.
    kiosks[round_number % KIOSKS].page.wait_for_timeout(37 * (round_number % 5))
    office.server.kill()
    office.server.start()
    for kiosk in kiosks:
        kiosk.page.evaluate("() => window.filled")
    office.server.wait_until_ready()
    deaf.page.unroute_all(behavior="wait")
    cut_off.page.context.set_offline(False)
    kiosks[(round_number + 2) % KIOSKS].page.reload()


def test_200_responses_survive_kills_cuts_lost_replies_and_reloads(
    tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    with open_office(tmp_path) as office:
        known: set[str] = set()
        kiosks = []
        for _ in range(KIOSKS):
            kiosk = Kiosk(open_page(viewport=TABLET), office).pair()
            collect_ids(kiosk.page, known)
            kiosks.append(kiosk)

        for round_number in range(ROUNDS):
            fail_around(round_number, kiosks, office)
            for kiosk in kiosks:
                kiosk.expect_attract()

        for kiosk in kiosks:
            kiosk.page.reload()
            kiosk.expect_waiting(0)
            kept = kiosk.store()
            assert (kept["antrean"], kept["karantina"]) == ([], [])

        stored = [str(one.id) for one in list_responden(office.database)]
        assert len(stored) == ROUNDS * KIOSKS * PER_ROUND
        assert set(stored) == known
        assert list_differences(office.database) == []
        verified = run_skm("verify", env=office.server.env)
        assert verified.returncode == 0, verified.stdout
