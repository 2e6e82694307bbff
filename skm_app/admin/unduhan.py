"""Files that leave the staff side: who took what, in the audit log."""

from __future__ import annotations

from flask import request

from skm_app.admin.hak import catat, get_sesi
from skm_app.admin.tabel import JENIS_BERKAS
from skm_app.web import current_state


def log_unduhan(objek: str, isi: str) -> None:
    """Record that this request takes a table away as a file; a page that is only read is not.

    :param objek: kind of thing, such as ``"catatan"``.
    :param isi: what the file holds, as the beginning of a sentence.
    """
    jenis = request.args.get("unduh")
    if jenis not in JENIS_BERKAS:
        return
    chosen = {
        name: value
        for name, value in request.args.items()
        if value and name not in ("unduh", "hal")
    }
    with current_state().database.writing() as session:
        catat(
            session,
            "ekspor",
            (objek, request.args.get("tabel", "")[:80]),
            f"{isi} diunduh sebagai {jenis.upper()}.",
            unit_id=get_sesi().unit_id,
            sesudah={name: value[:200] for name, value in chosen.items()},
        )
