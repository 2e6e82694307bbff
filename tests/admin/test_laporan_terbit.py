"""Releasing a result: seen first, decided by a person, never another one than was seen."""

from __future__ import annotations

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Rtl
from tests.admin.helpers import Petugas
from tests.admin.laporan import LAPORAN, id_of, make_2024
from tests.offices import ON_SQLITE, Kantor, close, reopen

pytestmark = ON_SQLITE


def test_a_result_is_released_after_it_was_shown(
    lia: Petugas, budi: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    url = f"{page}/terbit"
    assert "Ditetapkan" in lia.open(LAPORAN).text
    shown = lia.open(url)
    for kalimat in ("87,23", "dari 36 responden", "tidak dapat ditarik oleh satu orang"):
        assert kalimat in shown.text
    lia.fill_in(url, {"paham": None}, 422)
    assert "belum diterbitkan" in lia.open(page).text

    lia.fill_in(url, {"paham": "y"})

    assert "Diterbitkan" in lia.open(LAPORAN).text
    assert "tampil untuk umum sejak" in budi.open(page).text
    assert lia.client.get(url).location == page


def test_what_was_opened_and_closed_again_meanwhile_is_not_released_unseen(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    shown = lia.open(f"{page}/terbit")
    reopen(database, id_of(page))
    assert lia.client.get(f"{page}/terbit").location == page
    close(database, id_of(page))
    form = next(n for n, one in enumerate(shown.forms) if "sidik" in one.fields)
    lia.send(shown, {"paham": "y"}, 409, form=form, to=f"{page}/terbit")
    assert "belum diterbitkan" in lia.open(page).text


def test_another_content_than_was_seen_is_not_released(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor)
    shown = lia.open(f"{page}/terbit")
    with database.writing() as session:
        session.add(
            Rtl(
                periode_id=id_of(page), unsur="sarpras", program="Menambah kursi", tahun=2025,
                triwulan=1, penanggung_jawab="Siti", status="rencana", uraian_hasil="",
            )
        )  # fmt: skip
    form = next(n for n, one in enumerate(shown.forms) if "sidik" in one.fields)
    again = lia.send(shown, {"paham": "y"}, 409, form=form, to=f"{page}/terbit")
    assert "Mohon periksa sekali lagi" in again.text
    assert "belum diterbitkan" in lia.open(page).text
    lia.fill_in(f"{page}/terbit", {"paham": "y"})
    assert "tampil untuk umum sejak" in lia.open(page).text


def test_the_page_says_what_is_missing_before_it_is_signed(
    lia: Petugas, database: Database, intake: Intake, kantor: Kantor
) -> None:
    page = make_2024(database, intake, kantor, tutup=False)
    told = lia.open(page).text
    for kalimat in (
        "belum ditetapkan, jadi setiap berkas bertanda SEMENTARA",
        "Jumlah pengguna layanan belum diisi",
        "Belum ada rencana tindak lanjut untuk unsur terlemah: Persyaratan; Perilaku Pelaksana",
        "belum lengkap: tempat penandatanganan, jabatan, nama penanda tangan, dan NIP",
    ):
        assert kalimat in told
