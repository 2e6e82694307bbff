"""What stands around the targets of the demo office: agreement, AKIP, Probebaya, quarters.

From the printed documents of 2021 to 2024, except the quarters of this year, which are invented.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.capaian import KODE_IKM, KODE_PROBEBAYA
from skm_app.demo.kantor import Kantor, read_rows
from skm_app.models import (
    Akip,
    Anggaran,
    Dukungan,
    Indikator,
    NamaLain,
    Perjanjian,
    Probebaya,
    Realisasi,
    Triwulan,
)

IKU_2023 = "Keputusan Camat Palaran 050/0797/400.02 (IKU 2023)"
PEMBERDAYAAN = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"
# indikator: formula, alasan, names elsewhere with their document, programmes with kind of unit
ISI = {
    KODE_IKM: (
        "Jumlah nilai persepsi per unsur dibagi jumlah unsur yang terisi, dikali nilai penimbang",
        "Mengetahui tingkat kepuasan masyarakat dan menjadi bahan perbaikan mutu pelayanan",
        (
            ("Nilai Indeks Mutu Pelayanan Publik", "Perjanjian Kinerja 2024"),
            ("Nilai Indeks Kepuasan Masyarakat", "LKjIP 2024, Tabel 3.2"),
            ("Indeks Kepuasan Masyarakat (IKM)", "LKjIP 2024, Tabel 3.3"),
            ("Nilai IKM", "LKjIP 2024, Tabel 3.7"),
        ),
        (
            ("PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA", None),
            ("PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK", None),
        ),
    ),
    KODE_PROBEBAYA: (
        "Realisasi dibagi anggaran Program Pemberdayaan Masyarakat di kelurahan, dikali 100",
        "Mengetahui terlaksananya pemberdayaan masyarakat di kelurahan (Probebaya)",
        (
            (
                "Persentase Usulan Kegiatan Pembangunan Sarana dan Prasarana dan Pemberdayaan "
                "Masyarakat di Kelurahan yang Disetujui",
                "LKjIP 2024, Tabel 3.2",
            ),
            (
                "Persentase Jumlah Sarana dan Prasarana Kelurahan yang Terbangun dan Jumlah "
                "Pokmas dan Ormas yang Melaksanakan Pemberdayaan Masyarakat di Kelurahan",
                "LKjIP 2024, Tabel 3.5",
            ),
        ),
        ((PEMBERDAYAAN, "kelurahan"),),
    ),
}
# Invented: targets to be reached by the end of each quarter, and what is in hand so far.
TRIWULAN = {
    KODE_IKM: (("89.05", None),) * 4,
    KODE_PROBEBAYA: (("20", "18.40"), ("45", "46.15"), ("70", "71.25"), ("89.05", None)),
}
# Invented: how much of this year's money was spent, in percent.
TERSERAP = 78


def create_perjanjian(
    session: Session, kantor: Kantor, indikator: Mapping[str, Indikator], tahun: int, hari: date
) -> None:
    """Store all that a performance report of ``tahun`` needs besides targets and budget."""
    for kode, (formula, alasan, names, programs) in ISI.items():
        one = indikator[kode]
        one.formula, one.alasan, one.sumber_data = formula, alasan, "Kecamatan Palaran"
        one.nama_lain = [NamaLain(nama=nama, sumber=sumber) for nama, sumber in names]
        session.add_all(
            Dukungan(sasaran_id=one.sasaran_id, program=program, jenis_unit=jenis)
            for program, jenis in programs
        )
        session.add_all(_list_triwulan(one, hari))
    session.add(
        Perjanjian(
            unit_id=kantor.unit_id,
            tahun=tahun,
            dokumen="Perjanjian Kinerja Kecamatan Palaran Tahun 2024",
            tempat="Samarinda",
            tanggal=date(2024, 1, 23),
            pertama_jabatan="Camat Palaran",
            kedua_jabatan="Wali Kota Samarinda",
        )
    )
    session.add_all(
        Akip(
            unit_id=kantor.unit_id,
            tahun=int(row["tahun"]),
            nilai=Decimal(row["nilai"]),
            predikat=row["predikat_tercetak"],
            sumber="LKjIP 2024, Tabel 1.5",
        )
        for row in read_rows("akip.csv")
    )
    session.flush()
    _add_probebaya(session, kantor, tahun)
    if hari.year != tahun:
        _add_probebaya_kini(session, kantor, tahun, hari.year)
        indikator_id = indikator[KODE_PROBEBAYA].id
        session.add(Realisasi(indikator_id=indikator_id, tahun=hari.year, cara="serapan_anggaran"))


def _list_triwulan(indikator: Indikator, hari: date) -> list[Triwulan]:
    return [
        Triwulan(
            indikator_id=indikator.id,
            tahun=hari.year,
            triwulan=number,
            target=Decimal(target),
            realisasi=Decimal(realisasi) if realisasi and number * 3 < hari.month else None,
        )
        for number, (target, realisasi) in enumerate(TRIWULAN[indikator.kode], 1)
    ]


def _add_probebaya(session: Session, kantor: Kantor, tahun: int) -> None:
    """RT and money of each kelurahan; how many proposals there were is printed nowhere."""
    money: dict[uuid.UUID, tuple[int, int]] = {
        unit_id: (int(anggaran), int(realisasi))
        for unit_id, anggaran, realisasi in session.execute(
            select(
                Anggaran.unit_id, func.sum(Anggaran.anggaran_rp), func.sum(Anggaran.realisasi_rp)
            )
            .where(Anggaran.tahun == tahun, Anggaran.program == PEMBERDAYAAN)
            .group_by(Anggaran.unit_id)
        )
    }
    for row in read_rows("kelurahan.csv"):
        unit_id = kantor.kelurahan[f"Kelurahan {row['kelurahan']}"]
        anggaran, realisasi = money[unit_id]
        session.add(
            Probebaya(
                unit_id=unit_id,
                tahun=tahun,
                jumlah_rt=int(row["jumlah_rt"]),
                anggaran_rp=anggaran,
                realisasi_rp=realisasi,
            )
        )


def _add_probebaya_kini(session: Session, kantor: Kantor, lalu: int, tahun: int) -> None:
    """This year's records, which fit its quarters: invented, with the money of another year."""
    for unit_id in kantor.kelurahan.values():
        earlier = session.get_one(Probebaya, (unit_id, lalu))
        rt, anggaran = earlier.jumlah_rt or 0, earlier.anggaran_rp or 0
        bidang = rt // 8
        session.add(
            Probebaya(
                unit_id=unit_id,
                tahun=tahun,
                jumlah_rt=rt,
                diajukan=2 * rt,
                disetujui=2 * rt - 2,
                dilaksanakan=rt,
                infrastruktur=rt - 4 * bidang,
                ekonomi=bidang,
                sosial_budaya=bidang,
                kesehatan=bidang,
                pendidikan=bidang,
                anggaran_rp=anggaran,
                realisasi_rp=anggaran * TERSERAP // 100,
            )
        )
