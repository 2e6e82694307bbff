"""Notes which figures were held against others, so that a check can say what it checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from skm_app.kinerja.periksa.laporan import Angka, Letak

_dibandingkan: ContextVar[set[Letak] | None] = ContextVar("dibandingkan", default=None)


@contextmanager
def noting() -> Iterator[set[Letak]]:
    """The places that ``note`` is told of while this is open."""
    places: set[Letak] = set()
    token = _dibandingkan.set(places)
    try:
        yield places
    finally:
        _dibandingkan.reset(token)


def note(*angka: Angka | None) -> None:
    """These figures took part in a comparison."""
    places = _dibandingkan.get()
    if places is not None:
        places.update(one.letak for one in angka if one is not None)
