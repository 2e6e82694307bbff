"""The catalogue of translations is whole, and nothing in it is left over."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from skm_app.scoring import load_shipped
from skm_app.web.bahasa import TRANSLATIONS

ROOT = TRANSLATIONS.parent
PO = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%\(\w+\)[sd]|</?b[^>]*>")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What ``make terjemah`` finds in the program now."""
    pot = tmp_path_factory.mktemp("terjemah") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg"]
    options = ["-k", "mark", "--ignore-dirs", ".* __pycache__", "-o", str(pot), "."]
    subprocess.run([*command, *options], cwd=ROOT, check=True, timeout=120)
    return read_catalogue(pot)


def read_catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def test_every_word_has_an_english_one_and_none_is_left_over(extracted: Catalog) -> None:
    english = read_catalogue(PO)
    wanted = {message.id for message in extracted if message.id}
    given = {message.id for message in english if message.id and message.string}
    assert wanted - given == set(), "run make terjemah and translate these"
    assert given - wanted == set(), "nothing shows these any more"
    assert english.obsolete == {}
    assert [message.id for message in english if message.id and message.fuzzy] == []


def test_both_questionnaires_are_in_the_catalogue(extracted: Catalog) -> None:
    ids = {message.id for message in extracted}
    for instrumen in load_shipped().values():
        for butir in instrumen.butir:
            assert {butir.pertanyaan, butir.bantuan, *butir.pilihan} <= ids


def test_answers_of_one_question_stay_different_in_english() -> None:
    english = read_catalogue(PO)
    for instrumen in load_shipped().values():
        for butir in instrumen.butir:
            words = {str(english[teks].string) for teks in butir.pilihan}
            assert len(words) == 4, butir.kunci


def test_translations_keep_places_and_marks() -> None:
    for message in read_catalogue(PO):
        if message.id:
            text, english = str(message.id), str(message.string)
            assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(english)), text
            assert "<script" not in english
            assert english == english.strip()
