"""Pictures that staff upload: read by their content, made anew without anything hidden in them.

Pure: bytes in, bytes out. What is kept is drawn again from its points alone, so neither the
place where a photo was taken nor anything behind its end is kept.
"""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MAX_FOTO = 5 * 1024 * 1024
MAX_LAMBANG = 1024 * 1024
MAX_TITIK = 40_000_000
SISI_FOTO, SISI_LAMBANG = 2000, 800  # longest side of what is kept
MUTU_JPEG = 85
# One at a time: a large picture takes up to 200 MB while it is drawn.
_SATU_SATU = threading.Lock()


class GambarError(Exception):
    """A picture cannot be taken in; the message says why."""


def clean_foto(isi: bytes) -> bytes:
    """A photo as JPEG: upright, at most 2000 points long, on white where it was transparent.

    :raise GambarError: if it is too large or no real JPEG or PNG.
    """
    from PIL import Image

    with _SATU_SATU:
        image = _open(isi, MAX_FOTO, SISI_FOTO).convert("RGBA")
        clean = Image.new("RGB", image.size, "white")
        clean.paste(image, mask=image.getchannel("A"))
        tujuan = io.BytesIO()
        clean.save(tujuan, "JPEG", quality=MUTU_JPEG, optimize=True)
    return tujuan.getvalue()


def clean_lambang(isi: bytes) -> bytes:
    """A coat of arms as PNG, at most 800 points long; what was transparent stays so.

    :raise GambarError: if it is too large or no real JPEG or PNG.
    """
    from PIL import Image

    with _SATU_SATU:
        image = _open(isi, MAX_LAMBANG, SISI_LAMBANG).convert("RGBA")
        clean = Image.new("RGBA", image.size)
        clean.paste(image)
        tujuan = io.BytesIO()
        clean.save(tujuan, "PNG", optimize=True)
    return tujuan.getvalue()


def _open(isi: bytes, ukuran: int, sisi: int) -> Image.Image:
    from PIL import Image, ImageOps

    if not isi:
        raise GambarError("Pilih dahulu gambarnya.")
    if len(isi) > ukuran:
        raise GambarError(f"Gambar terlalu besar. Paling besar {ukuran // 1024 // 1024} MB.")
    try:
        image: Image.Image = Image.open(io.BytesIO(isi), formats=("JPEG", "PNG"))
        if image.width * image.height > MAX_TITIK:
            raise GambarError("Gambar terlalu besar. Paling banyak 40 juta titik.")
        # A JPEG can be read smaller than it is, in a fraction of the memory.
        image.draft("RGB", (sisi, sisi))
        image = ImageOps.exif_transpose(image)
        image.thumbnail((sisi, sisi))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise GambarError("Gambar terlalu besar. Paling banyak 40 juta titik.") from error
    except GambarError:
        raise
    except Exception as error:  # a damaged file makes the library raise almost anything
        raise GambarError("Berkas ini bukan gambar JPEG atau PNG yang utuh.") from error
    return image
