"""The dashboard as a whole: a chosen scope in, summary and charts out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.charts import Grafik, make_kosong, make_sebaran, make_unsur
from skm_app.admin.charts_kelompok import (
    KOLOM,
    Kelompok,
    make_kelompok,
    sort_by_ikm,
    sum_sebaran,
)
from skm_app.admin.charts_tren import make_riwayat, make_tren
from skm_app.admin.kecukupan import make_kecukupan
from skm_app.admin.pandangan import Pandangan, induk_of, read_pandangan
from skm_app.admin.ringkasan import Ringkasan, make_ringkasan
from skm_app.admin.riwayat import BarisRiwayat, list_berjalan, list_riwayat, make_berjalan
from skm_app.admin.saringan import Saringan
from skm_app.admin.unit import list_below
from skm_app.capaian import KODE_IKM
from skm_app.label_ciri import JUDUL_CIRI, label_of, sort_values
from skm_app.models import Indikator, Penetapan, Periode, Target
from skm_app.results import (
    HasilLingkup,
    Lingkup,
    Rekap,
    Sel,
    read_hasil,
    read_rekap_bulanan,
    score_sel,
)
from skm_app.rincian import KelompokCiri, is_bulan_penuh, read_ciri
from skm_app.scoring import HasilIKM, compute_ikm, compute_selang, get_konvensi, merge_rekap
from skm_app.scoring.kecil import gabung_berurutan
from skm_app.web.filters import format_waktu

BIAYA = "biaya"
BUKAN_BULAN = "Pilih bulan penuh (tanggal 1 sampai akhir bulan) untuk melihat pembagian ini."
ADA_LAYANAN = "Pilih semua layanan untuk melihat pembagian ini."
BELUM_ADA = "Belum ada jawaban yang dapat ditampilkan."
TIDAK_ADA_YANG_MENYEBUT = "Belum ada jawaban dengan keterangan ini."


@dataclass(frozen=True, kw_only=True)
class Gambaran:
    """Everything the dashboard shows of a scope; ``ciri`` are the charts of who answered."""

    pandangan: Pandangan
    ringkasan: Ringkasan
    pokok: list[Grafik]
    ciri: list[Grafik]
    riwayat: Grafik

    @property
    def semua_grafik(self) -> list[Grafik]:
        return [*self.pokok, *self.ciri, self.riwayat]

    def to_dict(self) -> dict[str, Any]:
        return {
            "ringkasan": asdict(self.ringkasan),
            "grafik": [one.to_dict() for one in self.semua_grafik],
        }


def read_gambaran(session: Session, saringan: Saringan, today: date) -> Gambaran:
    """Read tallies only; the number of statements does not depend on the responses or units."""
    view = read_pandangan(session, saringan, rinci=True)
    gratis = BIAYA if _is_gratis(view) else None
    return Gambaran(
        pandangan=view,
        ringkasan=_read_ringkasan(session, saringan, view, gratis),
        pokok=[
            make_unsur(view.found.hasil, gratis),
            make_sebaran(view.found),
            make_tren(_read_tren(session, saringan, view)),
            *_make_bagian(saringan, view),
        ],
        ciri=_make_ciri(session, saringan, view),
        riwayat=make_riwayat(_read_riwayat(session, saringan, view, today)),
    )


def find_beku(session: Session, saringan: Saringan) -> Penetapan | None:
    """The frozen result that stands for just this scope, if its period was closed."""
    if not saringan.seperiode or saringan.aturan.periode_id is None:
        return None
    return session.get_one(Periode, saringan.aturan.periode_id).penetapan


def _is_gratis(view: Pandangan) -> bool:
    """Whether every layanan that has answers costs nothing."""
    if view.rincian is None or not view.sel:
        return False
    return all(view.rincian.layanan[layanan_id].gratis for _, layanan_id in view.sel)


def _read_ringkasan(
    session: Session, saringan: Saringan, view: Pandangan, gratis: str | None
) -> Ringkasan:
    found = view.found
    populasi = saringan.aturan.populasi if saringan.seperiode else None
    ikm = found.hasil.ikm
    return make_ringkasan(
        found,
        _find_target(session, saringan),
        saringan.tahun,
        format_waktu(found.diperbarui),
        n=view.n,
        tertutup=view.tertutup,
        kecukupan=make_kecukupan(saringan, view.n),
        selang=None if ikm is None else compute_selang(found.instrumen, found.rekap, ikm, populasi),
        gratis=gratis,
    )


def _find_target(session: Session, saringan: Saringan) -> Decimal | None:
    """The year's target: promised for the whole office, so not shown for a part of it."""
    if saringan.unit_id != saringan.pohon[0].id or saringan.lingkup.layanan_id:
        return None
    return session.scalar(
        select(Target.target)
        .join(Indikator, Target.indikator_id == Indikator.id)
        .where(
            Indikator.unit_id == saringan.unit_id,
            Indikator.kode == KODE_IKM,
            Target.tahun == saringan.tahun,
        )
    )


def _read_tren(
    session: Session, saringan: Saringan, view: Pandangan
) -> list[tuple[date, date, HasilIKM]]:
    """Months, those of a few people joined with their neighbours."""
    if not view.sel:
        return []
    months = read_rekap_bulanan(session, saringan.lingkup, saringan.instrumen_id)
    names, rekap = list(months), list(months.values())
    counts = [max(one.responden for one in part.values()) for part in rekap]
    return [
        (
            names[span[0]],
            names[span[-1]],
            compute_ikm(
                view.found.instrumen,
                merge_rekap(*(rekap[place] for place in span)),
                saringan.konvensi,
            ),
        )
        for span in gabung_berurutan(counts)
    ]


