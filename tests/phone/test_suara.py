"""Every question can be heard, and what is heard are the words that are shown."""

from __future__ import annotations

import dataclasses

import pytest

from skm_app.scoring import Butir
from skm_app.survey.suara import (
    FOLDER,
    find_suara,
    list_butir,
    read_manifest,
    spoken_text,
    text_hash,
)
from tests.offices import SKM_9

SPOKEN = dict(list_butir())


@pytest.mark.parametrize("name", SPOKEN)
def test_each_question_has_a_file_that_says_its_present_words(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    # An MP3 frame at once: no tag, no encoder's date.
    assert data[0] == 0xFF
    assert data[1] & 0xE0 == 0xE0
    assert 10_000 < len(data) < 120_000
    entry = read_manifest()[name]
    assert entry["sha256"] == text_hash(spoken_text(SPOKEN[name])), "run make suara"
    assert entry["asal"] in ("espeak-ng", "rekaman")


def test_no_file_is_left_over() -> None:
    there = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.mp3")}
    assert there == set(SPOKEN) == set(read_manifest())


def test_a_question_with_other_words_is_not_read_with_the_old_ones() -> None:
    butir: Butir = SKM_9.butir[0]
    assert find_suara(SKM_9, butir) is not None
    for changed in (
        dataclasses.replace(butir, pertanyaan="Apakah syaratnya sesuai?"),
        dataclasses.replace(butir, pilihan=("Tidak", "Kurang", "Ya", "Ya sekali")),
        dataclasses.replace(butir, kunci="lain"),
    ):
        assert find_suara(SKM_9, changed) is None


def test_the_spoken_words_are_the_question_and_its_answers_in_order() -> None:
    biaya = next(one for one in SKM_9.butir if one.kunci == "biaya")
    assert spoken_text(biaya) == (
        "Bagaimana pendapat Saudara tentang kewajaran biaya atau tarif dalam pelayanan? "
        "Pilihan jawaban. 1: Sangat mahal. 2: Cukup mahal. 3: Murah. 4: Gratis."
    )
