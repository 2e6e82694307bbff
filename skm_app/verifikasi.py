"""Proves what is kept beside the raw responses: tallies, closed periods, their chain."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import case, func, select, text
from sqlalchemy.orm import Session

from skm_app.catatan import compute_sidik_catatan
from skm_app.intake.rekap import kelompok_of
from skm_app.models import (
    APPEND_ONLY_TABLES,
    CIRI,
    Catatan,
    InstrumenTersimpan,
    Jawaban,
    Pembukaan,
    Penetapan,
    Pengecualian,
    Periode,
    Putusan,
    RekapCiri,
    RekapTersimpan,
    RekapTertunda,
    Responden,
    Terbitan,
    Usulan,
    UsulanResponden,
)
from skm_app.periode.penetapan import compute_sidik, counted_by
from skm_app.rantai import FIRST_LINK
from skm_app.results import get_instrumen
from skm_app.scoring import (
    HasilIKM,
    Sebaran,
    compute_ikm,
    get_konvensi,
    load_shipped,
    parse_instrumen,
)
from skm_app.usulan.dua_orang import SETUJU
from skm_app.usulan.pengecualian import excluded_ids

# unit, jenjang, mulai, layanan, instrumen, butir
RekapKey = tuple[uuid.UUID, str, date, uuid.UUID, str, str]
# unit, month, instrumen, ciri, kelompok, butir
CiriKey = tuple[uuid.UUID, date, str, str, str, str]


def find_differences(session: Session) -> Iterator[str]:
    """Compare everything derived with the raw responses.

    :return: one Indonesian sentence per difference; nothing when all is well.
    """
    yield from _check_guards(session)
    yield from _check_instrumen(session)
    yield from _check_jawaban(session)
    yield from _check_rekap(session)
    yield from _check_rekap_ciri(session)
    yield from _check_dua_orang(session)
    yield from _check_penetapan(session)
    yield from _check_terbitan(session)
    yield from _check_catatan(session)


def _check_guards(session: Session) -> Iterator[str]:
    """The triggers that refuse changes are all there."""
    if session.get_bind().dialect.name == "sqlite":
        wanted = {
            f"{table}_refuse_{what}"
            for table in APPEND_ONLY_TABLES
            for what in ("update", "delete")
        }
        names = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    else:
        wanted = {
            f"{table}_refuse_{what}"
            for table in APPEND_ONLY_TABLES
            for what in ("change", "truncate")
        }
        names = text("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")
    for name in sorted(wanted - set(session.scalars(names))):
        yield f"Penjaga {name} tidak ada: data dapat diubah diam-diam."


def _check_instrumen(session: Session) -> Iterator[str]:
    """A stored questionnaire that came with the program is still the one that came."""
    shipped = {one.id: one.to_dict() for one in load_shipped().values()}
    for stored in session.scalars(select(InstrumenTersimpan)):
        if stored.id in shipped and stored.definisi != shipped[stored.id]:
            yield f"Instrumen {stored.id}: isinya berbeda dari yang disertakan program."


def _check_jawaban(session: Session) -> Iterator[str]:
    """Every response answers exactly the butir of its instrumen, under the right unsur."""
    rows = session.execute(
        select(Responden.instrumen_id, Jawaban.butir, Jawaban.unsur, func.count())
        .join(Jawaban, Jawaban.responden_id == Responden.id, isouter=True)
        .group_by(Responden.instrumen_id, Jawaban.butir, Jawaban.unsur)
    ).all()
    responden = session.execute(
        select(Responden.instrumen_id, func.count()).group_by(Responden.instrumen_id)
    ).all()
    found = {(row[0], row[1], row[2]): int(row[3]) for row in rows}
    for instrumen_id, count in responden:
        instrumen = get_instrumen(session, instrumen_id)
        for butir in instrumen.butir:
            stored = found.pop((instrumen_id, butir.kunci, butir.unsur), 0)
            if stored != count:
                yield (
                    f"Jawaban {butir.kunci} ({instrumen_id}): ada {stored}, "
                    f"seharusnya {count}, satu per responden."
                )
    for instrumen_id, butir_kunci, unsur in found:
        yield f"Jawaban {butir_kunci} dengan unsur {unsur} tidak dikenal instrumen {instrumen_id}."


def _check_rekap(session: Session) -> Iterator[str]:
    expected = _tally_raw(session)
    for row in session.scalars(select(RekapTersimpan).execution_options(yield_per=2000)):
        key = (row.unit_id, row.jenjang, row.mulai, row.layanan_id, row.instrumen_id, row.butir)
        right = tuple(expected.pop(key, [0] * 5))
        stored = (row.n1, row.n2, row.n3, row.n4, row.kosong)
        if stored != right:
            yield f"Rekap {_describe(key)}: tersimpan {stored}, dari jawaban mentah {right}."
    for key, counts in expected.items():
        yield f"Rekap {_describe(key)}: tidak tersimpan, dari jawaban mentah {tuple(counts)}."


def _tally_raw(session: Session) -> dict[RekapKey, list[int]]:
    rows = session.execute(
        select(
            Responden.unit_id,
            Responden.tanggal,
            Responden.layanan_id,
            Responden.instrumen_id,
            Jawaban.butir,
            Jawaban.nilai,
            func.count(),
        )
        .join(Jawaban, Jawaban.responden_id == Responden.id)
        .where(Responden.id.not_in(excluded_ids()))
        .group_by(
            Responden.unit_id,
            Responden.tanggal,
            Responden.layanan_id,
            Responden.instrumen_id,
            Jawaban.butir,
            Jawaban.nilai,
        )
        .execution_options(yield_per=5000)
    )
    counts: defaultdict[RekapKey, list[int]] = defaultdict(lambda: [0] * 5)
    for unit_id, tanggal, layanan_id, instrumen_id, butir, nilai, count in rows:
        position = 4 if nilai is None else nilai - 1
        for jenjang, mulai in (("hari", tanggal), ("bulan", tanggal.replace(day=1))):
            key = (unit_id, jenjang, mulai, layanan_id, instrumen_id, butir)
            counts[key][position] += int(count)
    return dict(counts)


def _describe(key: RekapKey) -> str:
    unit_id, jenjang, mulai, layanan_id, _, butir = key
    return f"{butir} {jenjang} {mulai.isoformat()} unit {unit_id} layanan {layanan_id}"


def _check_rekap_ciri(session: Session) -> Iterator[str]:
    wrong = session.scalar(
        select(func.count()).where(RekapTertunda.responden_id.in_(excluded_ids()))
    )
    if wrong:
        yield f"Rekap tertunda: {wrong} jawaban yang dikecualikan masih menunggu dihitung."
    for ciri in CIRI:
        expected = _tally_ciri(session, ciri)
        stored = session.scalars(
            select(RekapCiri).where(RekapCiri.ciri == ciri).execution_options(yield_per=2000)
        )
        for row in stored:
            key = (row.unit_id, row.mulai, row.instrumen_id, ciri, row.kelompok, row.butir)
            right = tuple(expected.pop(key, [0] * 5))
            counts = (row.n1, row.n2, row.n3, row.n4, row.kosong)
            if counts != right:
                yield (
                    f"Rekap {ciri} {row.kelompok or '(kosong)'} {row.butir} "
                    f"{row.mulai.isoformat()}: tersimpan {counts}, dari jawaban mentah {right}."
                )
        for _, mulai, _, _, kelompok, butir in expected:
            yield (
                f"Rekap {ciri} {kelompok or '(kosong)'} {butir} {mulai.isoformat()}: "
                "tidak tersimpan."
            )


def _tally_ciri(session: Session, ciri: str) -> dict[CiriKey, list[int]]:
    columns = (
        Responden.unit_id,
        Responden.tanggal,
        Responden.instrumen_id,
        kelompok_of(ciri).label("kelompok"),
        Jawaban.butir,
        Jawaban.nilai,
    )
    rows = session.execute(
        select(*columns, func.count())
        .join(Jawaban, Jawaban.responden_id == Responden.id)
        .where(
            Responden.id.not_in(excluded_ids()),
            Responden.id.not_in(select(RekapTertunda.responden_id)),
        )
        .group_by(*columns)
        .execution_options(yield_per=5000)
    )
    counts: defaultdict[CiriKey, list[int]] = defaultdict(lambda: [0] * 5)
    for unit_id, tanggal, instrumen_id, kelompok, butir, nilai, count in rows:
        key = (unit_id, tanggal.replace(day=1), instrumen_id, ciri, kelompok, butir)
        counts[key][4 if nilai is None else nilai - 1] += int(count)
    return dict(counts)


def _check_dua_orang(session: Session) -> Iterator[str]:
    """What two people must decide was decided by two, and about just that."""
    agreed = select(Putusan.usulan_id).where(
        Putusan.hasil == SETUJU, Putusan.pemutus_id != Putusan.pengusul_id
    )
    proposed = (
        select(UsulanResponden.responden_id)
        .join(Usulan, Usulan.id == UsulanResponden.usulan_id)
        .where(
            UsulanResponden.usulan_id == Pengecualian.usulan_id,
            UsulanResponden.responden_id == Pengecualian.responden_id,
            Usulan.jenis == case((Pengecualian.keluar, "kecualikan"), else_="pulihkan"),
            Usulan.id.in_(agreed),
        )
    )
    forged = session.scalar(
        select(func.count()).select_from(Pengecualian).where(~proposed.exists())
    )
    if forged:
        yield f"Pengecualian: {forged} jawaban dikecualikan tanpa persetujuan orang kedua."
    opened = (
        select(Usulan.id)
        .join(Penetapan, Penetapan.periode_id == Usulan.periode_id)
        .where(
            Usulan.id == Pembukaan.usulan_id,
            Penetapan.id == Pembukaan.penetapan_id,
            Usulan.jenis == "buka",
            Usulan.id.in_(agreed),
        )
    )
    alone = session.scalar(select(func.count()).select_from(Pembukaan).where(~opened.exists()))
    if alone:
        yield f"Pembukaan: {alone} periode dibuka kembali tanpa persetujuan orang kedua."


def _check_catatan(session: Session) -> Iterator[str]:
    sebelum = FIRST_LINK
    rows = session.scalars(
        select(Catatan).order_by(Catatan.nomor).execution_options(yield_per=1000)
    )
    for nomor, row in enumerate(rows, 1):
        if row.nomor != nomor:
            # Everything after it would be reported too. Closed: it may be the server's cursor.
            rows.close()
            yield f"Catatan {row.nomor}: seharusnya {nomor}; ada catatan yang hilang."
            return
        if row.sidik_sebelum != sebelum or row.sidik != compute_sidik_catatan(row):
            yield f"Catatan {row.nomor}: berubah sejak ditulis, atau tidak tersambung."
        sebelum = row.sidik


def _check_penetapan(session: Session) -> Iterator[str]:
    sebelum = FIRST_LINK
    for nomor, row in enumerate(session.scalars(select(Penetapan).order_by(Penetapan.nomor)), 1):
        nama = f"Penetapan {row.nomor} ({row.periode.nama})"
        if row.nomor != nomor:
            yield f"{nama}: nomor seharusnya {nomor}; ada penetapan yang hilang."
        if row.sidik_sebelum != sebelum:
            yield f"{nama}: tidak tersambung dengan penetapan sebelumnya."
        if row.sidik != compute_sidik(row.isi, row.ditetapkan, row.oleh, row.sidik_sebelum):
            yield f"{nama}: isinya tidak cocok dengan sidiknya."
        try:
            yield from [f"{nama}: {fault}" for fault in _check_figures(session, row)]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield f"{nama}: isinya rusak dan tidak dapat dihitung ulang ({type(error).__name__})."
        sebelum = row.sidik


def _check_figures(session: Session, row: Penetapan) -> Iterator[str]:
    hasil = _compute_frozen(row)
    if hasil.to_json() != row.isi["hasil"]:
        yield "angkanya tidak cocok dengan rekap yang dibekukan."
    columns = (row.n, row.ikm, row.ikm_eksak, row.mutu)
    if columns != (hasil.n, hasil.ikm, hasil.ikm_eksak, hasil.mutu and hasil.mutu.huruf):
        yield "kolom ringkas tidak cocok dengan angkanya."
    periode = row.periode
    # Not the unit's name: an office may be renamed, and the record keeps the name it had.
    frozen_about = tuple(row.isi[key] for key in ("periode", "mulai", "sampai"))
    if frozen_about != (periode.nama, periode.mulai.isoformat(), periode.sampai.isoformat()):
        yield f"nama atau tanggal periode berubah sejak ditetapkan: {frozen_about}."
    if _raw_rekap(session, row.periode, row) != _read_frozen(row):
        yield "rekap yang dibekukan tidak cocok dengan jawaban mentah saat ditetapkan."


def _compute_frozen(row: Penetapan) -> HasilIKM:
    """The figures of a frozen record, computed once more from its tallies."""
    instrumen = parse_instrumen(row.isi["instrumen"])
    return compute_ikm(instrumen, _read_frozen(row), get_konvensi(row.isi["hasil"]["konvensi"]))


def _read_frozen(row: Penetapan) -> dict[str, Sebaran]:
    return {kunci: Sebaran(*counts) for kunci, counts in row.isi["rekap"].items()}


def _check_terbitan(session: Session) -> Iterator[str]:
    """What was made public is what was frozen, and each release stands in the log."""
    rows = session.execute(
        select(Catatan.objek_id, Catatan.sesudah)
        .where(Catatan.objek == Terbitan.__tablename__)
        .order_by(Catatan.nomor.desc())
    )
    logged: dict[str, Any] = {str(objek_id): sesudah for objek_id, sesudah in rows}
    for row in session.scalars(select(Terbitan).join(Terbitan.penetapan).order_by(Penetapan.nomor)):
        penetapan = row.penetapan
        nama = f"Terbitan dari penetapan {penetapan.nomor} ({penetapan.periode.nama})"
        if row.sidik != compute_sidik(row.isi, row.diterbitkan, row.oleh, penetapan.sidik):
            yield f"{nama}: isinya tidak cocok dengan sidiknya."
        if str(row.penetapan_id) not in logged:
            yield f"{nama}: tidak ada catatan bahwa hasil ini diterbitkan."
        elif (logged.pop(str(row.penetapan_id)) or {}).get("sidik") != row.sidik:
            yield f"{nama}: sidiknya bukan yang tercatat saat diterbitkan."
        try:
            yield from [f"{nama}: {fault}" for fault in _check_published(row.isi, penetapan)]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield f"{nama}: isinya rusak dan tidak dapat diperiksa ({type(error).__name__})."
    for penetapan_id in sorted(logged):
        yield f"Terbitan dari penetapan {penetapan_id}: tercatat, tetapi tidak ada lagi."


def _check_published(isi: dict[str, Any], penetapan: Penetapan) -> Iterator[str]:
    """Figures, names and days of a release against those of the frozen result."""
    beku = penetapan.isi
    shown = tuple(isi[key] for key in ("n", "ikm", "mutu", "kinerja", "konvensi"))
    if shown != tuple(beku["hasil"][key] for key in ("n", "ikm", "mutu", "kinerja", "konvensi")):
        yield "angkanya tidak sama dengan yang ditetapkan."
    unsur = [
        (one["kode"], one["kunci"], one["nrr"], one["nilai"], one["mutu"]) for one in isi["unsur"]
    ]
    if unsur != [
        (one.kode, one.kunci, str(one.nrr), str(one.nilai), one.mutu and one.mutu.huruf)
        for one in _compute_frozen(penetapan).unsur
    ]:
        yield "nilai unsur tidak sama dengan yang ditetapkan."
    about = (isi["unit"]["nama"], *(isi["periode"][key] for key in ("nama", "mulai", "sampai")))
    if about != tuple(beku[key] for key in ("unit", "periode", "mulai", "sampai")):
        yield "unit, nama, atau tanggal periode tidak sama dengan yang ditetapkan."
    if isi["penetapan"]["sidik"] != penetapan.sidik:
        yield "menyebut sidik penetapan yang lain."


def _raw_rekap(session: Session, periode: Periode, row: Penetapan) -> dict[str, Sebaran]:
    """Tally the raw responses that a period had when it was closed."""
    rows = session.execute(
        select(Jawaban.butir, Jawaban.nilai, func.count())
        .join(Responden, Jawaban.responden_id == Responden.id)
        .where(*counted_by(session, periode, row))
        .group_by(Jawaban.butir, Jawaban.nilai)
    ).all()
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for butir, nilai, count in rows:
        counts[butir][4 if nilai is None else nilai - 1] += int(count)
    return {butir: Sebaran(*found) for butir, found in counts.items()}
