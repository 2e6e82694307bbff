"""The annexes: questionnaire, worksheet, photos, publication, evidence of the follow-up."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from skm_app.angka import TIDAK_ADA, format_angka
from skm_app.profil import JENIS_KELAMIN, PEKERJAAN, PENDIDIKAN, USIA
from skm_app.reports.bahan import Bahan, stream_responden
from skm_app.reports.dokumen import (
    Blok,
    Daftar,
    Gambar,
    HalamanBaru,
    Judul,
    Paragraf,
    Rata,
    Tabel,
)
from skm_app.reports.laporan.bab import Teks
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.kop import list_foto
from skm_app.reports.laporan.sebutan import LIHAT
from skm_app.reports.teks import clean_line
from skm_app.reports.tulisan import make_blok
from skm_app.scoring import Butir, Instrumen

MAX_BARIS = 500  # respondents that the printed worksheet lists one by one
MAX_KOLOM_POTRET = 12  # that a portrait page has room for
OLAH_DATA = "Pengolahan data SKM per responden dan per unsur pelayanan"
_KANAN: Rata = "kanan"
_TENGAH: Rata = "tengah"


def make_lampiran(session: Session, fakta: Fakta, teks: Teks) -> Iterator[Blok]:
    """Lampiran 1 to 5; each begins a page unless it is a mere sentence."""
    bahan = fakta.bahan
    mendatar = fakta.ada_hasil and _count_kolom(bahan.instrumen) > MAX_KOLOM_POTRET
    yield Judul(tingkat=1, teks="LAMPIRAN")
    yield _judul(1, "Kuesioner")
    yield from _make_kuesioner(bahan.instrumen)
    yield HalamanBaru(mendatar=mendatar)
    yield _judul(2, "Hasil Olah Data")
    yield from _make_olah_data(session, fakta)
    dokumentasi = list(_make_dokumentasi(session, bahan, teks))
    yield from _sambung(_judul(3, "Dokumentasi"), dokumentasi, halaman_baru=mendatar)
    publikasi = [*make_blok(teks["publikasi"].isi), *_make_poster(session, fakta)]
    yield from _sambung(_judul(4, "Publikasi Hasil SKM"), publikasi)
    bukti = make_blok(teks["bukti"].isi)
    yield from _sambung(_judul(5, "Laporan Tindak Lanjut Periode Sebelumnya"), bukti)


def _sambung(judul: Judul, isi: list[Blok], *, halaman_baru: bool = False) -> Iterator[Blok]:
    """An annex; on a page of its own if it holds more than one paragraph."""
    if halaman_baru or len(isi) > 1 or not all(isinstance(one, Paragraf) for one in isi):
        yield HalamanBaru()
    yield judul
    yield from isi


def _count_kolom(instrumen: Instrumen) -> int:
    """Columns of the worksheet: one for the number, one for each question."""
    return 1 + len(instrumen.butir)


def _judul(nomor: int, teks: str) -> Judul:
    return Judul(tingkat=2, nomor=f"Lampiran {nomor}", teks=teks)


def _make_kuesioner(instrumen: Instrumen) -> Iterator[Blok]:
    profil = (
        ("Jenis kelamin", JENIS_KELAMIN),
        ("Usia", USIA),
        ("Pendidikan", PENDIDIKAN),
        ("Pekerjaan", PEKERJAAN),
    )
    kode = {unsur.kunci: unsur.kode for unsur in instrumen.unsur}
    yield Paragraf(teks="Responden memilih jenis layanan dan dapat mengisi profil berikut:")
    yield Daftar(
        butir=[f"{nama}: {', '.join(one.label for one in pilihan)}." for nama, pilihan in profil]
    )
    yield Paragraf(teks="Setiap pertanyaan dijawab dengan memilih satu dari empat jawaban.")
    yield Tabel(
        judul=f"Kuesioner {clean_line(instrumen.nama)}",
        kepala=("No.", "Pertanyaan", "Nilai 1", "Nilai 2", "Nilai 3", "Nilai 4", "Unsur"),
        baris=[
            (str(place), butir.pertanyaan, *butir.pilihan, kode[butir.unsur])
            for place, butir in enumerate(instrumen.butir, start=1)
        ],
        lebar=(6, 31, 13, 13, 14, 13, 10),
        rata=(_TENGAH, "kiri", "kiri", "kiri", "kiri", "kiri", _TENGAH),
        catatan=f"Kode kuesioner: {instrumen.id}.",
        kecil=True,
    )


def _make_olah_data(session: Session, fakta: Fakta) -> Iterator[Blok]:
    if not fakta.ada_hasil:
        yield Paragraf(teks=LIHAT)
        return
    bahan = fakta.bahan
    columns = [
        (kode, butir)
        for unsur in bahan.instrumen.unsur
        for kode, butir in _name_butir(bahan.instrumen, unsur.kunci, unsur.kode)
    ]
    each = bahan.hasil.n <= MAX_BARIS
    if not each:
        yield Paragraf(
            teks=f"Responden berjumlah {format_angka(bahan.hasil.n)} orang, sehingga yang dimuat "
            "di sini hanya jumlahnya. Jawaban setiap responden ada pada berkas lembar kerja (XLSX)."
        )
    rows = list(_list_nilai(session, bahan, [butir for _, butir in columns])) if each else []
    total = _list_jumlah(bahan, columns)
    yield Tabel(
        judul=OLAH_DATA if each else "Jumlah nilai seluruh responden",
        kepala=("No. Resp.", *(kode for kode, _ in columns)),
        baris=[*rows, *total],
        lebar=(16, *(6 for _ in columns)),
        rata=("kiri", *(_TENGAH for _ in columns)),
        tebal=tuple(range(len(rows), len(rows) + len(total))),
        catatan="Baris diurutkan menurut nilai, bukan menurut waktu pengisian. Tanda "
        f"{TIDAK_ADA} berarti tidak dijawab."
        if each
        else "",
        kecil=True,
    )
    if len(columns) > len(bahan.instrumen.unsur):
        yield _make_rekap_unsur(bahan)


def _name_butir(instrumen: Instrumen, unsur: str, kode: str) -> Iterator[tuple[str, Butir]]:
    """Columns of an unsur: ``U1``, or ``U1.1``, ``U1.2`` where several butir measure it."""
    group = instrumen.butir_of(unsur)
    for place, butir in enumerate(group, start=1):
        yield (f"{kode}.{place}" if len(group) > 1 else kode), butir


def _list_nilai(session: Session, bahan: Bahan, columns: list[Butir]) -> Iterator[tuple[str, ...]]:
    """Answers row by row. In no order of arrival: this is passed on, and days point at people."""
    rows = sorted(
        tuple(one.nilai.get(butir.kunci) or 0 for butir in columns)
        for one in stream_responden(session, bahan)
    )
    for place, nilai in enumerate(rows, start=1):
        yield (str(place), *(str(one) if one else TIDAK_ADA for one in nilai))


def _list_jumlah(bahan: Bahan, columns: list[tuple[str, Butir]]) -> list[tuple[str, ...]]:
    sebaran = [bahan.rekap[butir.kunci] for _, butir in columns]
    found: list[tuple[str, ...]] = [
        ("Jumlah nilai", *(format_angka(one.jumlah) for one in sebaran)),
        ("Jawaban terisi", *(format_angka(one.terisi) for one in sebaran)),
    ]
    if len(columns) == len(bahan.instrumen.unsur):
        unsur = bahan.hasil.unsur
        found.append(("NRR", *(format_angka(one.nrr) for one in unsur)))
        found.append(("NRR tertimbang", *(format_angka(one.nrr_tertimbang) for one in unsur)))
        found.extend(_list_indeks(bahan, len(columns) - 1))
    return found


def _list_indeks(bahan: Bahan, kosong: int) -> Iterator[tuple[str, ...]]:
    """The last rows of the regulation's worksheet, with their values in the last column."""
    hasil = bahan.hasil
    for nama, value in (
        ("Jumlah NRR tertimbang", format_angka(hasil.jumlah_tertimbang)),
        ("IKM unit pelayanan", format_angka(hasil.ikm)),
        ("Mutu pelayanan", hasil.mutu.huruf if hasil.mutu else TIDAK_ADA),
    ):
        yield (nama, *("" for _ in range(kosong)), value)


