"""Everything a report says, read once. Chapters and texts only put it into words."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.kinerja import compute_capaian
from skm_app.kualitas import JamLayanan, read_jam_layanan
from skm_app.models import FotoLaporan, Layanan, Periode, Responden, Rtl, Titik, Unit
from skm_app.periode.penetapan import counted_by, draft_penetapan
from skm_app.periode.pokok import is_seluruh_kantor, make_pokok
from skm_app.reports.bahan import Bahan, read_bahan
from skm_app.reports.dokumen import Kop
from skm_app.reports.kelompok import HasilLayanan, Kelompok, read_kelompok, read_per_layanan
from skm_app.reports.laporan.kop import Penanda, read_kop, read_penanda
from skm_app.reports.laporan.rencana import RtlLalu, read_rtl_lalu
from skm_app.reports.laporan.tren import (
    Sebelum,
    TitikTren,
    compute_selang_of,
    find_periode_sebelum,
    list_tahun_lewat,
    name_sebutan,
    read_sebelum,
    read_tahun,
    read_tren,
)
from skm_app.reports.teks import clean_line
from skm_app.results import list_unit_ids_below
from skm_app.rtl import UnsurPeriode, list_rtl, read_unsur
from skm_app.saran import list_tayang
from skm_app.scoring import (
    HasilIKM,
    Sebaran,
    Selang,
    compute_sample_size,
    lipat,
)

BIAYA = "biaya"
MAX_SARAN = 5
MAX_SARAN_DIBACA = 2000
MAX_TITIK = 20


@dataclass(frozen=True, kw_only=True)
class Kekecualian:
    """Responses that were left out by one decision of two people."""

    jumlah: int
    alasan: str
    pengusul: str
    pemutus: str


@dataclass(frozen=True, kw_only=True)
class Fakta:
    """What is known about a period. Figures of fewer than five people are not in it.

    :param hari_ini: the office's day on which this was read.
    :param sebutan: how the period is called in a sentence.
    :param n: responses; None: fewer than five in a part of the office.
    :param tertutup: why there are no figures, as a sentence; None where there are.
    :param bawahan: names of the units below this one.
    :param menjawab: names of the units whose services were judged, this one first; empty where no
        figures may be told.
    :param sebaran: answers per unsur, by kunci, all of its butir together.
    :param dibantu: people who were helped; None where that is not told.
    :param gratis: every service that was judged costs nothing.
    :param kebutuhan: responses needed (Krejcie–Morgan); None: users unknown.
    :param target: of the index in this year; None for shorter periods and without one.
    :param tahun_lewat: years between this yearly period and the one before it.
    :param instrumen_lain: responses to other questionnaires, by its id.
    :param foto: how many photos there are for the annex.
    """

    bahan: Bahan
    zona: tzinfo
    hari_ini: date
    unit: str
    bawahan: tuple[str, ...]
    menjawab: tuple[str, ...]
    kop: Kop
    penanda: Penanda
    jam: JamLayanan
    sebutan: str
    n: int | None
    tertutup: str | None
    kelompok: Mapping[str, tuple[Kelompok, ...]]
    layanan: tuple[HasilLayanan, ...]
    sebaran: Mapping[str, Sebaran]
    dibantu: int | None
    titik: tuple[str, ...]
    gratis: bool
    pengecualian: tuple[Kekecualian, ...]
    instrumen_lain: Mapping[str, int]
    kebutuhan: int | None
    selang: Selang | None
    tren: tuple[TitikTren, ...]
    target: Decimal | None
    capaian: Decimal | None
    sebelum: Sebelum | None
    tahun_lewat: tuple[int, ...]
    unsur: UnsurPeriode
    rtl: tuple[Rtl, ...]
    rtl_lalu: RtlLalu | None
    saran: tuple[str, ...]
    foto: int

    @property
    def hasil(self) -> HasilIKM:
        """The result; its figures may be told only if ``ada_hasil``."""
        return self.bahan.hasil

    @property
    def ada_hasil(self) -> bool:
        """Whether any figure besides the number of responses may be told."""
        return self.tertutup is None and bool(self.n)

    @property
    def ikm(self) -> Decimal | None:
        return self.hasil.ikm if self.ada_hasil else None

    @property
    def berjalan(self) -> bool:
        """Whether days of the period are still to come, or today is its last one."""
        return self.bahan.sementara and self.hari_ini <= self.bahan.sampai

    @property
    def ditetapkan(self) -> date | None:
        """The day of closing by the office's clock."""
        moment = self.bahan.ditetapkan
        return moment.astimezone(self.zona).date() if moment else None

    @property
    def diumumkan(self) -> date | None:
        """The day the frozen result was made public."""
        terbitan = self.bahan.penetapan.terbitan if self.bahan.penetapan else None
        return terbitan.diterbitkan.astimezone(self.zona).date() if terbitan else None


