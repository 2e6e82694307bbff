"""The year ends: paper comes in, test rows go out, two people close, the camat reads a page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.offices import PALARAN_2024
from tests.running import run_skm
from tests.stories.conftest import DESKTOP, Demo, check_accessible, sign_in

Open = Callable[..., Page]
UJI = "Uji coba"
SANDI_BARU = "perahu hanyut ke hilir sungai"
SANDI_LABEL = ("Kata sandi sekarang", "Kata sandi baru", "Kata sandi baru, sekali lagi")


def add_colleague(demo: Demo) -> str:
    """An account for the head of the office, made on the server; returns its password."""
    done = run_skm("user", "add", "budi", "--role", "pimpinan", env=demo.server.env)
    found = re.search(r"Sandi sekali pakai: (\S+)", done.stdout)
    assert found, done
    return found[1]


def make_file(folder: Path) -> Path:
    """The forms of 2024 as they were stored, and two rows that somebody typed to try it out."""
    rows = list(csv.reader(io.StringIO(PALARAN_2024.read_text(encoding="utf-8-sig"))))
    header = rows[0]
    tests = []
    for nilai in ("1", "2"):
        row = {name: nilai if re.fullmatch(r"U[1-9]", name) else "" for name in header}
        row["Tanggal"] = "30/12/2024"
        tests.append([row[name] for name in header])
    path = folder / "kuesioner-kertas-2024.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*rows, *tests])
    return path


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("link", name=name).first.click()


def decide_as_budi(budi: Page, demo: Demo, button: re.Pattern[str]) -> None:
    """The colleague opens the one proposal that waits, reads it and agrees."""
    budi.goto(f"{demo.admin}usulan")
    check_accessible(budi)
    follow(budi, re.compile("Periksa dan putuskan"))
    check_accessible(budi)
    press(budi, button)
    expect(budi.get_by_role("status")).to_be_visible()


def open_2024(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.admin}periode")
    check_accessible(page)
    page.get_by_role("link", name=re.compile("2024")).first.click()
    expect(page.get_by_role("heading", level=1, name="Periode 2024")).to_be_visible()
    check_accessible(page)


def test_the_year_ends(demo: Demo, open_page: Open, tmp_path: Path) -> None:
    sandi_budi = add_colleague(demo)
    lia, budi = open_page(viewport=DESKTOP), open_page(viewport=DESKTOP)
    sign_in(lia, demo)
    budi.goto(demo.admin)
    budi.get_by_label("Nama akun").fill("budi")
    budi.get_by_label("Kata sandi").fill(sandi_budi)
    press(budi, "Masuk")
    # Whoever knows the printed password could agree in his name: he chooses his own first.
    follow(budi, "Ganti sekarang")
    check_accessible(budi)
    for label, sandi in zip(SANDI_LABEL, (sandi_budi, SANDI_BARU, SANDI_BARU), strict=True):
        budi.get_by_label(label, exact=True).fill(sandi)
    press(budi, "Simpan kata sandi")

    # 2024 was closed too early: two people open it again, and its result stays readable.
    open_2024(lia, demo)
    follow(lia, "Usulkan buka kembali")
    lia.get_by_label("Alasan").fill("Kuesioner kertas tertinggal.")
    press(lia, "Usulkan buka kembali")
    decide_as_budi(budi, demo, re.compile("Setujui"))
    open_2024(lia, demo)
    expect(lia.get_by_text("Dibuka kembali dan belum ditetapkan lagi")).to_be_visible()

    # The paper forms come in as a file; the program knows which rows it has already.
    lia.goto(f"{demo.admin}impor")
    check_accessible(lia)
    follow(lia, "Impor berkas baru")
    check_accessible(lia)
    titik = find_option(lia, "Kuesioner kertas di loket")
    lia.get_by_label("Titik").select_option(label=titik)
    lia.get_by_label("Berkas").set_input_files(make_file(tmp_path))
    press(lia, "Unggah dan lanjutkan")
    check_accessible(lia)
    # The file does not say which of U8 and U9 is which: the program asks instead of guessing.
    press(lia, "Periksa isi berkas")
    expect(lia.get_by_text("Hati-hati dengan U8 dan U9.")).to_be_visible()
    lia.get_by_label("Penanganan Pengaduan, Saran dan Masukan").select_option(label="N: U8")
    lia.get_by_label("Sarana dan Prasarana").select_option(label="O: U9")
    press(lia, "Periksa isi berkas")
    check_accessible(lia)
    lia.get_by_label("Ini berkas lama yang ditambah baris").check()
    press(lia, "Simpan ke hasil survei")
    expect(lia.get_by_text("2 jawaban tersimpan")).to_be_visible()
    batch = lia.get_by_role("heading", level=1).inner_text().removeprefix("Impor ")

    # Those two were only a trial: with a colleague they are left out, and stay stored.
    lia.goto(f"{demo.admin}kualitas?batch={batch}&tampil=semua&mulai=2024-01-01&sampai=2024-12-31")
    check_accessible(lia)
    boxes = lia.get_by_role("checkbox", name=re.compile("Pilih jawaban"))
    expect(boxes).to_have_count(2)
    for number in range(2):
        boxes.nth(number).check()
    lia.get_by_label("Alasan").select_option(label=find_option(lia, UJI))
    lia.get_by_label(re.compile("Penjelasan|Uraian")).fill("Dua baris percobaan pengetikan.")
    press(lia, "Usulkan untuk dikecualikan")
    decide_as_budi(budi, demo, re.compile("Setujui"))

    # 2024 closes again, at the printed index.
    open_2024(lia, demo)
    follow(lia, "Usulkan penetapan")
    check_accessible(lia)
    lia.get_by_label("Keterangan untuk pemeriksa").fill("Semua kuesioner sudah masuk.")
    press(lia, re.compile("Usulkan 87,23 dari 36 responden"))
    decide_as_budi(budi, demo, re.compile("Setujui dan tetapkan 87,23 dari 36 responden"))
    open_2024(lia, demo)
    for words in ("87,23", "Nomor 2", "dibuka kembali", "Dua baris percobaan pengetikan."):
        expect(lia.locator("main")).to_contain_text(words)

    # What will be done about the weakest unsur.
    lia.goto(f"{demo.admin}rtl")
    lia.get_by_label("Periode", exact=True).select_option(label=find_option(lia, "2024,"))
    press(lia, "Tampilkan")
    check_accessible(lia)
    follow(lia, "Tambah rencana")
    check_accessible(lia)
    lia.get_by_label("Unsur yang diperbaiki").select_option(label=find_option(lia, "Persyaratan"))
    lia.get_by_label(re.compile("Program")).fill("Papan syarat layanan di depan loket")
    lia.get_by_label("Triwulan").select_option(index=1)
    lia.get_by_label("Penanggung jawab").fill("Kasi Pelayanan Umum")
    press(lia, "Simpan rencana")
    expect(lia.get_by_text("Papan syarat layanan di depan loket").first).to_be_visible()

    # And the camat's page is one sheet of paper with all of it.
    budi.goto(f"{demo.admin}camat")
    check_accessible(budi)
    sheet = PdfReader(io.BytesIO(budi.pdf(prefer_css_page_size=True)))
    assert len(sheet.pages) == 1
    words = re.sub(r"\s+", " ", sheet.pages[0].extract_text())
    for figure in ("87,23", "98,78%", "Papan syarat layanan di depan loket", "93,85"):
        assert figure in words, words

    # The log knows every step, and everything proves right.
    lia.goto(f"{demo.admin}catatan")
    check_accessible(lia)
    for words in ("lia", "budi"):
        expect(lia.locator("main")).to_contain_text("admin" if words == "lia" else words)
    verified = run_skm("verify", env=demo.server.env)
    assert verified.returncode == 0, verified.stdout


def find_option(page: Page, words: str) -> str:
    """The whole text of the option that holds these words."""
    option = page.locator("option", has_text=words).first
    return str(option.text_content()).strip()
