"""What the demo office plans to do about the weakest unsur, and its letterhead.

The plans are invented, as an office would write them; the printed report lists none.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from skm_app.demo.kantor import Kantor
from skm_app.models import KopSurat, Periode, Rtl, new_id

# unsur, masalah, program, triwulan of the next year, who, status, what came of it, when
RENCANA = (
    (
        "persyaratan", "Warga datang dengan berkas yang belum lengkap.",
        "Menempel daftar persyaratan setiap layanan di loket dan mengirimkannya ke kelurahan",
        1, "Kepala Seksi Pelayanan Umum", "selesai",
        "Daftar persyaratan terpasang di loket kecamatan dan lima kelurahan.", date(2025, 2, 14),
    ),
    (
        "perilaku", "Warga merasa kurang disapa saat antrean panjang.",
        "Pembekalan petugas loket tentang pelayanan prima",
        2, "Sekretaris Kecamatan", "selesai",
        "Pembekalan diikuti seluruh petugas loket.", date(2025, 5, 20),
    ),
    (
        "prosedur", "Urutan pelayanan belum dipahami warga.",
        "Memasang alur pelayanan bergambar di ruang tunggu",
        2, "Kepala Seksi Pelayanan Umum", "berjalan", "", None,
    ),
    (
        "produk", "Surat yang salah ketik harus diurus ulang.",
        "Pemeriksaan bersama warga sebelum surat ditandatangani",
        3, "Kepala Seksi Pelayanan Umum", "rencana", "", None,
    ),
)  # fmt: skip


def create_tindak_lanjut(session: Session, kantor: Kantor, periode: Periode) -> None:
    """Store the plans that follow from a period, and who signs for the office."""
    session.add(
        KopSurat(
            unit_id=kantor.unit_id,
            instansi="PEMERINTAH KOTA SAMARINDA",
            tempat="Samarinda",
            jabatan="Camat Palaran",
        )
    )
    for unsur, masalah, program, triwulan, siapa, status, hasil, selesai in RENCANA:
        session.add(
            Rtl(
                id=new_id(),
                periode_id=periode.id,
                unsur=unsur,
                masalah=masalah,
                program=program,
                tahun=periode.tahun + 1,
                triwulan=triwulan,
                penanggung_jawab=siapa,
                status=status,
                uraian_hasil=hasil,
                tanggal_selesai=selesai,
            )
        )
