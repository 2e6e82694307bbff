"""LibreOffice without a window: how an office that has no Excel sees our documents."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

BATAS_DETIK = 200


def convert(files: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """Convert documents in one run; most of its time is spent on starting.

    :param files: with different stems, since results are named after them.
    :param to: ``"pdf"``, ``"xlsx"``, or any other filter name of ``soffice --convert-to``.
    :param folder: where the results go; not the folder of the files if the ending is the same.
    :return: one path per file, in the same order.
    :raise AssertionError: with what LibreOffice said, if one of them is missing.
    """
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice (soffice) is needed to look at documents; install it."
    folder.mkdir(parents=True, exist_ok=True)
    # A profile of its own: two runs that share one would wait for each other, or give up.
    with tempfile.TemporaryDirectory(prefix="skm-soffice-") as profile:
        done = subprocess.run(
            [
                soffice, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
                "--norestore", "--convert-to", to, "--outdir", str(folder),
                *(str(file) for file in files),
            ],
            capture_output=True, text=True, timeout=BATAS_DETIK, check=False,
        )  # fmt: skip
    ending = to.split(":", 1)[0]
    made = [folder / f"{file.stem}.{ending}" for file in files]
    missing = [one.name for one in made if not one.exists()]
    assert not missing, f"LibreOffice did not make {missing}:\n{done.stdout}\n{done.stderr}"
    return made
