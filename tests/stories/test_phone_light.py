"""Light enough for a slow network: bytes and requests of a first visit, counted, never timed."""

from __future__ import annotations

from playwright.sync_api import Browser

from benchmarks.ringan import count_visits
from tests.stories.conftest import Demo

KB = 1000


def test_a_first_visit_stays_within_its_budget(demo: Demo, browser: Browser) -> None:
    visit = count_visits(browser, demo.server.port, demo.survey)
    paths = [request.path for request in visit]
    assert len(visit) <= 4, paths
    assert visit[0].bytes <= 14 * KB
    # 30 are allowed; who comes near should notice before they are used up.
    assert sum(request.bytes for request in visit) <= 27 * KB, visit


def test_a_second_visit_costs_little(demo: Demo, browser: Browser) -> None:
    first = count_visits(browser, demo.server.port, demo.survey)
    again = count_visits(browser, demo.server.port, demo.survey, visits=2)[len(first) :]
    assert sum(request.bytes for request in again) <= 12 * KB, again