def _make_rekap_unsur(bahan: Bahan) -> Tabel:
    """The same for a questionnaire with several butir per unsur."""
    rows: list[tuple[str, ...]] = [
        (
            f"{one.kode} {one.nama}",
            format_angka(one.jumlah),
            format_angka(one.terisi),
            format_angka(one.nrr),
            format_angka(one.nrr_tertimbang),
        )
        for one in bahan.hasil.unsur
    ]
    count = len(rows)
    rows.extend(_list_indeks(bahan, 3))
    return Tabel(
        judul="Jumlah nilai setiap unsur",
        kepala=("Unsur", "Jumlah Nilai", "Jawaban Terisi", "NRR", "NRR Tertimbang"),
        baris=rows,
        lebar=(44, 14, 14, 14, 14),
        rata=("kiri", _KANAN, _KANAN, _KANAN, _KANAN),
        tebal=tuple(range(count, len(rows))),
        kecil=True,
    )


def _make_dokumentasi(session: Session, bahan: Bahan, teks: Teks) -> Iterator[Blok]:
    yield from make_blok(teks["dokumentasi"].isi)
    for foto in list_foto(session, bahan.periode):
        keterangan = clean_line(foto.keterangan) or "Foto kegiatan"
        yield Gambar(judul=keterangan, alt=keterangan, foto=foto.isi, lebar=80)


def _make_poster(session: Session, fakta: Fakta) -> Iterator[Blok]:
    """The poster as it is published: never of figures that may still change."""
    if fakta.bahan.sementara or fakta.ikm is None:
        return
    # Imported when needed: drawing loads libraries that a server rarely wants.
    from skm_app.reports.poster import make_poster, read_poster

    picture = make_poster(read_poster(session, fakta.bahan), "a4", "png")
    judul = f"Poster hasil SKM {fakta.sebutan}"
    yield Gambar(judul=judul, alt=judul, foto=picture, lebar=85)
