"""Pictures: charts, photos and scans, made as small as paper needs."""

from __future__ import annotations

import io
from dataclasses import dataclass

from skm_app.reports.docx.ukuran import Ukuran
from skm_app.reports.docx.wml import EMU_PER_TWIP, NAMESPACES, attr, to_mm
from skm_app.reports.dokumen import Gambar

# Declared where they are used, as Word does: a template's root need not know them.
DALAM = " ".join(f'xmlns:{p}="{NAMESPACES[p]}"' for p in ("wp", "a", "pic", "r"))
PIKSEL = 1600  # of the longer side: 260 dots per inch across a page
MAX_PIKSEL = 100_000_000  # a larger one would take half a gigabyte to open
MUTU_JPEG = 85
TINGGI_TERBANYAK = 0.82  # share of the page's height; the caption goes on the same page


@dataclass(frozen=True)
class Gambaran:
    """A picture ready for the document; sizes in pixels."""

    isi: bytes
    lebar: int
    tinggi: int


def read_gambar(gambar: Gambar, lebar: int) -> Gambaran | None:
    """The picture's bytes, or None if they are no picture.

    :param lebar: twips that it will be wide.
    """
    if gambar.grafik is not None:
        # Imported when needed: it loads a typesetter.
        from skm_app.reports.grafik import make_grafik_png

        return _buka(make_grafik_png(gambar.grafik, round(to_mm(lebar))), ubah=False)
    return siapkan_foto(gambar.foto) if gambar.foto else None


def siapkan_foto(foto: bytes) -> Gambaran | None:
    """A photo upright, without what the camera noted (place, time), and no larger than printed.

    :return: None if the bytes are no PNG or JPEG that can be read.
    """
    return _buka(foto, ubah=True)


def _buka(isi: bytes, *, ubah: bool) -> Gambaran | None:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(isi), formats=("PNG", "JPEG")) as asli:
            if asli.width * asli.height > MAX_PIKSEL:
                return None
            if not ubah:
                return Gambaran(isi, asli.width, asli.height)
            jenis = asli.format
            asli.draft("RGB", (PIKSEL, PIKSEL))  # JPEG only: reads no more than is needed
            gambar = ImageOps.exif_transpose(asli)
            gambar.thumbnail((PIKSEL, PIKSEL))
            return _simpan(gambar, png=jenis == "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _simpan(gambar: object, *, png: bool) -> Gambaran:
    from PIL import Image

    assert isinstance(gambar, Image.Image)
    keluar = io.BytesIO()
    if png:
        # A copy made of the dots alone: no text, no profile, no time goes along.
        bersih = gambar.convert(
            "RGBA" if "A" in gambar.getbands() or "transparency" in gambar.info else "RGB"
        )
        bersih.info.clear()
        bersih.save(keluar, "PNG", optimize=True)
        return Gambaran(keluar.getvalue(), *bersih.size)
    bersih = gambar.convert("RGB")
    bersih.info.clear()
    bersih.save(keluar, "JPEG", quality=MUTU_JPEG)
    return Gambaran(keluar.getvalue(), *bersih.size)


def hitung_luas(gambaran: Gambaran, lebar: int, ukuran: Ukuran) -> tuple[int, int]:
    """Width and height on paper in twips: as wide as asked, but never higher than the page."""
    tinggi = lebar * gambaran.tinggi // gambaran.lebar
    batas = int(ukuran.tinggi * TINGGI_TERBANYAK)
    if tinggi > batas:
        return max(lebar * batas // tinggi, 1), batas
    return lebar, max(tinggi, 1)


def make_drawing(rid: str, nomor: int, lebar: int, tinggi: int, judul: str, alt: str) -> str:
    """A run with a picture in the line.

    :param rid: relationship to the picture's part.
    :param nomor: unique in the document.
    :param lebar: twips, like ``tinggi``.
    """
    cx, cy = lebar * EMU_PER_TWIP, tinggi * EMU_PER_TWIP
    nama, teks = attr(judul[:100]), attr(alt)
    return (
        f'<w:r><w:drawing><wp:inline {DALAM} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{nomor}" name={nama} descr={teks}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{nomor}" name={nama} descr={teks}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch>'
        "</pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
