"""How many respondents a survey needs.

Source: Krejcie & Morgan (1970), the table that reports under PermenPANRB 14/2017
use: S = X2.N.P.Q / (d2.(N - 1) + X2.P.Q) with X2 = 3.841, P = Q = 0.5, d = 0.05.
Rounded half up it gives every pair of the printed table, so no table is kept.
"""

from fractions import Fraction

from skm_app.scoring.pembulatan import round_half_up

CHI_KUADRAT = Fraction(3841, 1000)  # one degree of freedom, 5 %
KERAGAMAN = Fraction(1, 4)  # P x Q with P = Q = 0.5
GALAT = Fraction(1, 20)


def compute_sample_size(populasi: int) -> int:
    """Return the number of respondents, in orang.

    :param populasi: service users in the survey period, not respondents collected.
    :raise ValueError: if ``populasi`` is negative.
    """
    if populasi < 0:
        raise ValueError(f"populasi tidak boleh negatif: {populasi}")
    if populasi == 0:
        return 0
    spread = CHI_KUADRAT * KERAGAMAN
    return int(round_half_up(spread * populasi / (GALAT**2 * (populasi - 1) + spread), 0))
