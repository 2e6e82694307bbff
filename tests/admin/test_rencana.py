"""The plan: visi to indikator, who pays, targets by year, and the agreement."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from skm_app.admin.rencana_indikator_form import KODE_TETAP
from skm_app.capaian import list_target, read_rencana
from skm_app.database import Database
from skm_app.models import Base, Dukungan, Indikator, Perjanjian, Rencana, Sasaran, Tujuan
from tests.admin.catatan import last_deed, read_catatan
from tests.admin.helpers import Petugas
from tests.admin.kinerja import add_anggaran_2024, add_indikator, set_realisasi
from tests.offices import ON_SQLITE, Kantor, list_differences
from tests.pages import Page

RENCANA = "/admin/rencana"
PEMBERDAYAAN = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"
SAMPAH = {
    "kode": "sampah-rt",
    "nama": "RT yang mengelola sampah",
    "satuan": "Persen",
    "paling_tinggi": "100",
    "formula": "RT yang mengelola sampah\ndibagi seluruh RT",
    "alasan": "Kebersihan",
    "sumber_data": "Kelurahan",
}


@pytest.fixture
def ikm(database: Database, kantor: Kantor) -> uuid.UUID:
    """An indikator with its plan 2021-2026, one tujuan and one sasaran."""
    return add_indikator(database, kantor.palaran, "ikm", {2024: "88.31", 2026: "89.05"})


@pytest.fixture
def sasaran(database: Database, ikm: uuid.UUID) -> str:
    """The address of its sasaran."""
    return f"{RENCANA}/sasaran/{read_id(database, Sasaran)}"


def read_id(database: Database, row: type[Tujuan | Sasaran | Dukungan], nomor: int = 0) -> str:
    with database.reading() as session:
        return str(session.scalars(select(row.id).order_by(row.id)).all()[nomor])


def count(database: Database, row: type[Base]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def read_indikator(database: Database, kode: str) -> Indikator:
    with database.reading() as session:
        return session.scalars(select(Indikator).where(Indikator.kode == kode)).one()


def form_number(page: Page, action: str) -> int:
    return next(n for n, form in enumerate(page.forms) if form.action.endswith(action))


def read_links(page: Page) -> list[str]:
    """What one can press in the page's own part, without the menu."""
    main = page.root.first("main")
    return [one.text for tag in ("a", "button") for one in main.all(tag)]


