"""What the form's template shows: finished words, no logic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext

from skm_app.profil import JENIS_KELAMIN, PEKERJAAN, PENDIDIKAN, USIA
from skm_app.survey.forms import TIDAK_TAHU, KuesionerForm
from skm_app.survey.suara import Suara, find_suara
from skm_app.web import current_bahasa, mark, translate


@dataclass(frozen=True, kw_only=True)
class Jawab:
    """One answer to tap."""

    nilai: str
    teks: str
    wajah: int | None = None  # 1..4: which face stands beside the words, as decoration
    terpilih: bool = False


@dataclass(frozen=True, kw_only=True)
class Pertanyaan:
    """One question with its answers; ``faults`` as sentences.

    ``kurang``: what to say if it is left out; empty if it may be. ``suara``: how it sounds.
    """

    field: str
    nama: str  # as the list of faults calls it
    teks: str
    bantuan: str
    jawab: tuple[Jawab, ...]
    faults: tuple[str, ...]
    nomor: int | None = None
    kurang: str = ""
    suara: Suara | None = None
    milik_kantor: bool = False  # the answers are the office's own words, always Indonesian


@dataclass(frozen=True, kw_only=True)
class Isi:
    """The whole form, part by part, and the list of what is missing."""

    layanan: Pertanyaan | None
    pelayanan: tuple[Pertanyaan, ...]
    tentang: tuple[Pertanyaan, ...]
    saran_faults: tuple[str, ...]
    umum_faults: tuple[str, ...]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """``(field, sentence)`` in the order of the page, for the list at the top."""
        asked = [*([self.layanan] if self.layanan else []), *self.pelayanan, *self.tentang]
        found = [(one.field, f"{one.nama}: {fault}") for one in asked for fault in one.faults]
        return found + [("saran", f"{gettext('Saran')}: {fault}") for fault in self.saran_faults]


def make_isi(form: KuesionerForm) -> Isi:
    """Lay out the form with what was already filled in and what is wrong with it."""
    return Isi(
        layanan=_ask_layanan(form),
        pelayanan=tuple(_ask_butir(form)),
        tentang=tuple(_ask_profil(form)),
        saran_faults=tuple(form.saran.errors),
        umum_faults=(*form.submission_id.errors, *_hidden_faults(form)),
    )


def _ask_layanan(form: KuesionerForm) -> Pertanyaan | None:
    if len(form.tempat.layanan) == 1:
        return None
    choices = [(layanan.kode, layanan.nama) for layanan in form.tempat.layanan]
    asked = _choose(
        form, "layanan", gettext("Layanan"), gettext("Layanan apa yang Anda terima?"), choices
    )
    return replace(asked, kurang=gettext("Pilih layanan yang Anda terima."), milik_kantor=True)


def _hidden_faults(form: KuesionerForm) -> Sequence[str]:
    """Where the service is not asked, a wrong one is no fault of any question."""
    return tuple(form.layanan.errors) if len(form.tempat.layanan) == 1 else ()


def _ask_butir(form: KuesionerForm) -> Sequence[Pertanyaan]:
    unsur = {one.kunci: one.nama for one in form.instrumen.unsur}
    # What can be heard is Indonesian.
    spoken = current_bahasa() == "id"
    asked = []
    for nomor, butir in enumerate(form.instrumen.butir, start=1):
        field = form.instrumen.fields[butir.kunci]
        data = form[field].data
        jawab = [
            Jawab(
                nilai=str(nilai),
                teks=translate(teks),
                wajah=nilai,
                terpilih=data == str(nilai),
            )
            for nilai, teks in enumerate(butir.pilihan, start=1)
        ]
        jawab.append(
            Jawab(
                nilai=TIDAK_TAHU,
                teks=gettext("Tidak tahu / tidak memakai"),
                terpilih=data == TIDAK_TAHU,
            )
        )
        asked.append(
            Pertanyaan(
                field=field,
                nama=gettext(
                    "Pertanyaan %(nomor)d (%(unsur)s)",
                    nomor=nomor,
                    unsur=translate(unsur[butir.unsur]),
                ),
                teks=translate(butir.pertanyaan),
                bantuan=translate(butir.bantuan),
                jawab=tuple(jawab),
                faults=tuple(form[field].errors),
                nomor=nomor,
                kurang=gettext("Pilih satu jawaban."),
                suara=find_suara(form.instrumen, butir) if spoken else None,
            )
        )
    return asked


def _ask_profil(form: KuesionerForm) -> Sequence[Pertanyaan]:
    return [
        _choose(
            form,
            field,
            translate(teks),
            translate(teks),
            [(one.kunci, translate(one.label)) for one in choices],
        )
        for field, teks, choices in (
            ("jenis_kelamin", mark("Jenis kelamin"), JENIS_KELAMIN),
            ("usia", mark("Usia"), USIA),
            ("pendidikan", mark("Pendidikan terakhir"), PENDIDIKAN),
            ("pekerjaan", mark("Pekerjaan"), PEKERJAAN),
        )
    ]


def _choose(
    form: KuesionerForm, field: str, nama: str, teks: str, choices: Sequence[tuple[str, str]]
) -> Pertanyaan:
    return Pertanyaan(
        field=field,
        nama=nama,
        teks=teks,
        bantuan="",
        jawab=tuple(
            Jawab(nilai=nilai, teks=label, terpilih=form[field].data == nilai)
            for nilai, label in choices
        ),
        faults=tuple(form[field].errors),
    )