def read_fakta(session: Session, periode: Periode, zona: tzinfo) -> Fakta:
    """Gather what a report of a period says.

    :param zona: the office's zone, in which moments become days.
    """
    bahan = read_bahan(session, periode)
    unit = session.get_one(Unit, periode.unit_id)
    pokok = make_pokok(bahan.hasil, seluruh_kantor=is_seluruh_kantor(session, unit.id))
    shown = pokok.tertutup is None and bool(pokok.n)
    isi = bahan.penetapan.isi if bahan.penetapan else draft_penetapan(session, periode).isi
    lama = find_periode_sebelum(session, periode)
    unsur = read_unsur(session, periode)
    tahun = read_tahun(session, periode)
    target = next((one.target for one in tahun if one.tahun == periode.tahun), None)
    return Fakta(
        bahan=bahan,
        zona=zona,
        hari_ini=datetime.now(zona).date(),
        unit=clean_line(bahan.unit),
        bawahan=_list_bawahan(session, unit),
        menjawab=_list_menjawab(session, bahan) if shown else (),
        kop=read_kop(session, unit),
        penanda=read_penanda(session, unit),
        jam=read_jam_layanan(session),
        sebutan=name_sebutan(periode),
        n=pokok.n,
        tertutup=pokok.tertutup,
        kelompok=read_kelompok(session, bahan),
        layanan=read_per_layanan(session, bahan),
        sebaran=_pool_sebaran(bahan),
        dibantu=_count_dibantu(session, bahan),
        titik=_list_titik(session, bahan) if shown else (),
        gratis=shown and _is_gratis(session, bahan),
        pengecualian=tuple(
            Kekecualian(
                jumlah=one["jumlah"],
                alasan=clean_line(one["alasan"]),
                pengusul=one["pengusul"],
                pemutus=one["pemutus"],
            )
            for one in isi.get("pengecualian", ())
        ),
        instrumen_lain=isi.get("instrumen_lain", {}),
        kebutuhan=compute_sample_size(bahan.populasi) if bahan.populasi else None,
        selang=compute_selang_of(bahan) if shown else None,
        tren=read_tren(session, periode, tahun, tertutup=not shown),
        target=target,
        capaian=compute_capaian(pokok.ikm, target) if pokok.ikm and target else None,
        sebelum=read_sebelum(session, lama),
        tahun_lewat=list_tahun_lewat(periode, lama),
        unsur=unsur,
        rtl=tuple(list_rtl(session, periode, unsur)),
        rtl_lalu=read_rtl_lalu(session, lama),
        saran=_list_saran(session, bahan, {one.kunci for one in unsur.unsur if one.terlemah}),
        foto=_count_foto(session, periode),
    )


def _list_bawahan(session: Session, unit: Unit) -> tuple[str, ...]:
    below = list_unit_ids_below(session, unit.id)[1:]
    names = session.scalars(select(Unit.nama).where(Unit.id.in_(below)).order_by(Unit.nama))
    return tuple(clean_line(nama) for nama in names)


def _list_menjawab(session: Session, bahan: Bahan) -> tuple[str, ...]:
    """Units with a response that counts. By name alone: how many each has may be telling."""
    own = counted_by(session, bahan.periode, bahan.penetapan)
    rows = session.execute(
        select(Unit.id, Unit.nama)
        .where(Unit.id.in_(select(Responden.unit_id).where(*own)))
        .order_by(Unit.nama)
    ).all()
    first = [bahan.unit for unit_id, _ in rows if unit_id == bahan.periode.unit_id]
    rest = [nama for unit_id, nama in rows if unit_id != bahan.periode.unit_id]
    return tuple(clean_line(nama) for nama in (*first, *rest))


def _pool_sebaran(bahan: Bahan) -> dict[str, Sebaran]:
    return {
        unsur.kunci: sum(
            (bahan.rekap[butir.kunci] for butir in bahan.instrumen.butir_of(unsur.kunci)),
            Sebaran(),
        )
        for unsur in bahan.instrumen.unsur
    }


def _count_dibantu(session: Session, bahan: Bahan) -> int | None:
    """How many were helped by staff; None where they, or the others, are too few to be told."""
    own = counted_by(session, bahan.periode, bahan.penetapan)
    rows = session.execute(
        select(Responden.dibantu, func.count()).where(*own).group_by(Responden.dibantu)
    )
    counts = Counter({dibantu: int(count) for dibantu, count in rows})
    shown, _ = lipat({True: counts[True], False: counts[False] + counts[None]})
    return counts[True] if True in shown else None


def _list_titik(session: Session, bahan: Bahan) -> tuple[str, ...]:
    """Where the responses were collected, by unit and name."""
    own = counted_by(session, bahan.periode, bahan.penetapan)
    rows = session.execute(
        select(Titik.nama, Unit.nama)
        .join(Unit, Titik.unit_id == Unit.id)
        .where(Titik.id.in_(select(Responden.titik_id).where(*own)))
        .order_by(Unit.nama, Titik.nama)
    )
    return tuple(f"{clean_line(titik)} ({clean_line(unit)})" for titik, unit in rows)


def _is_gratis(session: Session, bahan: Bahan) -> bool:
    if all(one.kunci != BIAYA for one in bahan.instrumen.unsur):
        return False
    own = counted_by(session, bahan.periode, bahan.penetapan)
    judged = select(Responden.layanan_id).where(*own)
    paid = select(Layanan.id).where(Layanan.id.in_(judged), Layanan.gratis.is_(False)).limit(1)
    return session.scalar(paid) is None


def _list_saran(session: Session, bahan: Bahan, terlemah: set[str]) -> tuple[str, ...]:
    """Comments that a person has released, those about the weakest unsur first.

    A released comment tells its month only, so it is quoted if all of that lies in the period.
    """
    unit_ids = list_unit_ids_below(session, bahan.periode.unit_id)
    own = [
        one
        for one in list_tayang(session, unit_ids, MAX_SARAN_DIBACA, (bahan.mulai, bahan.sampai))
        if bahan.mulai <= one.bulan and _month_end(one.bulan) <= bahan.sampai
    ]
    ordered = sorted(own, key=lambda one: not terlemah & set(one.unsur))
    texts = dict.fromkeys(clean_line(one.teks) for one in ordered)
    return tuple(text for text in texts if text)[:MAX_SARAN]


def _count_foto(session: Session, periode: Periode) -> int:
    own = select(func.count()).where(FotoLaporan.periode_id == periode.id)
    return session.scalar(own) or 0


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