def _make_bagian(saringan: Saringan, view: Pandangan) -> list[Grafik]:
    names = {unit.id: unit.nama for unit in saringan.kantor}
    layanan = view.rincian.layanan if view.rincian else {}
    charts = [
        make_kelompok(
            "layanan",
            "IKM per layanan",
            _group(saringan, view, lambda sel: layanan[sel[1]].nama),
        )
    ]
    if len(saringan.lingkup.unit_ids) > 1:
        groups = _group(saringan, view, lambda sel: names[sel[0]])
        charts.append(make_kelompok("unit", "IKM per unit", groups))
    return charts


def _group(saringan: Saringan, view: Pandangan, name_of: Callable[[Sel], str]) -> Kelompok:
    """Results of the cells of a scope per name; what may not be shown is folded together."""
    if view.rincian is None:
        return Kelompok(tampil=[])
    cells: dict[str, set[Sel]] = {}
    for sel in view.sel:
        cells.setdefault(name_of(sel), set()).add(sel)

    per_sel = view.rincian.per_sel

    def score(chosen: set[Sel]) -> HasilLingkup:
        return score_sel(per_sel, chosen, view.found.instrumen, saringan.konvensi)

    shown = {name: held for name, held in cells.items() if frozenset(held) in view.rincian.aman}
    folded = sorted(set(cells) - set(shown))
    rest = view.sel - {sel for held in shown.values() for sel in held}
    found = {name: score(held) for name, held in shown.items()}
    joined = score(set(rest)) if folded else None
    return Kelompok(
        tampil=sort_by_ikm([(name, one.hasil) for name, one in found.items()]),
        gabung=folded,
        hasil_gabung=joined.hasil if joined else None,
        sebaran={name: sum_sebaran(one.rekap) for name, one in found.items()},
        sebaran_gabung=sum_sebaran(joined.rekap) if joined else None,
    )


def _make_ciri(session: Session, saringan: Saringan, view: Pandangan) -> list[Grafik]:
    lingkup = saringan.lingkup
    reason = None
    if lingkup.layanan_id is not None:
        reason = ADA_LAYANAN
    elif not is_bulan_penuh(lingkup.mulai, lingkup.sampai):
        reason = BUKAN_BULAN
    elif not view.sel:
        reason = BELUM_ADA
    if reason is not None:
        return [make_kosong(ciri, judul, reason, KOLOM) for ciri, judul in JUDUL_CIRI.items()]
    found = read_ciri(session, lingkup, view.found.instrumen, induk_of(saringan), saringan.unit_id)
    return [_make_satu_ciri(saringan, view, ciri, found[ciri]) for ciri in JUDUL_CIRI]


def _make_satu_ciri(saringan: Saringan, view: Pandangan, ciri: str, one: KelompokCiri) -> Grafik:
    if {*one.tampil, *one.gabung} <= {""}:
        return make_kosong(ciri, JUDUL_CIRI[ciri], TIDAK_ADA_YANG_MENYEBUT, KOLOM)

    def score(rekap: Rekap) -> HasilIKM:
        return compute_ikm(view.found.instrumen, rekap, saringan.konvensi)

    groups = Kelompok(
        tampil=[
            (label_of(ciri, value), score(one.tampil[value]))
            for value in sort_values(ciri, one.tampil)
        ],
        gabung=[label_of(ciri, value) for value in sort_values(ciri, one.gabung)],
        hasil_gabung=score(one.rekap_gabung) if one.gabung else None,
        sebaran={label_of(ciri, value): sum_sebaran(rekap) for value, rekap in one.tampil.items()},
        sebaran_gabung=sum_sebaran(one.rekap_gabung) if one.gabung else None,
    )
    return make_kelompok(ciri, JUDUL_CIRI[ciri], groups)


def _read_riwayat(
    session: Session, saringan: Saringan, view: Pandangan, today: date
) -> list[BarisRiwayat]:
    """The closed periods of the chosen unit, then those that run: the chosen one and today's."""
    rows = list_riwayat(session, saringan.unit_id)
    whole = saringan.unit_id == saringan.kantor[0].id
    for periode in list_berjalan(session, saringan.unit_id, saringan.aturan.periode_id, today):
        if saringan.seperiode and periode.id == saringan.aturan.periode_id:
            if view.tertutup is None:
                rows.append(make_berjalan(periode, view.found.hasil))
        elif whole:
            # A part of the office at other days was not checked for small groups.
            rows.append(make_berjalan(periode, _read_berjalan(session, saringan, periode)))
    return sorted(rows, key=lambda row: (row.sampai, row.mulai))


def _read_berjalan(session: Session, saringan: Saringan, periode: Periode) -> HasilIKM:
    lingkup = Lingkup(
        unit_ids=list_below(saringan.kantor, saringan.unit_id),
        mulai=periode.mulai,
        sampai=periode.sampai,
    )
    konvensi = get_konvensi(periode.konvensi)
    return read_hasil(session, lingkup, periode.instrumen_id, konvensi).hasil
