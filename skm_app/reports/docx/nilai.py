"""Single values that a template may ask for, and the little language in which it asks.

An uploaded template is written by somebody else. It may name values and show or hide a part
(``{% if cap %}``); loops, arithmetic, calls and attributes of objects are not part of the
language, so that no template can reach anything or run for long. Jinja's sandbox stands behind.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from skm_app.reports.docx.wml import bersih
from skm_app.reports.dokumen import Dokumen
from skm_app.reports.laporan.isian import ISIAN
from skm_app.reports.teks import format_nip

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

ISI = "isi"
TANDA_ISI = "\ue000isi laporan\ue001"  # private use: nobody types it

# What an office may write between {{ and }}; shown to it as it stands here.
KOP = {
    "kop.instansi": "baris di atas nama unit, misalnya PEMERINTAH KOTA SAMARINDA",
    "kop.unit": "nama unit pelayanan",
    "kop.alamat": "alamat unit",
    "kop.kontak": "telepon, surel, situs",
}
UMUM = {
    ISI: "seluruh isi laporan; sendirian dalam satu paragraf, tepat satu kali",
    "nama": "judul laporan dalam satu baris",
    "judul": "judul laporan, baris demi baris, untuk sampul",
    **KOP,
    "lambang": "lambang setinggi 2 cm, untuk kepala surat",
    "lambang_besar": "lambang setinggi 3,5 cm, untuk sampul",
    "tempat_tahun": "tempat dan tahun, untuk sampul",
    "kaki": "teks kaki halaman",
    "cap": "SEMENTARA selama angka masih dapat berubah; kosong bila sudah ditetapkan",
}
TINGGI_MM = {"lambang": 20, "lambang_besar": 35}
SARINGAN = frozenset({"upper", "lower", "title", "trim"})


class TemplatError(ValueError):
    """A template cannot be used. ``galat``: every reason, in Indonesian, with its place."""

    def __init__(self, galat: Iterable[str]) -> None:
        self.galat = tuple(galat)
        super().__init__("\n".join(self.galat))


def list_isian() -> dict[str, str]:
    """Every value a template may name, with its meaning."""
    return {**UMUM, **ISIAN}


def make_lingkungan() -> ImmutableSandboxedEnvironment:
    """Where templates are filled: values come out escaped, and nothing is left undefined."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Lingkungan(ImmutableSandboxedEnvironment):
        """Looks at every template before it runs, wherever in the document it stood."""

        def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            for keberatan in find_keberatan(self.parse(source)):
                raise TemplatError([keberatan])
            return super().from_string(source, *args, **kwargs)

    lingkungan = Lingkungan(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    lingkungan.globals.clear()
    return lingkungan


def find_keberatan(pohon: nodes.Template) -> Iterator[str]:
    """What a template may not do, in words."""
    for simpul in pohon.body:
        yield from _periksa(simpul)


def _periksa(simpul: nodes.Node) -> Iterator[str]:
    from jinja2 import nodes

    match simpul:
        case nodes.TemplateData() | nodes.Const():
            return
        case nodes.Name(name=nama):
            if nama not in list_isian() and nama != "kop":
                yield _tak_dikenal(nama)
            return
        case nodes.Getattr(node=nodes.Name(name=induk), attr=anak):
            if f"{induk}.{anak}" not in KOP:
                yield _tak_dikenal(f"{induk}.{anak}")
            return
        case nodes.Filter(name=nama) if nama not in SARINGAN or simpul.args or simpul.kwargs:
            yield f"saringan |{nama} tidak dapat dipakai; yang dapat: {', '.join(sorted(SARINGAN))}"
            return
        case nodes.Output() | nodes.If() | nodes.Not() | nodes.And() | nodes.Or():
            pass
        case nodes.Compare() | nodes.Operand() | nodes.CondExpr() | nodes.Filter():
            pass
        case _:
            yield (
                "perintah ini tidak dapat dipakai dalam templat; yang dapat hanya {{ nama }} "
                "dan {% if cap %} … {% endif %}"
            )
            return
    for bawah in simpul.iter_child_nodes():
        yield from _periksa(bawah)


def _tak_dikenal(nama: str) -> str:
    dekat = difflib.get_close_matches(nama, list_isian(), n=1)
    saran = f"; mungkin maksudnya {{{{ {dekat[0]} }}}}" if dekat else ""
    return f"{{{{ {nama[:60]} }}}} tidak dikenal{saran}"


def make_nilai(dokumen: Dokumen) -> dict[str, Any]:
    """Values of a document, without pictures; every known name is there."""
    kop = dokumen.kop
    nilai: dict[str, Any] = dict.fromkeys(ISIAN, "")
    nilai.update({kunci: bersih(teks) for kunci, teks in dokumen.isian.items()})
    nilai["nip"] = format_nip(nilai["nip"])
    nilai.update(
        nama=bersih(dokumen.nama),
        judul="\n".join(map(bersih, dokumen.judul)),
        tempat_tahun=bersih(dokumen.tempat_tahun),
        kaki=bersih(dokumen.kaki),
        cap=bersih(dokumen.cap),
        isi=TANDA_ISI,
        kop=_bersih_semua(
            instansi=kop.instansi, unit=kop.unit, alamat=kop.alamat, kontak=kop.kontak
        ),
    )
    return nilai


def _bersih_semua(**teks: str) -> Mapping[str, str]:
    return {kunci: bersih(satu) for kunci, satu in teks.items()}
