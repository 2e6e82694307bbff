"""An index without one unsur, for information: the others share its weight."""

from dataclasses import replace

from skm_app.scoring.ikm import HasilIKM, compute_ikm
from skm_app.scoring.instrumen import Instrumen
from skm_app.scoring.rekap import Rekap


def compute_ikm_tanpa(instrumen: Instrumen, rekap: Rekap, unsur_kunci: str) -> HasilIKM:
    """Compute the exact index as if one unsur had not been asked.

    The weights of the others are raised in proportion, so that they sum to 1 again. Not an index
    under PermenPANRB 14/2017, which knows nine unsur: never for a report.

    :raise ValueError: if the instrument has no such unsur, or no other one.
    """
    left = [unsur for unsur in instrumen.unsur if unsur.kunci != unsur_kunci]
    if not left or len(left) == len(instrumen.unsur):
        raise ValueError(f'unsur "{unsur_kunci}" tidak dapat dilepas dari {instrumen.id}')
    total = sum(unsur.bobot for unsur in left)
    reduced = replace(
        instrumen,
        unsur=tuple(replace(unsur, bobot=unsur.bobot / total) for unsur in left),
        butir=tuple(butir for butir in instrumen.butir if butir.unsur != unsur_kunci),
    )
    return compute_ikm(reduced, {butir.kunci: rekap[butir.kunci] for butir in reduced.butir})
