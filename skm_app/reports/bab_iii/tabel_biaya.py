"""Tables 3.7 to 3.9: what each sasaran cost, and how efficient it was."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal

from skm_app.angka import format_angka
from skm_app.capaian.anggaran import BiayaSasaran, plain_nama
from skm_app.kata import gabung
from skm_app.kinerja import compute_efisiensi_biaya, compute_efisiensi_kinerja, compute_serapan
from skm_app.reports.bab_iii.fakta import FaktaKinerja, IndikatorFakta, SasaranFakta
from skm_app.reports.bab_iii.tabel_anggaran import kurang_anggaran, tulis_jumlah
from skm_app.reports.bab_iii.tabel_bentuk import Kekurangan, SelKinerja, TabelKinerja
from skm_app.reports.bab_iii.tabel_capaian import (
    list_kurang,
    make_catatan,
    sementara_of,
)
from skm_app.reports.bab_iii.tabel_sel import (
    KOSONG,
    TANPA_ANGGARAN,
    formula_jumlah,
    formula_persen,
    make_angka,
    make_belum,
    make_capaian,
    make_teks,
    tulis,
)

SELURUH = "Efisiensi sumber daya keseluruhan"
TARGET_PENUH = Decimal(100)


def make_tabel_biaya(fakta: FaktaKinerja, kode: str, anggaran: str) -> TabelKinerja:
    """3.7: what was budgeted and spent for each sasaran, and what was saved of it.

    :param anggaran: number of the table with the whole budget, which this one adds up to.
    """
    rows = [_make_biaya(fakta, one, anggaran) for one in fakta.sasaran]
    shown = {one.id for one in fakta.sasaran}
    rest = [one for one in fakta.biaya if one.sasaran_id not in shown and _ada_uang(one)]
    lain = [one for one in rest if one.sasaran_id is not None] + [
        one for one in rest if one.sasaran_id is None
    ]
    rows += [_make_biaya_lain(fakta, one, anggaran) for one in lain]
    rows.append(_make_biaya_total(fakta, rows, anggaran))
    numbered = [
        (make_teks(str(n)) if row[0].teks else KOSONG, *row[1:]) for n, row in enumerate(rows, 1)
    ]
    return TabelKinerja(
        kode=kode,
        jenis="biaya",
        judul=f"Efisiensi Penggunaan Sumber Daya {fakta.unit} Tahun {fakta.tahun}",
        kolom=("No.", "Sasaran", "Indikator Kinerja", "% Target Capaian Kinerja",
               "Target Biaya (Rp)", "Penyerapan Anggaran (Rp)", "% Tingkat Efisiensi Sumber Daya"),
        baris=tuple(numbered),
        tebal=(len(numbered) - 1,),
        catatan=make_catatan(numbered, ()),
        kurang=tuple(_list_kurang_biaya(fakta)),
        lebar=(5, 21, 21, 10, 15, 15, 13),
    )  # fmt: skip


def make_tabel_efisiensi(
    fakta: FaktaKinerja, sasaran: SasaranFakta, kode: str, biaya: str
) -> TabelKinerja:
    """3.8, 3.9: capaian of each indikator less the serapan of its sasaran's money.

    :param biaya: number of the table with that money.
    """
    rows = [
        _make_efisiensi(number, sasaran, one, biaya)
        for number, one in enumerate(sasaran.indikator, start=1)
    ]
    kurang = list_kurang(sasaran.indikator, [fakta.tahun])
    if sasaran.biaya is None:
        kurang += _list_kurang_biaya(fakta, [sasaran])
    return TabelKinerja(
        kode=kode,
        jenis="efisiensi",
        sasaran=sasaran.nomor,
        judul="Pengukuran Efisiensi Penggunaan Anggaran untuk Sasaran Strategis "
        f"{sasaran.nomor}",
        kolom=("No.", "Sasaran Strategis", "Indikator Kinerja", "% Capaian Kinerja",
               "% Penyerapan Anggaran", "Efisiensi (poin persen)"),
        baris=tuple(rows),
        catatan=make_catatan(rows, sementara_of(sasaran.indikator, [fakta.tahun])),
        kurang=tuple(kurang),
        lebar=(6, 28, 28, 12, 13, 13),
    )  # fmt: skip


def make_serapan_sasaran(sasaran: SasaranFakta, biaya: str) -> SelKinerja:
    """Percent spent of a sasaran's money. ``biaya``: number of the table that shows it."""
    money = sasaran.biaya
    if money is None:
        return make_belum("penyerapan / target biaya × 100; program pendukungnya belum dipilih")
    if money.anggaran_rp == 0:
        return make_teks(TANPA_ANGGARAN)
    return make_angka(
        compute_serapan(money.anggaran_rp, money.realisasi_rp),
        f"serapan/{sasaran.id}",
        rumus=f"penyerapan / target biaya × 100 = {format_angka(money.realisasi_rp)} / "
        f"{format_angka(money.anggaran_rp)} × 100",
        formula=formula_persen(f"{{penyerapan/{sasaran.id}}}", f"biaya/{sasaran.id}"),
        sumber=[f"Tabel {biaya}"],
    )


