"""The camat's page: one year on one A4 page, made to be printed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal

from flask import abort, request
from flask.typing import ResponseReturnValue

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import list_my_tree, need_peran
from skm_app.admin.halaman import render_page
from skm_app.admin.ringkasan import describe_mutu_berikut, describe_target
from skm_app.angka import format_angka
from skm_app.capaian import CapaianTahun
from skm_app.models import Periode
from skm_app.ringkas_camat import RingkasCamat, list_periode_tahun, read_ringkas
from skm_app.rtl import STATUS_LABEL
from skm_app.web import current_state

# The picture of the trend, in its own units; the index runs from 25 to 100.
TINGGI, LEBAR, LANGKAH = 120, 44, 90
TERENDAH, TERTINGGI = Decimal(25), Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Batang:
    """One bar of the trend, in the picture's units; ``target`` is the height of its mark."""

    x: int
    y: int
    tinggi: int
    target: int | None
    tahun: CapaianTahun


@bp.get("/camat")
@need_peran("admin", "pimpinan")
def show_camat() -> ResponseReturnValue:
    with current_state().database.reading() as session:
        pohon = list_my_tree(session)
        semua = list_periode_tahun(session, [unit.id for unit in pohon])
        names = {unit.id: unit.nama for unit in pohon}
        if not semua:
            return render_page("admin/camat/kosong.html")
        periode = _choose(semua, request.args.get("periode"))
        ringkas = read_ringkas(session, periode)
        return render_page(
            "admin/camat/lihat.html",
            ringkas=ringkas,
            pilihan=[(str(one.id), f"{one.nama} – {names[one.unit_id]}") for one in semua],
            dipilih=str(periode.id),
            batang=make_batang(ringkas.tren),
            kalimat=make_kalimat(ringkas),
            status_label=STATUS_LABEL,
        )


def _choose(semua: list[Periode], wanted: str | None) -> Periode:
    """The period asked for; without one the newest closed, else the newest."""
    if not wanted:
        return next((one for one in semua if one.penetapan is not None), semua[0])
    try:
        periode_id = uuid.UUID(wanted)
    except ValueError:
        abort(404)
    return next((one for one in semua if one.id == periode_id), None) or abort(404)


def make_kalimat(ringkas: RingkasCamat) -> list[str]:
    """What the figures mean, one sentence each."""
    if ringkas.tertutup is not None or ringkas.n is None:
        return [ringkas.tertutup or ""]
    sentences: list[str] = []
    tahun = ringkas.tahun_ini
    if ringkas.ikm is None:
        sentences.append("IKM belum dapat dihitung: masih ada unsur tanpa jawaban.")
    else:
        if tahun is not None and tahun.target is not None:
            sentences.append(describe_target(ringkas.ikm, tahun.target, tahun.tahun))
        sentences.append(describe_mutu_berikut(ringkas.ikm))
    if ringkas.kebutuhan is None:
        sentences.append(f"{format_angka(ringkas.n)} jawaban; jumlah pengguna layanan belum diisi.")
    else:
        cukup = "cukup" if ringkas.n >= ringkas.kebutuhan else "belum cukup"
        sentences.append(
            f"{format_angka(ringkas.n)} jawaban dari {format_angka(ringkas.kebutuhan)} yang "
            f"diperlukan: {cukup} untuk mewakili pengguna layanan."
        )
    return sentences


def make_batang(tren: tuple[CapaianTahun, ...]) -> list[Batang]:
    """Bars for the years, as high as the index lies between 25 and 100."""
    return [
        Batang(
            x=number * LANGKAH + (LANGKAH - LEBAR) // 2,
            y=TINGGI - _height(one.realisasi.nilai),
            tinggi=_height(one.realisasi.nilai),
            target=TINGGI - _height(one.target) if one.target is not None else None,
            tahun=one,
        )
        for number, one in enumerate(tren)
    ]


def _height(value: Decimal | None) -> int:
    if value is None:
        return 0
    share = (value - TERENDAH) / (TERTINGGI - TERENDAH)
    return int(min(max(share, Decimal(0)), Decimal(1)) * TINGGI)
