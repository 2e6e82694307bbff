"""What the imports of a year's file share: the form, and the file that travels with it."""

from __future__ import annotations

import base64
import binascii

from wtforms import HiddenField
from wtforms.validators import Length

from skm_app.admin.forms import Formulir, make_teks
from skm_app.berkas import BerkasError, Fault

MAX_UKURAN = 5 * 1024 * 1024
# A file up to this size travels with the form while a question about it is open.
MAX_TITIP = 200 * 1024
BESAR = "berkas lebih dari 5 MB"
PILIH = "Pilih berkasnya."


class ImporTahunForm(Formulir):
    """``versi``: fingerprint of what was stored when the form was opened."""

    versi = HiddenField()
    titipan = HiddenField()
    nama_titipan = HiddenField(validators=[Length(max=200)])
    alasan = make_teks("Alasan mengganti", 300)

    def read_titipan(self) -> bytes:
        """The file that came with the form the last time, empty if none did."""
        try:
            return base64.b64decode(self.titipan.data or "", validate=True)
        except (binascii.Error, ValueError):
            return b""

    def keep(self, nama: str, data: bytes) -> None:
        """Let a file travel with the form, so that it need not be chosen again."""
        small = len(data) <= MAX_TITIP
        self.titipan.data = base64.b64encode(data).decode() if small else ""
        self.nama_titipan.data = nama[:200] if small else ""


def check_ukuran(data: bytes) -> None:
    """:raise BerkasError: if a file is larger than is taken."""
    if len(data) > MAX_UKURAN:
        raise BerkasError([Fault(pesan=BESAR)])