def _ada_uang(one: BiayaSasaran) -> bool:
    return bool(one.anggaran_rp or one.realisasi_rp)


def _make_biaya(
    fakta: FaktaKinerja, sasaran: SasaranFakta, anggaran: str
) -> tuple[SelKinerja, ...]:
    names = gabung([one.nama for one in sasaran.indikator])
    money = sasaran.biaya
    if money is None:
        lack = make_belum("Program pendukung sasaran ini belum dipilih, atau belum ada anggarannya")
        return (make_teks("1"), make_teks(sasaran.uraian), make_teks(names), _make_penuh(),
                lack, lack, lack)  # fmt: skip
    return (make_teks("1"), make_teks(sasaran.uraian), make_teks(names), _make_penuh(),
            *_make_uang(fakta, money, anggaran))  # fmt: skip


def _make_biaya_lain(
    fakta: FaktaKinerja, money: BiayaSasaran, anggaran: str
) -> tuple[SelKinerja, ...]:
    nomor = make_teks("1") if money.sasaran_id else KOSONG
    return (nomor, make_teks(money.sasaran), make_teks("–"), make_teks("–"),
            *_make_uang(fakta, money, anggaran))  # fmt: skip


def _make_penuh() -> SelKinerja:
    return make_angka(TARGET_PENUH, akhiran="%", sumber=["Ketentuan tabel: target capaian 100%"])


def _make_uang(
    fakta: FaktaKinerja, money: BiayaSasaran, anggaran: str
) -> tuple[SelKinerja, SelKinerja, SelKinerja]:
    """Budget, spending and efisiensi of a sasaran, or of what belongs to none."""
    key = str(money.sasaran_id)
    places = _list_program(fakta)[money.sasaran_id]
    given, spent = (
        make_angka(
            value,
            f"{name}/{key}",
            rumus=tulis_jumlah(
                [getattr(fakta.anggaran[p], f"{what}_rp") for p in places], "program"
            ),
            formula=_formula_biaya(fakta, places, what, value),
            sumber=[f"Tabel {anggaran}: {_sebut_program(fakta, places)}"],
        )
        for name, what, value in (
            ("biaya", "anggaran", money.anggaran_rp),
            ("penyerapan", "realisasi", money.realisasi_rp),
        )
    )
    return given, spent, _make_hemat(money.anggaran_rp, money.realisasi_rp, key)


def _make_hemat(anggaran_rp: int, realisasi_rp: int, key: str) -> SelKinerja:
    if anggaran_rp == 0:
        return make_teks(TANPA_ANGGARAN)
    budget = format_angka(anggaran_rp)
    return make_angka(
        compute_efisiensi_biaya(anggaran_rp, realisasi_rp),
        f"hemat/{key}",
        akhiran="%",
        rumus="(target biaya − penyerapan) / target biaya × 100 = "
        f"({budget} − {format_angka(realisasi_rp)}) / {budget} × 100",
        formula=formula_persen(f"{{biaya/{key}}}-{{penyerapan/{key}}}", f"biaya/{key}"),
        sumber=["Kolom Target Biaya dan Penyerapan Anggaran pada baris ini"],
    )


