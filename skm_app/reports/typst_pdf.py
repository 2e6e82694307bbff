"""The one place where a document is compiled.

Data reaches a template only as JSON in ``sys.inputs.data``: what a person typed is
never part of the typst source. A template has to set the document title from
``sys.inputs.title`` and its language, and may not import packages.

The same template, data and title give the same bytes on every machine: only the fonts
shipped here are used, and the time is fixed.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

ROOM = Path(__file__).resolve().parent
TEMPLATES = ROOM / "templates"
FONTS = ROOM / "fonts"

WAKTU = datetime(2025, 1, 1, tzinfo=UTC)  # every document's; a real one would change its bytes


def compile_pdf(template: str, data: object, title: str) -> bytes:
    """Make a PDF.

    :param template: file name in ``templates/``.
    :param data: anything JSON can hold.
    :raise typst.TypstError: if the template has a fault.
    """
    return _compile(template, data, title, "pdf")


def compile_png(template: str, data: object, title: str, *, ppi: int = 300) -> bytes:
    """Make a picture of a one-page document.

    :param ppi: dots per inch.
    :raise typst.TypstError: if the template has a fault or the document more pages.
    """
    return _compile(template, data, title, "png", ppi=ppi)


def _compile(
    template: str, data: object, title: str, kind: Literal["pdf", "png"], ppi: int | None = None
) -> bytes:
    text = json.dumps(data, ensure_ascii=False)
    # Imported when needed: it would add 7 MB to a server that rarely prints.
    import typst

    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format=kind,
        ppi=ppi,
        # Half of a surrogate pair is not text, and typst refuses it.
        sys_inputs={"data": _mend(text), "title": _mend(title)},
        timestamp=WAKTU,
    )


def _mend(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