def test_a_plan_grows_from_nothing_to_an_indikator_with_a_target(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    assert "Belum ada rencana strategis" in lia.open(RENCANA).text
    renstra = {"nama": "Renstra 2025-2029", "mulai": "2025", "sampai": "2029", "visi": "Maju"}
    lia.fill_in(f"{RENCANA}/ubah", renstra)
    lia.fill_in(f"{RENCANA}/tujuan/tambah", {"uraian": "Kota bersih", "urutan": "1"})
    url = f"{RENCANA}/tujuan/{read_id(database, Tujuan)}/sasaran"
    lia.follow(lia.fill_in(url, {"uraian": "Sampah terkelola"}))
    lia.follow(lia.fill_in(f"{RENCANA}/indikator/tambah", SAMPAH))
    names = {"nama_lain": "Persentase RT bersih", "sumber_nama": "IKU 2025"}
    lia.follow(lia.fill_in(f"{RENCANA}/indikator/sampah-rt", names))
    lia.fill_in("/admin/capaian/sampah-rt/2029", {"target": "90"})

    page = lia.open(RENCANA)
    assert [one.text for one in page.root.all("h2")] == [
        "Renstra 2025-2029", "Tujuan 1: Kota bersih",
    ]  # fmt: skip
    assert page.root.first("h3").text == "Sasaran 1: Sampah terkelola"
    assert page.root.first("h4").text == "RT yang mengelola sampah sampah-rt"
    for part in ("paling tinggi 100", "makin besar makin baik", "Persentase RT bersih (IKU 2025)"):
        assert part in page.text
    with database.reading() as session:
        pohon = read_rencana(session, kantor.palaran)
        (baris,) = list_target(session, kantor.palaran)
    assert pohon is not None
    assert list(pohon.tahun) == [2025, 2026, 2027, 2028, 2029]
    assert [one.kode for one in pohon.indikator] == ["sampah-rt"]
    assert pohon.indikator[0].formula == "RT yang mengelola sampah\ndibagi seluruh RT"
    assert baris.akhir is not None
    assert baris.akhir.target == Decimal(90)
    assert [one.objek for one in read_catatan(database)] == [
        "rencana", "tujuan", "sasaran", "indikator", "nama_lain", "target",
    ]  # fmt: skip
    assert list_differences(database) == []


@ON_SQLITE
def test_the_head_of_the_office_reads_and_changes_nothing(
    budi: Petugas, ikm: uuid.UUID, sasaran: str
) -> None:
    for url in (RENCANA, f"{RENCANA}/target", f"{RENCANA}/perjanjian?tahun=2024"):
        links = read_links(budi.open(url))
        assert not [one for one in links if one.startswith(("Ubah", "Tambah", "Isi", "Hapus"))]
    budi.open(sasaran, status=403)
    budi.open(f"{RENCANA}/ubah", status=403)


@ON_SQLITE
def test_a_change_is_logged_with_what_was_before(
    lia: Petugas, database: Database, sasaran: str
) -> None:
    lia.fill_in(sasaran, {"uraian": "Meningkatnya pelayanan"})

    assert last_deed(database) == (
        "lia", "ubah", "sasaran",
        {"uraian": "Sasaran ikm"}, {"uraian": "Meningkatnya pelayanan"},
    )  # fmt: skip


RENCANA_KELIRU = [
    ({"nama": ""}, "nama", "Isi nama rencana"),
    ({"mulai": "dua"}, "mulai", "Isi tahun antara"),
    ({"sampai": "2020"}, "sampai", "tidak boleh sebelum tahun pertama"),
    ({"sampai": "2031"}, "sampai", "paling lama 10 tahun"),
    ({"mulai": "2025"}, "mulai", "Tahun 2024 sudah punya target"),
    ({"sampai": "2025"}, "sampai", "Tahun 2026 sudah punya target"),
    ({"visi": "x" * 501}, "visi", "Paling panjang 500"),
]


@ON_SQLITE
def test_a_plan_that_cannot_be_is_refused_at_its_field(lia: Petugas, ikm: uuid.UUID) -> None:
    for answers, field, message in RENCANA_KELIRU:
        page = lia.fill_in(f"{RENCANA}/ubah", answers, status=422)

        assert message in page.by_id(f"{field}-galat").text


INDIKATOR_KELIRU = [
    ({"kode": "Sampah RT"}, "kode", "huruf kecil"),
    ({"kode": "ikm"}, "kode", "sudah dipakai"),
    ({"kode": "akip"}, "kode", "dipakai program sendiri"),
    ({"nama": ""}, "nama", "Isi nama indikator"),
    ({"satuan": ""}, "satuan", "Isi satuannya"),
    ({"paling_tinggi": "-1"}, "paling_tinggi", "tidak boleh negatif"),
    ({"paling_tinggi": "seratus"}, "paling_tinggi", "bukan angka"),
    ({"paling_tinggi": "0"}, "paling_tinggi", "tidak boleh 0"),
    ({"urutan": "0"}, "urutan", "Isi angka 1 sampai"),
    ({"urutan": ""}, "urutan", "Isi nomor urutnya"),
    ({"sasaran": str(uuid.UUID(int=0))}, "sasaran", "Mohon pilih"),
    ({"arah": "samping"}, "arah", "Mohon pilih"),
]


@ON_SQLITE
def test_an_indikator_that_cannot_be_is_refused_at_its_field(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    for answers, field, message in INDIKATOR_KELIRU:
        page = lia.fill_in(f"{RENCANA}/indikator/tambah", {**SAMPAH, **answers}, status=422)

        assert message in page.by_id(f"{field}-galat").text
        assert page.by_id("formula").raw_text.strip() == SAMPAH["formula"]
    assert count(database, Indikator) == 1


@ON_SQLITE
def test_a_bound_below_a_figure_that_stands_is_refused(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    set_realisasi(database, ikm, 2023, cara="dokumen", nilai=Decimal("93.85"), sumber="LKjIP")

    page = lia.fill_in(f"{RENCANA}/indikator/ikm", {"paling_tinggi": "90"}, status=422)

    assert "Angka tahun 2023 sudah 93,85" in page.by_id("paling_tinggi-galat").text


@ON_SQLITE
def test_an_indikator_that_the_program_knows_keeps_its_code(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    page = lia.open(f"{RENCANA}/indikator/ikm")
    assert "Kode ikm tidak dapat diubah" in page.text

    new = {"kode": "lain", "nama": "Indeks Kepuasan Masyarakat"}
    lia.send(page, new, form=form_number(page, "/indikator/ikm"))

    assert read_indikator(database, "ikm").nama == "Indeks Kepuasan Masyarakat"


@ON_SQLITE
@pytest.mark.parametrize("kode", ["probebaya", "sampah-rt"])
def test_the_direction_stays_once_figures_depend_on_it(
    lia: Petugas, database: Database, ikm: uuid.UUID, kode: str
) -> None:
    lia.fill_in(f"{RENCANA}/indikator/tambah", {**SAMPAH, "kode": kode})
    url = f"{RENCANA}/indikator/{kode}"
    if kode not in KODE_TETAP:
        lia.fill_in(url, {"arah": "turun"})
        lia.fill_in(url, {"arah": "naik"})
        seen = lia.open(url)
        lia.fill_in(f"/admin/capaian/{kode}/2025", {"target": "90"})
        page = lia.send(seen, {"arah": "turun"}, status=422, form=form_number(seen, url))
    else:
        page = lia.fill_in(url, {"arah": "turun"}, status=422)

    assert "Buat indikator baru" in page.by_id("arah-galat").text
    assert read_indikator(database, kode).arah == "naik"
    lia.fill_in(url, {"nama": "Nama baru"})
    assert read_indikator(database, kode).nama == "Nama baru"


@ON_SQLITE
def test_only_what_is_unused_is_deleted(lia: Petugas, database: Database, sasaran: str) -> None:
    tujuan = f"{RENCANA}/tujuan/{read_id(database, Tujuan)}"
    for url, reason in (
        (tujuan, "masih punya sasaran"),
        (sasaran, "masih punya indikator"),
        (f"{RENCANA}/indikator/ikm", "sudah punya target"),
    ):
        page = lia.open(url)
        assert reason in page.text
        assert not [form for form in page.forms if form.action.endswith("/hapus")]
        versi = {"csrf_token": page.forms[0].fields["csrf_token"], "versi": "1"}
        lia.client.post(f"{url}/hapus", data=versi)
        assert reason in lia.open(url).text
    assert (count(database, Tujuan), count(database, Sasaran), count(database, Indikator)) == (
        1, 1, 1,
    )  # fmt: skip


@ON_SQLITE
def test_what_is_unused_goes_with_its_parts(lia: Petugas, database: Database, sasaran: str) -> None:
    tujuan = f"{RENCANA}/tujuan/{read_id(database, Tujuan)}"
    lia.fill_in(f"{tujuan}/sasaran", {"uraian": "Keliru"})
    keliru = f"{RENCANA}/sasaran/{read_id(database, Sasaran, 1)}"
    lia.fill_in(keliru, {"program": "PROGRAM LAIN"})
    lia.fill_in(f"{RENCANA}/indikator/tambah", SAMPAH)
    lia.fill_in(f"{RENCANA}/indikator/sampah-rt", {"nama_lain": "RT bersih"})

    lia.press(f"{RENCANA}/indikator/sampah-rt", f"{RENCANA}/indikator/sampah-rt/hapus")
    lia.press(keliru, f"{keliru}/hapus")

    assert (count(database, Sasaran), count(database, Dukungan)) == (1, 0)
    assert [one.objek for one in read_catatan(database) if one.aksi == "hapus"] == [
        "nama_lain", "indikator", "dukungan", "sasaran",
    ]  # fmt: skip


@ON_SQLITE
def test_of_two_people_who_change_a_sasaran_the_second_is_told(
    lia: Petugas, database: Database, sasaran: str
) -> None:
    seen = lia.open(sasaran)
    lia.fill_in(sasaran, {"uraian": "Yang pertama"})

    number = form_number(seen, sasaran)
    page = lia.send(seen, {"uraian": "Kedua"}, form=number, status=409)

    assert "sudah diubah orang lain" in page.text


@ON_SQLITE
def test_a_programme_is_spelled_as_in_the_budget_and_pays_once(
    lia: Petugas, database: Database, kantor: Kantor, sasaran: str
) -> None:
    add_anggaran_2024(database, kantor)
    options = lia.open(sasaran).root.first("datalist").all("option")
    offered = [one.attrs["value"] for one in options]
    assert PEMBERDAYAAN in offered
    new = {"program": PEMBERDAYAAN.title(), "jenis_unit": "kelurahan"}

    lia.fill_in(sasaran, new)

    with database.reading() as session:
        stored = session.scalars(select(Dukungan)).one()
    assert (stored.program, stored.jenis_unit) == (PEMBERDAYAAN, "kelurahan")
    for jenis in ("kelurahan", ""):
        page = lia.fill_in(sasaran, {**new, "jenis_unit": jenis}, status=422)
        assert "hanya dihitung untuk satu sasaran" in page.by_id("program-galat").text
    lia.fill_in(sasaran, {**new, "jenis_unit": "kecamatan"})
    assert f"{PEMBERDAYAAN} (hanya kelurahan)" in lia.open(RENCANA).text


@ON_SQLITE
def test_a_programme_that_no_budget_knows_is_stored_and_pointed_out(
    lia: Petugas, database: Database, sasaran: str
) -> None:
    page = lia.follow(lia.fill_in(sasaran, {"program": "PROGRAM BARU"}))

    assert "Program itu belum ada di anggaran" in page.text
    assert "belum ada di anggaran" in lia.open(RENCANA).text
    lia.press(sasaran, f"{RENCANA}/dukungan/{read_id(database, Dukungan)}/hapus")
    assert count(database, Dukungan) == 0


@ON_SQLITE
def test_the_matrix_shows_each_year_and_the_end_of_the_plan(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    decree = {"keputusan": "SK 7", "tanggal_keputusan": "2024-10-01"}
    lia.fill_in("/admin/capaian/ikm/2024", {"target": "88,50", **decree})

    page = lia.open(f"{RENCANA}/target")

    head, row = page.root.first("table").all("tr")
    assert [one.text for one in head.all("th")][2:] == [
        "2021", "2022", "2023", "2024", "2025", "2026akhir Renstra",
    ]  # fmt: skip
    cells = [one.text for one in row.all("td")]
    assert cells[1].startswith("– Isi target")
    assert cells[4].startswith("88,50 perubahan ke-1")
    assert cells[6].startswith("89,05")
    csv = lia.client.get(f"{RENCANA}/target?unduh=csv").text
    assert "2026 (akhir Renstra)" in csv
    assert "Indikator ikm,Nilai,,,,88.50,,89.05" in csv


@ON_SQLITE
def test_the_agreement_of_a_year_has_its_document_and_its_table(
    lia: Petugas, database: Database, kantor: Kantor, ikm: uuid.UUID
) -> None:
    url = f"{RENCANA}/perjanjian/2024"
    form = lia.open(url)
    assert form.by_id("pertama_jabatan").attrs["value"] == "Camat Palaran"
    assert form.by_id("kedua_jabatan").attrs["value"] == "Wali Kota Samarinda"
    lia.fill_in(
        url,
        {
            "dokumen": "PK/1/2024", "tempat": "Samarinda", "tanggal": "2024-01-08",
            "pertama_nama": "Ibu Camat", "kedua_nama": "Bapak Wali Kota",
        },
    )  # fmt: skip

    page = lia.open(f"{RENCANA}/perjanjian?tahun=2024")

    for part in ("PK/1/2024", "Samarinda, 8 Januari 2024", "Camat Palaran, Ibu Camat"):
        assert part in page.text
    row = [one.text for one in page.root.first("table").all("tr")[1].walk() if one.tag in "th td"]
    assert row == ["Sasaran ikm", "Indikator ikm", "Nilai", "88,31", ""]
    assert "Target 2025 belum diisi" in lia.open(f"{RENCANA}/perjanjian?tahun=2025").text
    with database.reading() as session:
        assert session.get_one(Perjanjian, (kantor.palaran, 2024)).kedua_nama == "Bapak Wali Kota"
    # The next year begins with the same people.
    assert lia.open(f"{RENCANA}/perjanjian/2025").by_id("kedua_nama").attrs["value"] == (
        "Bapak Wali Kota"
    )


@ON_SQLITE
def test_an_agreement_names_who_promises(lia: Petugas, ikm: uuid.UUID) -> None:
    answers = {"pertama_jabatan": "", "tanggal": "kemarin"}

    page = lia.fill_in(f"{RENCANA}/perjanjian/2024", answers, status=422)

    assert "Isi jabatan yang berjanji" in page.by_id("pertama_jabatan-galat").text
    assert "Tanggal harus ditulis" in page.by_id("tanggal-galat").text


@ON_SQLITE
def test_what_is_not_in_the_plan_is_not_found(lia: Petugas, ikm: uuid.UUID) -> None:
    for url in (
        f"{RENCANA}/tujuan/{uuid.UUID(int=0)}",
        f"{RENCANA}/sasaran/{uuid.UUID(int=0)}",
        f"{RENCANA}/indikator/lain",
        f"{RENCANA}/perjanjian/2020",
        f"{RENCANA}/perjanjian?tahun=2030",
        f"{RENCANA}/perjanjian?tahun=kini",
    ):
        lia.open(url, status=404)


@ON_SQLITE
def test_the_plan_of_another_office_is_not_found(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    add_indikator(database, kantor.kota, "ikm", {2024: "80"})

    lia.open(f"{RENCANA}/tujuan/{read_id(database, Tujuan)}", status=404)
    lia.open(f"{RENCANA}/sasaran/{read_id(database, Sasaran)}", status=404)
    lia.open(f"{RENCANA}/indikator/ikm", status=404)
    assert "Belum ada rencana" in lia.open(RENCANA).text


@ON_SQLITE
def test_an_indikator_without_a_place_is_shown_last(
    lia: Petugas, database: Database, ikm: uuid.UUID
) -> None:
    lia.fill_in(f"{RENCANA}/indikator/tambah", {**SAMPAH, "sasaran": "", "urutan": "1"})

    assert "Belum punya tempat di rencana" in lia.open(RENCANA).text
    titles = [one.text for one in lia.open("/admin/capaian?tahun=2024").root.all("h2")]
    assert titles == ["Sasaran 1: Sasaran ikm", "Sasaran: belum ditentukan"]


@ON_SQLITE
def test_no_plan_yet_is_told_on_every_page(lia: Petugas, database: Database) -> None:
    for url in (RENCANA, f"{RENCANA}/target", f"{RENCANA}/perjanjian"):
        assert "Belum ada rencana strategis" in lia.open(url).text
    assert lia.open(f"{RENCANA}/tujuan/tambah", status=303).location == RENCANA
    assert count(database, Rencana) == 0