def _make_biaya_total(
    fakta: FaktaKinerja, rows: Sequence[Sequence[SelKinerja]], anggaran: str
) -> tuple[SelKinerja, ...]:
    head = (KOSONG, make_teks(SELURUH), KOSONG, _make_penuh())
    if fakta.total is None:
        lack = make_belum("Data anggaran belum diisi")
        return (*head, lack, lack, lack)
    cells = []
    for column, name, value in (
        (4, "biaya", fakta.total.anggaran_rp),
        (5, "penyerapan", fakta.total.realisasi_rp),
    ):
        parts = [row[column] for row in rows if isinstance(row[column].nilai, int)]
        cells.append(
            make_angka(
                value,
                f"{name}/total",
                rumus=tulis_jumlah([int(one.nilai or 0) for one in parts], "baris"),
                formula=formula_jumlah([one.kunci for one in parts]),
                sumber=[f"Baris-baris di atasnya; sama dengan jumlah pada Tabel {anggaran}"],
            )
        )
    hemat = _make_hemat(fakta.total.anggaran_rp, fakta.total.realisasi_rp, "total")
    return (*head, *cells, hemat)


def _make_efisiensi(
    number: int, sasaran: SasaranFakta, one: IndikatorFakta, biaya: str
) -> tuple[SelKinerja, ...]:
    capaian = make_capaian(one, one.kini)
    serapan = make_serapan_sasaran(sasaran, biaya)
    spent = serapan.nilai if isinstance(serapan.nilai, Decimal) else None
    nilai = compute_efisiensi_kinerja(one.kini.capaian, spent)
    rumus = ""
    if one.kini.capaian is not None and spent is not None:
        rumus = f"capaian − penyerapan = {tulis(one.kini.capaian)} − {tulis(spent)}"
    return (
        make_teks(str(number)),
        make_teks(sasaran.uraian),
        make_teks(one.nama),
        capaian,
        serapan,
        make_angka(
            nilai,
            f"efisiensi/{one.id}",
            rumus=rumus,
            formula=f"ROUND({{{capaian.kunci}}}-{{{serapan.kunci}}},2)" if rumus else "",
            sumber=["Kolom % Capaian Kinerja dan % Penyerapan Anggaran pada baris ini"],
            sementara=one.kini.sementara,
            tanpa="capaian − penyerapan; salah satunya belum ada",
        ),
    )


def _list_program(fakta: FaktaKinerja) -> Mapping[uuid.UUID | None, list[int]]:
    """Places of the programme rows that pay for each sasaran, as ``read_biaya`` shares them out."""
    owners: dict[tuple[str, str | None], uuid.UUID] = {}
    for sasaran_id, program, jenis in fakta.dukungan:
        owners.setdefault((plain_nama(program), jenis), sasaran_id)
    found: dict[uuid.UUID | None, list[int]] = {one.sasaran_id: [] for one in fakta.biaya}
    for place, one in enumerate(fakta.anggaran):
        if one.tingkat == "program":
            name, jenis = plain_nama(one.program), fakta.jenis_unit.get(one.unit)
            owner = owners.get((name, jenis)) or owners.get((name, None))
            found.setdefault(owner, []).append(place)
    return found


def _formula_biaya(fakta: FaktaKinerja, places: Sequence[int], what: str, value: int) -> str:
    """The sum of programme rows, unless it is not what was read."""
    same = sum(getattr(fakta.anggaran[p], f"{what}_rp") for p in places) == value
    return formula_jumlah([f"{what}/{p}" for p in places]) if same else ""


def _sebut_program(fakta: FaktaKinerja, places: Sequence[int]) -> str:
    """Which programmes of which units make up a sum."""
    units: dict[str, list[str]] = {}
    for place in places:
        one = fakta.anggaran[place]
        units.setdefault(one.program, []).append(one.unit)
    return "; ".join(f"{program} ({', '.join(names)})" for program, names in units.items())


def _list_kurang_biaya(
    fakta: FaktaKinerja, sasaran: Sequence[SasaranFakta] | None = None
) -> list[Kekurangan]:
    if not fakta.anggaran:
        return [kurang_anggaran(fakta)]
    return [
        Kekurangan(
            f"Program pendukung sasaran “{one.uraian}” belum dipilih, atau tidak ada anggarannya.",
            "Rencana kinerja",
        )
        for one in (fakta.sasaran if sasaran is None else sasaran)
        if one.biaya is None
    ]
