"""Who answered, and which parts of a scope may be shown: the read side below the whole index.

Reads tallies, and of single responses only the few hundred that the tallies by ciri do not hold
yet. Groups of fewer than five people are never shown, nor can they be had by taking what is shown
from each other (``scoring.kecil``): parts of the office at the same days, and one part at
different days. What this does not cover: docs/decisions/013-small-groups.md.
"""

from skm_app.rincian.bagian import Induk, find_bagian_aman, is_tepi_aman
from skm_app.rincian.ciri import KelompokCiri, is_bulan_penuh, read_ciri

__all__ = [
    "Induk",
    "KelompokCiri",
    "find_bagian_aman",
    "is_bulan_penuh",
    "is_tepi_aman",
    "read_ciri",
]
