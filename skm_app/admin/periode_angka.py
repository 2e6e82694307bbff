"""The figures of a period as a page shows them: of the moment, or as they were frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from skm_app.admin.tabel import TabelHalaman
from skm_app.angka import format_angka
from skm_app.models import Penetapan
from skm_app.periode.penetapan import Rancangan
from skm_app.periode.pokok import KURANG_DARI, make_pokok
from skm_app.scoring import Butir, Instrumen, compute_sample_size, get_konvensi, parse_instrumen

KOLOM_UNSUR = ("Unsur", "Jumlah nilai", "Jawaban", "NRR", "NRR tertimbang", "Mutu")


@dataclass(frozen=True, kw_only=True)
class AngkaPeriode:
    """Finished texts, but for the tables, and lists of what stands beside the index.

    ``pengecualian``: reason, proposer, decider and number of what was left out; ``lain``:
    responses per other questionnaire; ``tertutup``: why there are no figures.
    """

    n: str
    ikm: str
    ikm_eksak: str
    mutu: str | None
    kinerja: str
    konvensi: str
    kecukupan: str
    belum: list[str]  # names of the unsur nobody answered
    pengecualian: list[Mapping[str, Any]]
    lain: Mapping[str, int]
    unsur: TabelHalaman
    masukan: TabelHalaman
    tertutup: str | None = None


def make_angka(rancangan: Rancangan, *, seluruh_kantor: bool) -> AngkaPeriode:
    """Figures of the moment; of fewer than five people none, and no table either."""
    angka = _make(rancangan.isi)
    pokok = make_pokok(rancangan.found.hasil, seluruh_kantor=seluruh_kantor)
    if pokok.tertutup is None:
        return angka
    return replace(
        angka,
        n=KURANG_DARI if pokok.n is None else angka.n,
        ikm=format_angka(None),
        ikm_eksak=format_angka(None),
        mutu=None,
        kinerja="Belum ditampilkan",
        kecukupan="" if pokok.n is None else angka.kecukupan,
        belum=[],
        lain={},
        unsur=replace(angka.unsur, baris=[]),
        masukan=replace(angka.masukan, baris=[]),
        tertutup=pokok.tertutup,
    )


def make_angka_beku(penetapan: Penetapan) -> AngkaPeriode:
    """Figures of a closed period, read from the frozen record itself."""
    return _make(penetapan.isi)


def _make(isi: Mapping[str, Any]) -> AngkaPeriode:
    hasil = isi["hasil"]
    instrumen = parse_instrumen(isi["instrumen"])
    names = {unsur.kunci: unsur.nama for unsur in instrumen.unsur}
    return AngkaPeriode(
        n=format_angka(hasil["n"]),
        ikm=format_angka(_decimal(hasil["ikm"])),
        ikm_eksak=format_angka(_decimal(hasil["ikm_eksak"])),
        mutu=hasil["mutu"],
        kinerja=hasil["kinerja"] or "Belum dapat dihitung",
        konvensi=f"{hasil['konvensi']}: {get_konvensi(hasil['konvensi']).uraian}",
        kecukupan=_describe_need(isi),
        belum=[names[unsur["kunci"]] for unsur in hasil["unsur"] if unsur["nrr"] is None],
        # Records of earlier versions of this program lack what came later.
        pengecualian=list(isi.get("pengecualian") or ()),
        lain=dict(isi.get("instrumen_lain") or {}),
        unsur=TabelHalaman(
            nama="unsur",
            judul="Hasil per unsur",
            kolom=KOLOM_UNSUR,
            baris=[
                (
                    f"{unsur['kode']} {names[unsur['kunci']]}",
                    unsur["jumlah"],
                    unsur["terisi"],
                    _decimal(unsur["nrr"]),
                    _decimal(unsur["nrr_tertimbang"]),
                    unsur["mutu"],
                )
                for unsur in hasil["unsur"]
            ],
        ),
        masukan=TabelHalaman(
            nama="masukan",
            judul="Jumlah jawaban per nilai",
            kolom=("Pertanyaan", "Nilai 1", "Nilai 2", "Nilai 3", "Nilai 4", "Tidak menjawab"),
            baris=[
                (_name_butir(instrumen, one), *isi["rekap"][one.kunci]) for one in instrumen.butir
            ],
        ),
    )


def _name_butir(instrumen: Instrumen, butir: Butir) -> str:
    """The unsur that a question measures; with its own key where several measure that unsur."""
    nama = next(one.nama for one in instrumen.unsur if one.kunci == butir.unsur)
    return f"{nama} ({butir.kunci})" if len(instrumen.butir_of(butir.unsur)) > 1 else nama


def _describe_need(isi: Mapping[str, Any]) -> str:
    """How many answered of how many needed, in one sentence."""
    populasi, n = isi.get("populasi"), isi["hasil"]["n"]
    if not populasi:
        return "Jumlah pengguna layanan belum diisi, jadi kebutuhan responden belum dihitung."
    need = isi.get("kebutuhan") or compute_sample_size(populasi)
    sumber = isi.get("populasi_sumber")
    return (
        f"{format_angka(n)} dari {format_angka(need)} responden yang diperlukan untuk "
        f"{format_angka(populasi)} pengguna layanan menurut Krejcie dan Morgan"
        f"{f' (sumber: {sumber})' if sumber else ''}"
        f"{'.' if n >= need else ', masih kurang ' + format_angka(need - n) + '.'}"
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
