"""What became of a complaint, for whoever holds its follow-up code.

Says how far the office is, by when it answers, and its answer. Never the complaint itself: whoever
finds a code on a slip of paper must not learn what was complained about.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from skm_app.kode import PENGADUAN_LENGTH, forgive_kode
from skm_app.saran.pengaduan import StatusWarga, find_status
from skm_app.survey.views import bp
from skm_app.web import current_state, mark, translate
from skm_app.web.percobaan import Percobaan, may_try

MAX_KETIK = 60
KATA_STATUS = {
    "baru": mark("Sudah kami terima, menunggu ditangani."),
    "diproses": mark("Sedang kami tangani."),
    "selesai": mark("Sudah selesai kami tangani."),
}
# Look-ups from one place in a quarter of an hour. A code is one of 22 ** 12, so this only
# keeps machines away; a village behind one address still fits.
BATAS = 30


class PercobaanKode(Percobaan):
    """One look-up: counted per place, apart from sign-ins there."""

    @property
    def batas(self) -> tuple[tuple[str, int], ...]:
        return ((self.akun, BATAS),)


@bp.get("/pengaduan")
def show_pengaduan() -> ResponseReturnValue:
    return _render()


@bp.post("/pengaduan")
def check_pengaduan() -> ResponseReturnValue:
    """The answer is this page itself: behind an address, the code would stay in the browser."""
    typed = request.form.get("kode", "")[:MAX_KETIK]
    kode = forgive_kode(typed)
    if not kode:
        return _render(salah=gettext("Isi kode pengaduan Anda.")), 422
    if len(kode) == PENGADUAN_LENGTH:
        if not _may_look():
            sering = gettext("Terlalu banyak percobaan dari sini. Silakan coba 15 menit lagi.")
            return _render(typed, salah=sering), 429
        with current_state().database.reading() as session:
            found = find_status(session, kode)
        if found is not None:
            return _render(found=found)
    tidak_ada = gettext("Kode ini tidak kami temukan. Periksa hurufnya, lalu coba sekali lagi.")
    return _render(typed, salah=tidak_ada), 422


def _may_look() -> bool:
    state, now = current_state(), datetime.now(UTC)
    alamat = request.remote_addr or ""
    percobaan = PercobaanKode.of(state.settings.secret_key, f"pengaduan/{alamat}", "", now)
    return may_try(state.database, percobaan, now)


def _render(typed: str = "", salah: str = "", found: StatusWarga | None = None) -> str:
    return render_template(
        "survey/pengaduan.html",
        typed=typed,
        salah=salah,
        found=found,
        status=translate(KATA_STATUS[found.status]) if found else "",
    )
