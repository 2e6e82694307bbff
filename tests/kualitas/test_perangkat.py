"""How long the filling took and which device it was: kept if usable, never a reason to refuse."""

from __future__ import annotations

import pytest

from skm_app.survey.perangkat import read_lama, read_perangkat


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("0", 0), ("75", 75), (75, 75), ("86400", 86400), ("86401", None), (86401, None),
        ("-1", None), (-1, None), ("", None), (None, None), ("1.5", None), (1.5, None),
        (True, None), ("1e3", None), ("٧٥", None), ("75 ", None), ("9" * 500, None), ([75], None),
    ],
)  # fmt: skip
def test_a_duration_is_whole_seconds_of_at_most_one_day(sent: object, kept: int | None) -> None:
    assert read_lama(sent) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a", True), ("0b1e-77", True), ("x" * 64, True), ("x" * 65, False), ("", False),
        ("a b", False), ("a\n", False), ("é", False), ("'; DROP", False), (None, False),
        (7, False), ("\x00", False),
    ],
)  # fmt: skip
def test_a_device_number_is_letters_digits_and_hyphens(sent: object, kept: bool) -> None:
    assert read_perangkat(sent) == (sent if kept else None)
