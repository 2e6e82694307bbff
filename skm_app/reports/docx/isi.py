"""Blocks of a document, in Word's language, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from skm_app.reports.docx.gambar import Gambaran, hitung_luas, make_drawing, read_gambar
from skm_app.reports.docx.gaya import DaftarGaya
from skm_app.reports.docx.halaman import TINGGI, Kotak, hitung_baris, ukur_larik
from skm_app.reports.docx.tabel import make_tabel, ukur_tabel
from skm_app.reports.docx.ukuran import Ukuran
from skm_app.reports.docx.wml import bersih, bidang, paragraf, penanda, teks_run
from skm_app.reports.dokumen import (
    Blok,
    Daftar,
    Gambar,
    HalamanBaru,
    Judul,
    Paragraf,
    Tabel,
    TandaTangan,
)
from skm_app.reports.teks import format_nip

MAX_NOMOR = 6  # characters
RUANG_PARAF = 1300  # twips: where the signature goes
LEBAR_TANDA = 4250  # twips that the style of a signature block leaves on our paper
LEBAR_TERBANYAK = 7000  # twips that it may grow to, so that a long name stays on one line
HURUF_NAMA = (22, 21, 20, 19, 18, 17)  # half points, tried in this order
TAK_TERBACA = "(gambar tidak dapat dibaca)"


@dataclass
class Bagian:
    """A section: pages of one orientation, numbered in one way."""

    mendatar: bool = False
    romawi: bool = False
    mulai: bool = False  # page numbers begin at 1
    xml: list[str] = field(default_factory=list)
    kotak: list[Kotak] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Entri:
    """A line of a table of contents. ``tingkat`` 0: in a list of tables or pictures."""

    teks: str
    penanda: str
    tingkat: int = 0


@dataclass
class Penulis:
    """Writes blocks into sections.

    ``potret``, ``lanskap``: room for text. ``simpan``: keeps a picture in the package and answers
    with its relationship. ``daftar``: opens a list (numbered or not) and answers with its number.
    ``nomor``: last number used for a bookmark or picture. ``bab``: as ``Dokumen.bab``.
    """

    gaya: DaftarGaya
    potret: Ukuran
    lanskap: Ukuran
    simpan: Callable[[Gambaran], str]
    daftar: Callable[[bool], int]
    nomor: int = 0
    bab: str = ""
    bagian: list[Bagian] = field(default_factory=lambda: [Bagian()])
    judul: list[Entri] = field(default_factory=list)
    tabel: list[Entri] = field(default_factory=list)
    gambar: list[Entri] = field(default_factory=list)
    putus: bool = False  # the next paragraph begins a page

    @property
    def kini(self) -> Bagian:
        return self.bagian[-1]

    @property
    def ukuran(self) -> Ukuran:
        return self.lanskap if self.kini.mendatar else self.potret

    def write(self, blok: Iterable[Blok]) -> None:
        for satu in blok:
            match satu:
                case Judul():
                    self._judul(satu)
                case Paragraf():
                    self._paragraf(satu)
                case Daftar():
                    self._daftar(satu)
                case Tabel():
                    self._tabel(satu)
                case Gambar():
                    self._gambar(satu)
                case TandaTangan():
                    self._tanda_tangan(satu)
                case HalamanBaru():
                    self._halaman_baru(satu)

    def begin_bagian(
        self, *, mendatar: bool = False, romawi: bool = False, mulai: bool = False
    ) -> None:
        """What follows goes into a section of its own; an empty one is used again."""
        if self.kini.xml:
            self.bagian.append(Bagian())
        self.kini.mendatar, self.kini.romawi = mendatar, romawi
        self.kini.mulai = self.kini.mulai or mulai
        self.putus = False

    def put(
        self,
        gaya: str,
        isi: str,
        kotak: Kotak,
        *,
        sesudah_putus: str = "",
        putus: bool | None = None,
    ) -> None:
        """Append a paragraph.

        :param sesudah_putus: its own properties that the schema wants after ``pageBreakBefore``.
        :param putus: whether it begins a page; None leaves it to what came before.
        """
        awal = self.putus if putus is None else putus
        self.putus = False
        ppr = "<w:keepNext/>" if kotak.tempel else ""
        if awal:
            ppr += "<w:pageBreakBefore/>"
        elif putus is False:
            ppr += '<w:pageBreakBefore w:val="0"/>'
        self.kini.xml.append(paragraf(self.gaya.id_of[gaya], isi, ppr + sesudah_putus))
        self.kini.kotak.append(
            Kotak(
                baris=kotak.baris, sebelum=kotak.sebelum, sesudah=kotak.sesudah,
                tempel=kotak.tempel, utuh=kotak.utuh, putus=awal, penanda=kotak.penanda,
            )
        )  # fmt: skip

    def kotak(
        self, teks: str, huruf: float, larik: float, *, kurang: float = 0, masuk: float = 0,
        tebal: bool = False, **lain: object,
    ) -> Kotak:  # fmt: skip
        """How high a text will be. ``larik``: line spacing; ``kurang``: points lost to indents."""
        banyak = hitung_baris(
            teks, self.ukuran.lebar / 20 - kurang, huruf, tebal=tebal, masuk=masuk
        )
        return Kotak(baris=[huruf * TINGGI * larik] * banyak, **lain)  # type: ignore[arg-type]

    def tandai(self, isi: str) -> tuple[str, str]:
        """Runs with a new bookmark around them, and its name."""
        self.nomor += 1
        nama = f"_Toc{900_000_000 + self.nomor}"
        return penanda(self.nomor, nama, isi), nama

    def _judul(self, judul: Judul) -> None:
        tingkat = min(max(judul.tingkat, 1), 4)
        # "1.1" stands in the margin of its title; "Lampiran 1" is too long for that.
        pendek = len(judul.nomor) <= MAX_NOMOR
        sambung = "\n" if tingkat == 1 else "\t" if pendek else ". "
        teks = sambung.join(filter(None, (bersih(judul.nomor), bersih(judul.teks))))
        isi, nama = self.tandai(teks_run(teks))
        self.judul.append(Entri(teks=teks.replace("\n", " "), penanda=nama, tingkat=tingkat))
        huruf, larik, sebelum, sesudah = (
            (14.0, 1.15, 0.0, 18.0), (12.0, 1.1, 12.0, 6.0), (11.0, 1.1, 9.0, 5.0),
            (11.0, 1.1, 8.0, 4.0),
        )[tingkat - 1]  # fmt: skip
        kotak = self.kotak(
            teks.rpartition("\t")[2], huruf, larik, kurang=0 if tingkat == 1 else 36, tebal=True,
            sebelum=sebelum, sesudah=sesudah, tempel=True, utuh=True, penanda=nama,
        )  # fmt: skip
        # The style numbers its headings by itself: ours are numbered already.
        tanpa = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        kunci = f"Heading{tingkat}"
        self.put(
            kunci,
            isi,
            kotak,
            sesudah_putus=tanpa if kunci in self.gaya.bernomor else "",
            putus=bool(self.kini.xml) if tingkat == 1 else None,
        )

    def _paragraf(self, satu: Paragraf) -> None:
        # Each line on its own: a forced line end in justified text would stretch the line.
        for teks in filter(None, (larik.strip() for larik in bersih(satu.teks).split("\n"))):
            self.put("BodyText", teks_run(teks), self.kotak(teks, 11, 1.35, masuk=34, sesudah=6))

    def _daftar(self, satu: Daftar) -> None:
        if not satu.butir:
            return
        num = self.daftar(satu.bernomor)
        for nomor, teks in enumerate(satu.butir):
            akhir = nomor == len(satu.butir) - 1
            kotak = self.kotak(teks, 11, 1.25, kurang=34, sesudah=6 if akhir else 3)
            self.put(
                "ListNumber" if satu.bernomor else "ListBullet",
                teks_run(teks),
                kotak,
                sesudah_putus=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>'
                + ('<w:spacing w:after="120"/>' if akhir else ""),
            )

    def _takarir(self, label: str, teks: str, daftar: list[Entri], *, tempel: bool) -> None:
        """A caption that counts itself: "Tabel 3. …"; of a chapter alone "Tabel 3.1. …"."""
        nomor = str(len(daftar) + 1)
        depan = f"{label} {self.bab}." if self.bab else f"{label} "
        # So that it counts from 1 among the chapters before it, too.
        mulai = " \\r 1" if self.bab and not daftar else ""
        awal = teks_run(depan) + bidang(f"SEQ {label} \\* ARABIC{mulai}", nomor)
        isi, nama = self.tandai(awal + teks_run(f". {teks}"))
        penuh = bersih(f"{depan}{nomor}. {teks}").replace("\n", " ")
        daftar.append(Entri(teks=penuh, penanda=nama))
        kotak = self.kotak(
            penuh, 10, 1.05, tebal=True, sebelum=8 if tempel else 0, sesudah=4 if tempel else 12,
            tempel=tempel, utuh=True, penanda=nama,
        )  # fmt: skip
        lebih = "" if tempel else '<w:spacing w:before="0" w:after="240"/>'
        self.put("Caption", isi, kotak, sesudah_putus=lebih)

    def _tabel(self, tabel: Tabel) -> None:
        if tabel.judul:
            self._takarir("Tabel", tabel.judul, self.tabel, tempel=True)
        elif self.putus:
            self._sela(tempel=True)
        self.kini.xml.append(make_tabel(tabel, self.ukuran.lebar, self.gaya.id_of))
        self.kini.kotak.append(ukur_tabel(tabel, self.ukuran.lebar))
        catatan = bersih(tabel.catatan)
        if catatan:
            kotak = self.kotak(catatan, 9, 1.05, sebelum=3, sesudah=10)
            self.put("CatatanTabel", teks_run(catatan), kotak)
        else:
            # Two tables without a paragraph between them would become one.
            self._sela(tempel=False)

    def _sela(self, *, tempel: bool) -> None:
        """A paragraph that nobody sees, one point high, so that it seldom begins a page alone."""
        jarak = '<w:spacing w:before="0" w:after="200" w:line="20" w:lineRule="exact"/>'
        kotak = Kotak(baris=[0], sesudah=10, tempel=tempel)
        self.put("CatatanTabel", "", kotak, sesudah_putus=jarak)

    def _gambar(self, gambar: Gambar) -> None:
        lebar = self.ukuran.lebar * min(max(gambar.lebar, 1), 100) // 100
        siap = read_gambar(gambar, lebar)
        tempel = bool(gambar.judul)
        if siap is None:
            kotak = self.kotak(TAK_TERBACA, 11, 1, sebelum=8, sesudah=2, tempel=tempel)
            self.put("Gambar", teks_run(TAK_TERBACA), kotak)
        else:
            luas, tinggi = hitung_luas(siap, lebar, self.ukuran)
            self.nomor += 1
            drawing = make_drawing(
                self.simpan(siap), self.nomor, luas, tinggi, gambar.judul, gambar.alt
            )
            kotak = Kotak(baris=[tinggi / 20 + 3], sebelum=8, sesudah=2, tempel=tempel)
            self.put("Gambar", drawing, kotak)
        if gambar.judul:
            self._takarir("Gambar", gambar.judul, self.gambar, tempel=False)

    def _tanda_tangan(self, satu: TandaTangan) -> None:
        lebar, huruf = _muat_nama(satu.nama)
        besar = (
            "" if huruf == HURUF_NAMA[0] else f'<w:sz w:val="{huruf}"/><w:szCs w:val="{huruf}"/>'
        )
        kiri = max(self.ukuran.lebar - lebar, 0)
        masuk = f'<w:ind w:left="{kiri}"/>' if lebar > LEBAR_TANDA else ""
        baris = [
            (satu.tempat_tanggal, "", 480),
            (satu.jabatan, "", 0),
            (satu.nama, f'<w:b/><w:bCs/>{besar}<w:u w:val="single"/>', RUANG_PARAF),
            (satu.pangkat, "", 0),
            (f"NIP {format_nip(satu.nip)}" if satu.nip else "", "", 0),
        ]
        ada = [(bersih(teks), rpr, sebelum) for teks, rpr, sebelum in baris if teks.strip()]
        for nomor, (teks, rpr, sebelum) in enumerate(ada):
            tempel = nomor < len(ada) - 1
            kotak = self.kotak(
                teks, 11, 1.15, kurang=kiri / 20,
                sebelum=sebelum / 20, tempel=tempel, utuh=True,
            )  # fmt: skip
            # The style keeps with what follows; the last line must not take the next page along.
            akhir = "" if tempel else '<w:keepNext w:val="0"/>'
            jarak = f'<w:spacing w:before="{sebelum}" w:after="{0 if tempel else 240}"/>'
            self._baris_tanda(teks_run(teks, rpr), kotak, akhir, jarak + masuk)

    def _baris_tanda(self, isi: str, kotak: Kotak, awal: str, jarak: str) -> None:
        putus = "<w:pageBreakBefore/>" if self.putus else ""
        self.kini.kotak.append(kotak)
        self.kini.xml.append(paragraf(self.gaya.id_of["TandaTangan"], isi, awal + putus + jarak))
        self.putus = False

    def _halaman_baru(self, satu: HalamanBaru) -> None:
        if satu.mendatar != self.kini.mendatar:
            self.begin_bagian(mendatar=satu.mendatar, romawi=self.kini.romawi)
        else:
            self.putus = bool(self.kini.xml)


def _muat_nama(nama: str) -> tuple[int, int]:
    """Width of a signature block in twips and size of the name in half points: one line for it."""
    for huruf in HURUF_NAMA:
        # Letters of an office's own template may be a little wider than ours.
        perlu = round(ukur_larik(nama, huruf / 2, tebal=True) * 20 * 1.03)
        if perlu <= LEBAR_TERBANYAK:
            return max(perlu, LEBAR_TANDA), huruf
    return LEBAR_TERBANYAK, HURUF_NAMA[0]
