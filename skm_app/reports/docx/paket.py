"""What an uploaded file is, before anything opens it as a document."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from zipfile import BadZipFile, ZipFile

from skm_app.reports.docx.nilai import TemplatError
from skm_app.reports.docx.wml import W, read_teks

MAX_UNGGAHAN = 20 * 1024**2  # bytes
MAX_MEKAR = 50 * 1024**2  # bytes, all parts unpacked
MAX_XML = 1024**2  # bytes of one XML part; filling one of 4 MB takes half a minute
MAX_ENTRI = 500
# Folders and files whose content is no XML.
BUKAN_XML = ("word/media/", "word/fonts/", "docprops/thumbnail.")
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # .doc, and .docx with a password
UTAMA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SIMPAN = "buka di Word atau LibreOffice, lalu simpan sebagai Dokumen Word (.docx)"

# Fields that fetch something from outside when they are updated (ECMA-376 17.16.5).
LUAR = re.compile(
    r"^\s*(INCLUDEPICTURE|INCLUDETEXT|IMPORT|INCLUDE|DDE|DDEAUTO|LINK|DATABASE|RD)\b", re.I
)
JENIS_LUAR = {
    "attachedTemplate": "templat Word lain (di Word: Berkas, Opsi, Add-in, Templat, Lepas)",
    "image": "gambar dari luar berkas; sisipkan gambarnya langsung ke dalam dokumen",
    "oleObject": "objek tertaut; sisipkan isinya langsung ke dalam dokumen",
}
JENIS_TERLARANG = {
    "vbaProject": "makro",
    "oleObject": "objek dari program lain",
    "package": "berkas dari program lain",
    "control": "kendali ActiveX",
    "aFChunk": "dokumen lain di dalamnya",
    "subDocument": "dokumen lain di dalamnya",
    "frame": "bingkai dokumen lain",
}


def read_paket(data: bytes) -> dict[str, bytes]:
    """Parts of a DOCX by name, if unpacking them is safe.

    :raise TemplatError: if it is no DOCX, is damaged, holds macros, or unpacks to too much.
    """
    if data.startswith(OLE):
        raise TemplatError([f"berkas ini Word lama (.doc) atau bersandi; {SIMPAN}"])
    if not data.startswith(ZIP):
        raise TemplatError([f"berkas ini bukan dokumen Word; {SIMPAN}"])
    if len(data) > MAX_UNGGAHAN:
        raise TemplatError(
            [f"berkas ini lebih dari {MAX_UNGGAHAN // 1024**2} MB; kecilkan gambarnya"]
        )
    try:
        with ZipFile(io.BytesIO(data)) as berkas:
            entri = berkas.infolist()
            terlalu = sum(satu.file_size for satu in entri) > MAX_MEKAR or any(
                satu.file_size > MAX_XML for satu in entri if _is_xml(satu.filename)
            )
            if len(entri) > MAX_ENTRI or terlalu:
                raise TemplatError(["isi berkas ini terlalu besar untuk sebuah templat"])
            # zipfile never hands out more than the size that it announced.
            paket = {satu.filename: berkas.read(satu) for satu in entri}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as salah:
        raise TemplatError([f"berkas ini rusak; {SIMPAN}"]) from salah
    _periksa_jenis(paket)
    _periksa_nama(paket)
    return paket


def _is_xml(nama: str) -> bool:
    return nama.lower().endswith((".xml", ".rels"))


def _periksa_jenis(paket: Mapping[str, bytes]) -> None:
    jenis = paket.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    if "macroEnabled" in jenis or any("vbaproject" in nama.lower() for nama in paket):
        raise TemplatError([f"berkas ini berisi makro (.docm); {SIMPAN}, tanpa makro"])
    if UTAMA not in jenis or "word/document.xml" not in paket:
        raise TemplatError([f"berkas ini bukan dokumen Word biasa (.docx); {SIMPAN}"])


def _periksa_nama(paket: Mapping[str, bytes]) -> None:
    """Parts are XML by their name, or pictures and fonts in their folders: all XML is looked at."""
    for nama in paket:
        kecil = nama.lower()
        if not (_is_xml(kecil) or kecil.startswith(BUKAN_XML) or kecil.endswith("/")):
            raise TemplatError([f"bagian {nama} dari berkas ini tidak lazim; {SIMPAN}"])


def parse_paket(paket: Mapping[str, bytes]) -> dict[str, Any]:
    """Roots of all XML parts by name.

    :raise TemplatError: if one is not well-formed or declares entities.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    hasil = {}
    for nama, isi in paket.items():
        if not _is_xml(nama) or not isi:
            continue
        try:
            akar = etree.fromstring(isi, parser)
        except (etree.XMLSyntaxError, ValueError) as salah:
            raise TemplatError([f"bagian {nama} dari berkas ini rusak; {SIMPAN}"]) from salah
        if akar.getroottree().docinfo.internalDTD is not None:
            raise TemplatError(
                [f"bagian {nama} dari berkas ini memuat hal yang tidak lazim; {SIMPAN}"]
            )
        hasil[nama] = akar
    return hasil


def find_tautan(akar: Mapping[str, Any]) -> Iterator[str]:
    """What the file would fetch from outside or run; links that a reader clicks are fine."""
    for nama, pohon in akar.items():
        if nama.endswith(".rels"):
            yield from _periksa_hubungan(pohon)
        elif nama.startswith("word/"):
            yield from _periksa_bidang(pohon)


def _periksa_hubungan(pohon: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    for hubungan in pohon:
        jenis = str(hubungan.get("Type", "")).rpartition("/")[2]
        tujuan = str(hubungan.get("Target", ""))[:80]
        luar = str(hubungan.get("TargetMode", "")).lower() == "external"
        if luar and jenis == "hyperlink":
            if not tujuan.lower().startswith(("http://", "https://", "mailto:", "#")):
                yield f"templat memuat tautan ke {tujuan}; hapus, atau ganti dengan alamat situs"
        elif luar:
            sebab = JENIS_LUAR.get(jenis, f"hal dari luar berkas ({jenis})")
            yield f"templat mengambil {sebab}: {tujuan}"
        elif jenis in JENIS_TERLARANG:
            yield f"templat memuat {JENIS_TERLARANG[jenis]}; hapus, lalu unggah lagi"


def _periksa_bidang(pohon: Any) -> Iterator[str]:  # noqa: ANN401
    instruksi = [str(satu.get(f"{W}instr", "")) for satu in pohon.iter(f"{W}fldSimple")]
    for paragraf in pohon.iter(f"{W}p"):
        teks, dalam = "", 0
        for unsur in paragraf.iter(f"{W}fldChar", f"{W}instrText"):
            if unsur.tag == f"{W}instrText":
                teks += unsur.text or ""
            elif unsur.get(f"{W}fldCharType") == "begin":
                # A field within a field could otherwise hide behind the outer one's name.
                instruksi.append(teks)
                teks, dalam = "", dalam + 1
            else:
                instruksi.append(teks)
                teks = ""
        instruksi.append(teks)
        if any(LUAR.match(satu) for satu in instruksi):
            kata = read_teks(paragraf)[:60]
            yield f"templat memuat bidang yang mengambil berkas lain, dekat “{kata}”; hapus"
        if any(re.match(r"\s*TOC\b", satu, re.I) for satu in instruksi):
            yield "templat memuat daftar isi sendiri; hapus, sebab {{ isi }} sudah memuatnya"
        instruksi = []
