"""The one place where a document is compiled.

Data reaches a template only as JSON in ``sys.inputs.data``: what a person typed is
never part of the typst source. A template has to set the document title from
``sys.inputs.title`` and its language, and may not import packages.

The same template, data and title give the same bytes on every machine: only the fonts
shipped here are used, and the time is fixed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

ROOM = Path(__file__).resolve().parent
TEMPLATES = ROOM / "templates"
FONTS = ROOM / "fonts"

WAKTU = datetime(2025, 1, 1, tzinfo=UTC)  # every document's; a real one would change its bytes
# To be read in decades, and by a screen reader: ISO 19005-2 level A, ISO 14289-1.
ARSIP: tuple[Literal["a-2a", "ua-1"], ...] = ("a-2a", "ua-1")

_compiled_in: dict[str, int] = {}  # the process that compiled first


def compile_pdf(template: str, data: object, title: str) -> bytes:
    """Make a PDF.

    :param template: file name in ``templates/``.
    :param data: anything JSON can hold.
    :raise typst.TypstError: if the template has a fault.
    """
    return _compile(template, data, title, "pdf")


def compile_arsip(template: str, data: object, title: str) -> bytes:
    """Make a PDF that meets ``ARSIP``; a plain one if this document cannot.

    :raise typst.TypstError: if the template has a fault.
    """
    import typst

    try:
        return _compile(template, data, title, "pdf", standards=ARSIP)
    except typst.TypstError:
        return compile_pdf(template, data, title)


def compile_png(template: str, data: object, title: str, *, ppi: int = 300) -> bytes:
    """Make a picture of a one-page document.

    :param ppi: dots per inch.
    :raise typst.TypstError: if the template has a fault or the document more pages.
    """
    return _compile(template, data, title, "png", ppi=ppi)


def _compile(
    template: str,
    data: object,
    title: str,
    kind: Literal["pdf", "png"],
    ppi: int | None = None,
    standards: Sequence[Literal["a-2a", "ua-1"]] = (),
) -> bytes:
    _check_process()
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
        pdf_standards=list(standards),
    )


def _check_process() -> None:
    """Refuse what would never end: typst writes a PDF with threads, and a fork leaves them behind.

    :raise RuntimeError: in a process forked from one that compiled before.
    """
    if _compiled_in.setdefault("pid", os.getpid()) != os.getpid():
        raise RuntimeError("A document cannot be compiled after a fork: start a new process")


def _mend(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
