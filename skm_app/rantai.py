"""Chained fingerprints: a record that was changed, added or removed afterwards shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

FIRST_LINK = "0" * 64


def compute_link(record: Sequence[object], sebelum: str) -> str:
    """SHA-256 over a record in canonical JSON and the fingerprint of the record before it."""
    canonical = json.dumps(
        [*record, sebelum], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
