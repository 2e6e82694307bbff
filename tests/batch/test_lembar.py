"""One paper form as it was typed: read, shown again, compared."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from skm_app.batch.lembar import LembarError, decide_beda, fields_of, list_beda, parse_isi
from skm_app.models import Lembar
from skm_app.tempat import PilihanLayanan, Tempat
from tests.offices import SKM_9

KTP = PilihanLayanan(id=uuid.uuid4(), kode="ktp-kk", nama="Pengantar KTP")
SKTM = PilihanLayanan(id=uuid.uuid4(), kode="sktm", nama="Surat tidak mampu")
TEMPAT = Tempat(
    titik_id=uuid.uuid4(),
    kode="PARAHA",
    aktif=True,
    unit_id=uuid.uuid4(),
    kantor="Kecamatan Palaran",
    layanan=(KTP, SKTM),
    layanan_lama=(),
    instrumen_id=SKM_9.id,
    instrumen=SKM_9,
)


def typed(digits: str = "333433343", **changes: str) -> dict[str, str]:
    """A form as the grid sends it; digits in the order of the paper's questions."""
    fields = dict(zip(SKM_9.fields.values(), digits, strict=True))
    return {**fields, "layanan": "ktp-kk", **changes}


def make_lembar(first: dict[str, str], second: dict[str, str] | None) -> Lembar:
    isi_kedua: dict[str, Any] | None = parse_isi(second, TEMPAT) if second else None
    return Lembar(
        batch_id=uuid.uuid4(),
        nomor=1,
        submission_id=uuid.uuid4(),
        isi=parse_isi(first, TEMPAT),
        isi_kedua=isi_kedua,
    )


def test_the_eighth_question_of_the_paper_is_sarana_and_the_ninth_pengaduan() -> None:
    isi = parse_isi(typed("111111142"), TEMPAT)

    assert isi["nilai"]["sarpras"] == 4
    assert isi["nilai"]["pengaduan"] == 2


def test_a_dash_is_not_answered_and_a_gap_is_named() -> None:
    assert parse_isi(typed("-33433343"), TEMPAT)["nilai"]["persyaratan"] is None
    with pytest.raises(LembarError, match="Pertanyaan 8: pilih 1 sampai 4"):
        parse_isi(typed(u9=""), TEMPAT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"u1": "5"}, "u1"),
        ({"layanan": ""}, "layanan"),
        ({"layanan": "lain"}, "layanan"),
        ({"usia": "muda"}, "usia"),
        ({"jenis_kelamin": "X"}, "jenis_kelamin"),
        ({"dibantu": "mungkin"}, "dibantu"),
        ({"saran": "x" * 1201}, "saran"),
    ],
)
def test_what_no_form_can_hold_is_refused_by_field(changes: dict[str, str], field: str) -> None:
    with pytest.raises(LembarError) as caught:
        parse_isi(typed(**changes), TEMPAT)
    assert list(caught.value.galat) == [field]


def test_a_form_without_any_answer_is_refused() -> None:
    with pytest.raises(LembarError, match="tidak mempunyai satu pun jawaban"):
        parse_isi(typed("---------"), TEMPAT)


def test_what_was_read_comes_back_as_it_was_typed() -> None:
    fields = typed(
        "-12341234", jenis_kelamin="P", usia="17-25", saran="Antre lama", pengaduan="ya",
        pendidikan="", pekerjaan="", dibantu="tidak",
    )  # fmt: skip
    assert fields_of(parse_isi(fields, TEMPAT), SKM_9) == fields


def test_a_complaint_without_a_comment_is_none() -> None:
    assert parse_isi(typed(pengaduan="ya"), TEMPAT)["pengaduan"] is False


def test_differences_are_named_by_question_and_settled_either_way() -> None:
    lembar = make_lembar(typed("333433343", usia="17-25"), typed("333433334", layanan="sktm"))

    found = list_beda([lembar], TEMPAT)

    assert [(one.label, one.pertama, one.kedua) for one in found] == [
        ("Layanan", "Pengantar KTP", "Surat tidak mampu"),
        ("Pertanyaan 8 (Sarana dan Prasarana)", "4", "3"),
        ("Pertanyaan 9 (Penanganan Pengaduan, Saran dan Masukan)", "3", "4"),
        ("Usia", "17–25 tahun", "kosong"),
    ]
    decide_beda(lembar, {"layanan": "1", "nilai-sarpras": "2", "nilai-pengaduan": "1", "usia": "2"})
    assert list_beda([lembar], TEMPAT) == []
    assert lembar.isi["layanan"] == "ktp-kk"
    assert (lembar.isi["nilai"]["sarpras"], lembar.isi["nilai"]["pengaduan"]) == (3, 3)
    assert lembar.isi["usia"] is None


def test_a_form_typed_once_has_no_differences() -> None:
    assert list_beda([make_lembar(typed(), None)], TEMPAT) == []
    assert list_beda([make_lembar(typed(), typed())], TEMPAT) == []
