"""The NKO of a year, step by step, and what would lift it."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_akar_id, get_sesi, need_peran
from skm_app.admin.nko_rumus import (
    LangkahBaris,
    describe_akip,
    describe_nko,
    describe_predikat,
    describe_rentang_nko,
    describe_tertinggal,
    describe_total,
    list_langkah,
)
from skm_app.admin.nko_simulasi import (
    BarisLangkah,
    list_baris_langkah,
    list_capaian,
    list_kalimat_naik,
    make_masukan,
    read_cobaan,
)
from skm_app.admin.tabel import Sel, TabelHalaman, render_with_tabel
from skm_app.admin.tahun_kinerja import choose_tahun
from skm_app.capaian import NkoTahun, read_nko
from skm_app.kinerja import Aturan, load_aturan
from skm_app.kinerja.simulasi import PilihanAkip, simulate_akip
from skm_app.web import current_state


@bp.get("/capaian/nko")
@need_peran("admin", "pimpinan")
def show_nko() -> ResponseReturnValue:
    aturan = load_aturan()
    with current_state().database.reading() as session:
        unit_id = get_akar_id(session)
        tahun, years = choose_tahun(session, unit_id)
        nko = read_nko(session, unit_id, tahun)
    langkah, akip = list_langkah(nko, aturan), _list_akip(nko, aturan)
    naik = list_baris_langkah(nko, aturan)
    cobaan = read_cobaan(nko, request.args, aturan)
    page = render_with_tabel(
        "admin/kinerja/nko.html",
        [_make_tabel(langkah, nko, tahun), _make_tabel_akip(akip), _make_tabel_naik(naik)],
        tahun=tahun,
        years=years,
        nko=nko,
        langkah=langkah,
        kalimat_akip=describe_akip(nko.akip, tahun, aturan) if nko.akip else "",
        rumus=_list_rumus(nko, aturan),
        tertinggal=[describe_tertinggal(one) for one in nko.tertinggal],
        kalimat_naik=list_kalimat_naik(nko, aturan),
        rentang=[(one.nama, describe_rentang_nko(aturan, one)) for one in aturan.nko],
        aturan=aturan,
        cobaan=cobaan,
        capaian_cobaan=list_capaian(nko, cobaan.hasil) if cobaan.hasil else [],
        boleh_ubah=get_sesi().peran == "admin",
    )
    return page if isinstance(page, Response) or not cobaan.salah else (page, 422)


def _list_akip(nko: NkoTahun, aturan: Aturan) -> list[PilihanAkip]:
    if nko.akip is None:
        return []
    return list(simulate_akip(make_masukan(nko), nko.akip.predikat.nama, aturan))


def _list_rumus(nko: NkoTahun, aturan: Aturan) -> list[str]:
    hasil = nko.hasil
    if hasil is None or hasil.nko is None:
        return []
    rumus = [describe_total(hasil), describe_nko(hasil)]
    return rumus + ([describe_predikat(hasil, aturan)] if nko.predikat else [])


def _make_tabel(langkah: list[LangkahBaris], nko: NkoTahun, tahun: int) -> TabelHalaman:
    hasil = nko.hasil
    rows: list[tuple[Sel, ...]] = [
        (
            one.capaian.indikator.nama, one.capaian.tahun[0].target,
            one.capaian.tahun[0].realisasi.nilai, one.nko.capaian, one.nko.normalisasi,
            hasil.koreksi, one.nko.nilai_akhir,
            "sementara" if one.capaian.tahun[0].realisasi.sementara else "tetap",
        )
        for one in langkah
        if hasil is not None
    ]  # fmt: skip
    if hasil is not None and hasil.nko is not None:
        word = nko.predikat.nama if nko.predikat else "predikat belum dapat ditetapkan"
        rest = (None, None, None, None, None)
        rows.append(("Total capaian", *rest, hasil.total, ""))
        rows.append(("Nilai Kinerja Organisasi (NKO)", *rest, hasil.nko, word))
    return TabelHalaman(
        nama="nko",
        judul=f"Nilai Kinerja Organisasi {tahun}",
        kolom=("Indikator", "Target", "Realisasi", "Capaian (%)", "Normalisasi (%)", "Koreksi (%)",
               "Nilai akhir (%)", "Keterangan"),
        baris=rows,
    )  # fmt: skip


def _make_tabel_akip(akip: list[PilihanAkip]) -> TabelHalaman:
    return TabelHalaman(
        nama="nko-akip",
        judul="NKO dengan predikat AKIP lain",
        kolom=("Predikat AKIP", "Koreksi (%)", "NKO", "Predikat NKO"),
        baris=[
            (f"{one.akip.nama} ({one.akip.arti})", one.koreksi, one.nko, one.predikat.nama)
            for one in akip
        ],
    )


def _make_tabel_naik(naik: list[BarisLangkah]) -> TabelHalaman:
    return TabelHalaman(
        nama="nko-capaian",
        judul="NKO dengan capaian yang lebih tinggi",
        kolom=("Indikator", "Capaian menjadi (%)", "Tambahan (poin)", "Realisasi yang diperlukan",
               "NKO", "Predikat NKO"),
        baris=[
            (
                one.indikator, one.langkah.capaian, one.langkah.tambahan, one.perlu,
                one.langkah.nko, one.langkah.predikat.nama,
            )
            for one in naik
        ],
    )  # fmt: skip
