"""A form filled in completely, and what a page that came back still holds of it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.offices import make_answers
from tests.pages import Page

WHOLE = {
    **make_answers(u1="1", u4="4", u8="tidak-tahu"),
    "jenis_kelamin": "L",
    "usia": ">65",
    "pendidikan": "Tidak sekolah",
    "pekerjaan": "Pelajar/Mahasiswa",
    "saran": "Baris satu.\r\nBaris dua & <tiga>.",
    "pengaduan": "ya",
}


def kept(page: Page) -> dict[str, str]:
    fields = page.forms[0].fields
    return {
        name: value.replace("\r\n", "\n")
        for name, value in fields.items()
        if name not in ("csrf_token", "submission_id")
    }


def plain(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: value.replace("\r\n", "\n") for name, value in answers.items()}


def faults_of(page: Page) -> dict[str, str]:
    """The list at the top: what each link points to, and its words."""
    return {
        link.attrs["href"].removeprefix("#"): link.text for link in page.by_id("salah").all("a")
    }
