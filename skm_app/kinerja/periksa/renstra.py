"""Against the end of the Renstra: the target, where it comes from, and the capaian."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from skm_app.kinerja.periksa.acuan import Acuan, choose
from skm_app.kinerja.periksa.banding import note
from skm_app.kinerja.periksa.capaian import get_capaian_renstra, list_berbeda
from skm_app.kinerja.periksa.laporan import IndikatorTercetak
from skm_app.kinerja.periksa.temuan import (
    Tempat,
    Temuan,
    exact,
    find_salah,
    make_temuan,
)

SEMUA = 100  # a target that many share, without copying


def check_capaian_renstra(acuan: Acuan) -> Iterator[Temuan]:
    """Realisasi of the report's year / target at the Renstra's end x 100, table by table."""
    tahun = acuan.laporan.tahun
    for one in acuan.laporan.renstra:
        realisasi = acuan.get_nilai(one.indikator, tahun, "realisasi")
        calon = [
            get_capaian_renstra(acuan, one.indikator),
            acuan.compute(one.indikator, realisasi, exact(one.target_akhir)),
        ]
        tempat = find_salah(one.capaian, calon)
        if one.capaian is not None and calon[0] is not None:
            note(*acuan.list_target_akhir(one.indikator))
        if tempat is None or one.capaian is None:
            continue
        alasan = "Capaian terhadap Renstra = realisasi tahun ini ÷ target akhir Renstra × 100."
        before = acuan.get_nilai(one.indikator, tahun - 1, "realisasi")
        if before is not None and realisasi is not None and one.capaian.agrees(before + realisasi):
            alasan += f" Yang tercetak jumlah realisasi {tahun - 1} dan {tahun}."
        yield from make_temuan("capaian-renstra", tempat.letak.tabel, [tempat], alasan)


def check_target_akhir(acuan: Acuan) -> Iterator[Temuan]:
    """The target at the end of the Renstra is the same wherever it is printed."""
    for one in acuan.laporan.indikator:
        nama = f"Target akhir Renstra indikator {one.nomor}"
        tempat, alasan = list_berbeda(acuan.list_target_akhir(one.nomor))
        yield from make_temuan(
            "target-akhir-renstra", nama, tempat, f"{nama} tidak sama di semua tempat; {alasan}"
        )


def check_tersalin(acuan: Acuan) -> Iterator[Temuan]:
    """Two indikator of different units with the same target: one may have been copied.

    Said no more once the document that confirms each of them is named.
    """

    def value(one: IndikatorTercetak) -> object:
        target = choose(acuan.list_target_akhir(one.nomor))
        return None if target is None or target.nilai == SEMUA else target.nilai

    known = sorted(
        (one for one in acuan.laporan.indikator if value(one) is not None),
        key=lambda one: (str(value(one)), one.nomor),
    )
    for _, same in groupby(known, key=value):
        group = list(same)
        if len({_plain_satuan(one.satuan) for one in group}) < 2:
            continue
        suspect = [one for one in group[1:] if not one.dokumen]
        tempat = [
            Tempat(
                letak=angka.letak,
                tercetak=angka.teks,
                seharusnya="periksa ke Renstra; bila benar, isi dokumen sumbernya",
            )
            for one in suspect
            for angka in acuan.list_target_akhir(one.nomor)
        ]
        tabel = ", ".join(dict.fromkeys(one.letak.tabel for one in tempat))
        yield from make_temuan(
            "target-tersalin",
            tabel,
            tempat,
            f"Kemungkinan tersalin: sama dengan target akhir Renstra indikator {group[0].nomor} "
            f"({group[0].satuan}), padahal satuannya berbeda.",
        )


def _plain_satuan(satuan: str) -> str:
    text = satuan.casefold().strip(" .")
    return "persen" if text in ("%", "persentase") else text
