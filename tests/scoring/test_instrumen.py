"""Instruments: the shipped ones say what the regulation says, broken ones are refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from skm_app.scoring import Butir, Instrumen, InstrumenError, load_shipped, parse_instrumen

SKM_9 = load_shipped()["skm-9"]
SKM_16 = load_shipped()["skm-16"]

UNSUR = (
    ("U1", "persyaratan", "Persyaratan"),
    ("U2", "prosedur", "Sistem, Mekanisme, dan Prosedur"),
    ("U3", "waktu", "Waktu Penyelesaian"),
    ("U4", "biaya", "Biaya/Tarif"),
    ("U5", "produk", "Produk Spesifikasi Jenis Pelayanan"),
    ("U6", "kompetensi", "Kompetensi Pelaksana"),
    ("U7", "perilaku", "Perilaku Pelaksana"),
    ("U8", "pengaduan", "Penanganan Pengaduan, Saran dan Masukan"),
    ("U9", "sarpras", "Sarana dan Prasarana"),
)


@pytest.mark.parametrize("instrumen", [SKM_9, SKM_16], ids=lambda i: str(i.kode))
def test_a_shipped_instrument_has_the_nine_unsur_of_the_regulation(instrumen: Instrumen) -> None:
    assert tuple((u.kode, u.kunci, u.nama) for u in instrumen.unsur) == UNSUR
    assert {unsur.bobot for unsur in instrumen.unsur} == {Fraction(1, 9)}


def test_the_form_asks_sarpras_eighth_and_pengaduan_ninth() -> None:
    assert [butir.kunci for butir in SKM_9.butir] == [
        *("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku"),
        *("sarpras", "pengaduan"),
    ]


def test_a_field_carries_the_number_of_its_unsur_not_its_place_on_the_form() -> None:
    assert SKM_9.field_of("pengaduan") == "u8"
    assert SKM_9.field_of("sarpras") == "u9"


def test_an_unsur_with_several_butir_has_numbered_fields() -> None:
    assert [SKM_16.field_of(b.kunci) for b in SKM_16.butir_of("prosedur")] == [
        "u2_1",
        "u2_2",
        "u2_3",
    ]
    assert SKM_16.field_of("waktu-1") == "u3"


def test_no_two_butir_share_a_field() -> None:
    assert len(set(SKM_16.fields.values())) == 16


def test_the_best_answer_about_biaya_is_gratis() -> None:
    biaya = next(butir for butir in SKM_9.butir if butir.kunci == "biaya")
    assert biaya.pilihan == ("Sangat mahal", "Cukup mahal", "Murah", "Gratis")


def test_the_best_answer_about_pengaduan_is_well_managed() -> None:
    pengaduan = next(butir for butir in SKM_9.butir if butir.kunci == "pengaduan")
    assert pengaduan.pilihan == (
        "Tidak ada",
        "Ada tetapi tidak berfungsi",
        "Berfungsi kurang maksimal",
        "Dikelola dengan baik",
    )


def test_the_nine_questions_have_the_wording_of_the_regulation() -> None:
    questions = [butir.pertanyaan for butir in SKM_9.butir]
    assert questions[1] == (
        "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?"
    )
    assert questions[7] == "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?"
    assert all(q.startswith("Bagaimana ") and q.endswith("?") for q in questions)


def test_the_sixteen_items_use_sesuai_for_2_6_7_and_10_only() -> None:
    third = [butir.pilihan[2] for butir in SKM_16.butir]
    assert [place for place, label in enumerate(third, start=1) if label == "Sesuai"] == [
        *(2, 6, 7, 10)
    ]
    assert third.count("Setuju") == 12


def test_the_sixteen_items_are_marked_as_not_confirmed() -> None:
    assert "belum dikonfirmasi" in SKM_16.sumber


@pytest.mark.parametrize("instrumen", [SKM_9, SKM_16], ids=lambda i: str(i.kode))
def test_every_question_has_one_help_sentence(instrumen: Instrumen) -> None:
    for butir in instrumen.butir:
        assert butir.bantuan.endswith(".")
        assert butir.bantuan.count(". ") == 0


@pytest.mark.parametrize("instrumen", [SKM_9, SKM_16], ids=lambda i: str(i.kode))
def test_a_definition_survives_json_unchanged(instrumen: Instrumen) -> None:
    text = json.dumps(instrumen.to_dict())
    assert parse_instrumen(json.loads(text)) == instrumen


def test_an_instrument_is_named_with_its_version() -> None:
    assert SKM_9.id == "skm-9/1"


def test_the_callers_copy_of_the_shipped_instruments_is_their_own() -> None:
    load_shipped().clear()
    assert set(load_shipped()) == {"skm-9", "skm-16"}


def _change_bobot(definisi: dict[str, Any]) -> None:
    definisi["unsur"][0]["bobot"] = "0.11"


def _drop_butir(definisi: dict[str, Any]) -> None:
    definisi["butir"].pop(0)


def _repeat_kunci(definisi: dict[str, Any]) -> None:
    definisi["butir"][1]["kunci"] = "persyaratan"


def _three_pilihan(definisi: dict[str, Any]) -> None:
    definisi["butir"][0]["pilihan"].pop()


def _same_pilihan(definisi: dict[str, Any]) -> None:
    definisi["butir"][0]["pilihan"][1] = "Sesuai"


def _unknown_unsur(definisi: dict[str, Any]) -> None:
    definisi["butir"][0]["unsur"] = "keamanan"


def _swap_kode(definisi: dict[str, Any]) -> None:
    definisi["unsur"][7]["kode"], definisi["unsur"][8]["kode"] = "U9", "U8"


def _numeric_bobot(definisi: dict[str, Any]) -> None:
    definisi["unsur"][0]["bobot"] = 0.1111


def _zero_denominator(definisi: dict[str, Any]) -> None:
    definisi["unsur"][0]["bobot"] = "1/0"


def _huge_bobot(definisi: dict[str, Any]) -> None:
    definisi["unsur"][0]["bobot"] = "1e999999999"


def _zero_bobot(definisi: dict[str, Any]) -> None:
    definisi["unsur"][0]["bobot"] = "0"


def _no_nama(definisi: dict[str, Any]) -> None:
    del definisi["nama"]


def _extra(definisi: dict[str, Any]) -> None:
    definisi["catatan"] = "x"


def _text_versi(definisi: dict[str, Any]) -> None:
    definisi["versi"] = "1"


def _zero_versi(definisi: dict[str, Any]) -> None:
    definisi["versi"] = 0


def _butir_no_list(definisi: dict[str, Any]) -> None:
    definisi["butir"] = "persyaratan"


def _butir_no_object(definisi: dict[str, Any]) -> None:
    definisi["butir"][0] = "persyaratan"


def _empty_pertanyaan(definisi: dict[str, Any]) -> None:
    definisi["butir"][0]["pertanyaan"] = " "


def _bad_kode(definisi: dict[str, Any]) -> None:
    definisi["kode"] = "SKM 9"


def _bad_unsur_kode(definisi: dict[str, Any]) -> None:
    definisi["unsur"][0]["kode"] = "X1"


def _bad_kunci(definisi: dict[str, Any]) -> None:
    definisi["unsur"][0]["kunci"] = "Per syaratan"


def _empty_names(definisi: dict[str, Any]) -> None:
    definisi["unsur"][0]["nama"] = ""


def _empty_nama(definisi: dict[str, Any]) -> None:
    definisi["nama"] = ""


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (_change_bobot, "bobot semua unsur harus tepat 1, sekarang 899/900"),
        (_drop_butir, "Unsur U1 Persyaratan belum punya butir"),
        (_repeat_kunci, '"persyaratan" dipakai lebih dari sekali'),
        (_three_pilihan, "butir ke-1 harus 4 teks"),
        (_same_pilihan, "Pilihan jawaban butir persyaratan"),
        (_unknown_unsur, '"keamanan" yang tidak ada'),
        (_swap_kode, "berurutan"),
        (_numeric_bobot, '"bobot" pada unsur ke-1 harus berupa teks'),
        (_zero_denominator, "dibagi nol"),
        (_huge_bobot, "harus pecahan"),
        (_zero_bobot, "Bobot unsur U1 harus lebih dari 0"),
        (_no_nama, '"nama" pada instrumen tidak ada'),
        (_extra, '"catatan" pada instrumen tidak dikenal'),
        (_text_versi, '"versi" pada instrumen harus bilangan bulat'),
        (_zero_versi, "Versi instrumen skm-9 harus 1 atau lebih"),
        (_butir_no_list, '"butir" harus berupa daftar'),
        (_butir_no_object, "butir ke-1 harus berupa objek"),
        (_empty_pertanyaan, "Butir persyaratan belum punya pertanyaan"),
        (_bad_kode, "Kode instrumen"),
        (_bad_unsur_kode, "Kode unsur"),
        (_bad_kunci, "Kunci unsur"),
        (_empty_names, "Unsur U1 belum punya nama"),
        (_empty_nama, "Instrumen skm-9 belum punya nama"),
    ],
)
def test_a_broken_definition_is_refused_and_the_fault_named(
    spoil: Callable[[dict[str, Any]], None], named: str
) -> None:
    definisi: dict[str, Any] = json.loads(json.dumps(SKM_9.to_dict()))
    spoil(definisi)
    with pytest.raises(InstrumenError, match=named):
        parse_instrumen(definisi)


def test_a_butir_built_with_three_choices_is_refused_too() -> None:
    short: Any = ("Ya", "Tidak", "Ragu")
    butir: Butir = replace(SKM_9.butir[0], pilihan=short)
    with pytest.raises(InstrumenError, match="4 pilihan jawaban, sekarang 3"):
        replace(SKM_9, butir=(butir, *SKM_9.butir[1:]))


def test_a_unit_may_add_an_unsur_and_weigh_it_more() -> None:
    extra = replace(SKM_9.unsur[0], kode="U10", kunci="keamanan", bobot=Fraction(1, 4))
    nine = tuple(replace(unsur, bobot=Fraction(1, 12)) for unsur in SKM_9.unsur)
    butir = replace(SKM_9.butir[0], kunci="keamanan", unsur="keamanan")
    instrumen = replace(SKM_9, unsur=(*nine, extra), butir=(*SKM_9.butir, butir))
    assert instrumen.field_of("keamanan") == "u10"
