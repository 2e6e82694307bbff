"""How a question sounds: which audio file says exactly the words that are shown.

``python -m skm_app.survey.suara`` (``make suara``) makes the files that are missing or say other
words than the questionnaire does now; it needs espeak-ng and lame. A recorded file replaces one
by one (docs/decisions/010) and is left alone as long as its words are the present ones.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from skm_app.scoring import Butir, Instrumen, load_shipped

FOLDER = Path(__file__).resolve().parent.parent.parent / "static" / "survey" / "suara"
MANIFEST = FOLDER / "manifest.json"
REKAMAN = "rekaman"  # spoken by a person
BUATAN = "espeak-ng"
# Words per minute; espeak's own 175 is fast for a listener who is not used to it.
SPEED = "135"
KBIT = "24"


@dataclass(frozen=True, kw_only=True)
class Suara:
    """A file under static/ with a question's words; ``rekaman``: spoken by a person."""

    berkas: str
    rekaman: bool


def spoken_text(butir: Butir) -> str:
    """The words of a question and its answers, in the order they are read."""
    answers = " ".join(
        f"{nomor}: {teks}." for nomor, teks in enumerate(butir.pilihan, start=1)
    ).replace("/", " atau ")
    question = butir.pertanyaan.replace("/", " atau ")
    return f"{question} Pilihan jawaban. {answers}"


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def read_manifest() -> dict[str, dict[str, str]]:
    """``{"skm-9/biaya.mp3": {"sha256": hash of the spoken text, "asal": …}}``"""
    if not MANIFEST.exists():
        return {}
    found: dict[str, dict[str, str]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return found


def find_suara(instrumen: Instrumen, butir: Butir) -> Suara | None:
    """The file that says this question, or None: a file with other words is never played."""
    name = f"{instrumen.kode}/{butir.kunci}.mp3"
    entry = read_manifest().get(name)
    if entry is None or entry["sha256"] != text_hash(spoken_text(butir)):
        return None
    return Suara(berkas=f"survey/suara/{name}", rekaman=entry["asal"] == REKAMAN)


def list_butir() -> Iterator[tuple[str, Butir]]:
    """Every question of the shipped questionnaires with the name of its file."""
    for instrumen in load_shipped().values():
        for butir in instrumen.butir:
            yield f"{instrumen.kode}/{butir.kunci}.mp3", butir


def main() -> None:
    manifest = dict(read_manifest())
    for name, butir in list_butir():
        text = spoken_text(butir)
        wanted = text_hash(text)
        entry = manifest.get(name)
        if (FOLDER / name).exists() and entry is not None and entry["sha256"] == wanted:
            continue
        if entry is not None and entry["asal"] == REKAMAN:
            sys.stderr.write(f"{name}: rekaman ini memuat kata-kata lama; diganti suara buatan.\n")
        speak(text, FOLDER / name)
        manifest[name] = {"sha256": wanted, "asal": BUATAN}
    names = {name for name, _ in list_butir()}
    kept = {name: manifest[name] for name in sorted(manifest) if name in names}
    MANIFEST.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def speak(text: str, path: Path) -> None:
    """Make one file with espeak-ng's Indonesian voice.

    :raise OSError: if espeak-ng or lame is not installed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "suara.wav"
        _run("espeak-ng", "-v", "id", "-s", SPEED, "-g", "2", "-w", str(wav), text)
        # No tag and no encoder's date: the same words give the same bytes.
        _run("lame", "--quiet", "-m", "m", "-b", KBIT, "--resample", "22.05", "-t",
             str(wav), str(path))  # fmt: skip


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - our own commands, no shell


if __name__ == "__main__":
    main()
