"""The workbench: proposals by two, audit log, batches, complaints, follow-up, more about responses"""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

from skm_app.models import base

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

APPEND_ONLY = ("usulan", "usulan_responden", "putusan", "pengecualian", "pembukaan", "catatan")
JENIS = "'bulan', 'triwulan', 'semester', 'tahun', 'lain'"
MONTHS = {1: "bulan", 3: "triwulan", 6: "semester", 12: "tahun"}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    _allow_a_period_to_be_closed_again(sqlite)
    _create_tables()
    for table in APPEND_ONLY:
        _refuse_changes(table, sqlite)
    # Plain ALTER TABLE with the constraint beside the column, which both databases know:
    # Alembic's batch mode would copy the tables and lose their triggers.
    uuid = "CHAR(32)" if sqlite else "UUID"
    false = "0" if sqlite else "false"
    add = "ALTER TABLE {} ADD COLUMN {}"
    for table in ("unit", "layanan", "titik", "pengguna", "periode", "target", "realisasi"):
        op.execute(add.format(table, "versi INTEGER DEFAULT '1' NOT NULL"))
    op.execute(add.format("layanan", f"gratis BOOLEAN DEFAULT {false} NOT NULL"))
    op.execute(add.format("pengguna", f"unit_id {uuid} CONSTRAINT fk_pengguna_unit_id_unit REFERENCES unit (id)"))
    op.execute(add.format("periode", f"jenis VARCHAR(10) DEFAULT 'lain' NOT NULL CONSTRAINT ck_periode_jenis CHECK (jenis IN ({JENIS}))"))
    op.execute(add.format("periode", "populasi INTEGER CONSTRAINT ck_periode_populasi CHECK (populasi > 0)"))
    op.execute(add.format("periode", "populasi_sumber VARCHAR(200)"))
    for column in (
        "jam VARCHAR(5)",
        "lama_detik INTEGER",
        "perangkat VARCHAR(16)",
        f"batch_id {uuid} CONSTRAINT fk_responden_batch_id_batch REFERENCES batch (id)",
        "nomor_lembar INTEGER",
    ):
        op.execute(add.format("responden", column))
    filled = sa.text("batch_id IS NOT NULL")
    op.create_index("ix_responden_batch_id", "responden", ["batch_id"], sqlite_where=filled, postgresql_where=filled)
    _name_kinds_of_periods()
    _tally_ciri(sqlite)


def _allow_a_period_to_be_closed_again(sqlite: bool) -> None:
    if sqlite:
        # SQLite cannot drop a constraint: the table is copied, and its guards are set up anew.
        with op.batch_alter_table("penetapan", recreate="always") as batch:
            batch.drop_constraint("uq_penetapan_periode_id", type_="unique")
        _refuse_changes("penetapan", sqlite)
    else:
        op.drop_constraint("uq_penetapan_periode_id", "penetapan", type_="unique")
    op.create_index("ix_penetapan_periode_id", "penetapan", ["periode_id"])


def _name_kinds_of_periods() -> None:
    periode = sa.table("periode", sa.column("id"), sa.column("mulai", sa.Date()), sa.column("sampai", sa.Date()), sa.column("jenis"))
    for id_, mulai, sampai in op.get_bind().execute(sa.select(periode.c.id, periode.c.mulai, periode.c.sampai)).all():
        jenis = _kind_of(mulai, sampai)
        op.execute(periode.update().where(periode.c.id == id_).values(jenis=jenis))


def _kind_of(mulai: date, sampai: date) -> str:
    after = sampai + timedelta(days=1)
    months = (after.year - mulai.year) * 12 + after.month - mulai.month
    whole = mulai.day == after.day == 1
    regular = months in MONTHS and (mulai.month - 1) % months == 0
    return MONTHS[months] if whole and regular else "lain"


def _tally_ciri(sqlite: bool) -> None:
    """What was answered before this version is counted by ciri, too."""
    month = "date(r.tanggal, 'start of month')" if sqlite else "date_trunc('month', r.tanggal)::date"
    groups = {
        "kanal": "r.kanal",
        "dibantu": "CASE WHEN r.dibantu IS NULL THEN '' WHEN r.dibantu THEN 'ya' ELSE 'tidak' END",
        "jam": "''",
        "jenis_kelamin": "coalesce(r.jenis_kelamin, '')",
        "usia": "coalesce(r.usia, '')",
        "pendidikan": "coalesce(r.pendidikan, '')",
        "pekerjaan": "coalesce(r.pekerjaan, '')",
    }
    counts = ", ".join(
        f"sum(CASE WHEN j.nilai {test} THEN 1 ELSE 0 END)" for test in ("= 1", "= 2", "= 3", "= 4", "IS NULL")
    )
    for ciri, kelompok in groups.items():
        op.execute(
            "INSERT INTO rekap_ciri (unit_id, mulai, instrumen_id, ciri, kelompok, butir, n1, n2, n3, n4, kosong) "
            f"SELECT r.unit_id, {month}, r.instrumen_id, '{ciri}', {kelompok}, j.butir, {counts} "
            "FROM responden r JOIN jawaban j ON j.responden_id = r.id "
            "GROUP BY 1, 2, 3, 5, 6"
        )


def _refuse_changes(table: str, sqlite: bool) -> None:
    if sqlite:
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _create_tables() -> None:
    op.create_table('rekap_ciri',
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('mulai', sa.Date(), nullable=False),
    sa.Column('instrumen_id', sa.String(length=40), nullable=False),
    sa.Column('ciri', sa.String(length=20), nullable=False),
    sa.Column('kelompok', sa.String(length=30), nullable=False),
    sa.Column('butir', sa.String(length=40), nullable=False),
    sa.Column('n1', sa.Integer(), nullable=False),
    sa.Column('n2', sa.Integer(), nullable=False),
    sa.Column('n3', sa.Integer(), nullable=False),
    sa.Column('n4', sa.Integer(), nullable=False),
    sa.Column('kosong', sa.Integer(), nullable=False),
    sa.CheckConstraint("ciri IN ('kanal', 'dibantu', 'jam', 'jenis_kelamin', 'usia', 'pendidikan', 'pekerjaan')", name=op.f('ck_rekap_ciri_ciri')),
    sa.CheckConstraint('n1 >= 0 AND n2 >= 0 AND n3 >= 0 AND n4 >= 0 AND kosong >= 0', name=op.f('ck_rekap_ciri_hitungan')),
    sa.ForeignKeyConstraint(['instrumen_id'], ['instrumen.id'], name=op.f('fk_rekap_ciri_instrumen_id_instrumen')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_rekap_ciri_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', 'mulai', 'instrumen_id', 'ciri', 'kelompok', 'butir', name=op.f('pk_rekap_ciri')),
    sqlite_with_rowid=False
    )
    op.create_table('catatan',
    sa.Column('nomor', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('waktu', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('pengguna_id', sa.Uuid(), nullable=True),
    sa.Column('oleh', sa.String(length=60), nullable=False),
    sa.Column('peran', sa.String(length=10), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=True),
    sa.Column('aksi', sa.String(length=40), nullable=False),
    sa.Column('objek', sa.String(length=30), nullable=False),
    sa.Column('objek_id', sa.String(length=80), nullable=False),
    sa.Column('keterangan', sa.String(length=500), nullable=False),
    sa.Column('alasan', sa.String(length=500), nullable=False),
    sa.Column('sebelum', sa.JSON(), nullable=True),
    sa.Column('sesudah', sa.JSON(), nullable=True),
    sa.Column('sidik_sebelum', sa.String(length=64), nullable=False),
    sa.Column('sidik', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['pengguna_id'], ['pengguna.id'], name=op.f('fk_catatan_pengguna_id_pengguna')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_catatan_unit_id_unit')),
    sa.PrimaryKeyConstraint('nomor', name=op.f('pk_catatan'))
    )
    op.create_index('ix_catatan_objek_objek_id', 'catatan', ['objek', 'objek_id'], unique=False)
    op.create_index(op.f('ix_catatan_waktu'), 'catatan', ['waktu'], unique=False)
    op.create_table('rtl',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('periode_id', sa.Uuid(), nullable=False),
    sa.Column('asal_id', sa.Uuid(), nullable=True),
    sa.Column('unsur', sa.String(length=40), nullable=False),
    sa.Column('masalah', sa.String(length=500), nullable=False),
    sa.Column('program', sa.String(length=500), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('triwulan', sa.Integer(), nullable=False),
    sa.Column('penanggung_jawab', sa.String(length=100), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('uraian_hasil', sa.String(length=1000), nullable=False),
    sa.Column('tanggal_selesai', sa.Date(), nullable=True),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint("status IN ('rencana', 'berjalan', 'selesai', 'tidak')", name=op.f('ck_rtl_status')),
    sa.CheckConstraint('triwulan BETWEEN 1 AND 4', name=op.f('ck_rtl_triwulan')),
    sa.ForeignKeyConstraint(['asal_id'], ['rtl.id'], name=op.f('fk_rtl_asal_id_rtl')),
    sa.ForeignKeyConstraint(['periode_id'], ['periode.id'], name=op.f('fk_rtl_periode_id_periode')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rtl'))
    )
    op.create_index(op.f('ix_rtl_periode_id'), 'rtl', ['periode_id'], unique=False)
    op.create_table('unggahan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('oleh_id', sa.Uuid(), nullable=False),
    sa.Column('nama', sa.String(length=200), nullable=False),
    sa.Column('isi', sa.LargeBinary(), nullable=False),
    sa.Column('pilihan', sa.JSON(), nullable=False),
    sa.Column('dibuat', base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['oleh_id'], ['pengguna.id'], name=op.f('fk_unggahan_oleh_id_pengguna')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unggahan'))
    )
    op.create_table('usulan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('jenis', sa.String(length=10), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('periode_id', sa.Uuid(), nullable=True),
    sa.Column('alasan', sa.String(length=500), nullable=False),
    sa.Column('isi', sa.JSON(), nullable=False),
    sa.Column('pengusul_id', sa.Uuid(), nullable=False),
    sa.Column('pengusul', sa.String(length=60), nullable=False),
    sa.Column('dibuat', base.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(jenis IN ('tetapkan', 'buka')) = (periode_id IS NOT NULL)", name=op.f('ck_usulan_objek')),
    sa.CheckConstraint("jenis IN ('tetapkan', 'buka', 'kecualikan', 'pulihkan')", name=op.f('ck_usulan_jenis')),
    sa.ForeignKeyConstraint(['pengusul_id'], ['pengguna.id'], name=op.f('fk_usulan_pengusul_id_pengguna')),
    sa.ForeignKeyConstraint(['periode_id'], ['periode.id'], name=op.f('fk_usulan_periode_id_periode')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_usulan_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_usulan')),
    sa.UniqueConstraint('id', 'pengusul_id', name=op.f('uq_usulan_id_pengusul_id'))
    )
    op.create_index(op.f('ix_usulan_periode_id'), 'usulan', ['periode_id'], unique=False)
    op.create_index('ix_usulan_unit_id_dibuat', 'usulan', ['unit_id', 'dibuat'], unique=False)
    op.create_table('batch',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('titik_id', sa.Uuid(), nullable=False),
    sa.Column('jenis', sa.String(length=10), nullable=False),
    sa.Column('kode', sa.String(length=30), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('tanggal', sa.Date(), nullable=False),
    sa.Column('ganda', sa.Boolean(), nullable=False),
    sa.Column('nama_berkas', sa.String(length=200), nullable=False),
    sa.Column('sidik_berkas', sa.String(length=64), nullable=False),
    sa.Column('jumlah', sa.Integer(), nullable=False),
    sa.Column('oleh_id', sa.Uuid(), nullable=False),
    sa.Column('dibuat', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('selesai', base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint("jenis IN ('kertas', 'impor')", name=op.f('ck_batch_jenis')),
    sa.CheckConstraint("status IN ('diisi', 'diproses', 'tersimpan', 'batal')", name=op.f('ck_batch_status')),
    sa.ForeignKeyConstraint(['oleh_id'], ['pengguna.id'], name=op.f('fk_batch_oleh_id_pengguna')),
    sa.ForeignKeyConstraint(['titik_id'], ['titik.id'], name=op.f('fk_batch_titik_id_titik')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_batch_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_batch')),
    sa.UniqueConstraint('unit_id', 'kode', name=op.f('uq_batch_unit_id_kode'))
    )
    op.create_table('bukti_rtl',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rtl_id', sa.Uuid(), nullable=False),
    sa.Column('nama', sa.String(length=200), nullable=False),
    sa.Column('jenis', sa.String(length=100), nullable=False),
    sa.Column('ukuran', sa.Integer(), nullable=False),
    sa.Column('sidik', sa.String(length=64), nullable=False),
    sa.Column('isi', sa.LargeBinary(), nullable=False),
    sa.Column('diunggah', base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rtl_id'], ['rtl.id'], name=op.f('fk_bukti_rtl_rtl_id_rtl')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bukti_rtl'))
    )
    op.create_index(op.f('ix_bukti_rtl_rtl_id'), 'bukti_rtl', ['rtl_id'], unique=False)
    op.create_table('pembukaan',
    sa.Column('penetapan_id', sa.Uuid(), nullable=False),
    sa.Column('usulan_id', sa.Uuid(), nullable=False),
    sa.Column('dibuka', base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['penetapan_id'], ['penetapan.id'], name=op.f('fk_pembukaan_penetapan_id_penetapan')),
    sa.ForeignKeyConstraint(['usulan_id'], ['usulan.id'], name=op.f('fk_pembukaan_usulan_id_usulan')),
    sa.PrimaryKeyConstraint('penetapan_id', name=op.f('pk_pembukaan')),
    sa.UniqueConstraint('usulan_id', name=op.f('uq_pembukaan_usulan_id'))
    )
    op.create_table('pengaduan',
    sa.Column('saran_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('tenggat', sa.Date(), nullable=False),
    sa.Column('penanggung_jawab', sa.String(length=100), nullable=False),
    sa.Column('jawaban', sa.String(length=2000), nullable=False),
    sa.Column('selesai', base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint("status <> 'selesai' OR jawaban <> ''", name=op.f('ck_pengaduan_jawaban')),
    sa.CheckConstraint("status IN ('baru', 'diproses', 'selesai')", name=op.f('ck_pengaduan_status')),
    sa.ForeignKeyConstraint(['saran_id'], ['saran.id'], name=op.f('fk_pengaduan_saran_id_saran')),
    sa.PrimaryKeyConstraint('saran_id', name=op.f('pk_pengaduan'))
    )
    op.create_table('putusan',
    sa.Column('usulan_id', sa.Uuid(), nullable=False),
    sa.Column('pengusul_id', sa.Uuid(), nullable=False),
    sa.Column('hasil', sa.String(length=10), nullable=False),
    sa.Column('catatan', sa.String(length=500), nullable=False),
    sa.Column('pemutus_id', sa.Uuid(), nullable=False),
    sa.Column('pemutus', sa.String(length=60), nullable=False),
    sa.Column('diputuskan', base.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(hasil = 'ditarik') = (pemutus_id = pengusul_id)", name=op.f('ck_putusan_dua_orang')),
    sa.CheckConstraint("hasil IN ('disetujui', 'ditolak', 'ditarik')", name=op.f('ck_putusan_hasil')),
    sa.ForeignKeyConstraint(['pemutus_id'], ['pengguna.id'], name=op.f('fk_putusan_pemutus_id_pengguna')),
    sa.ForeignKeyConstraint(['usulan_id', 'pengusul_id'], ['usulan.id', 'usulan.pengusul_id'], name=op.f('fk_putusan_usulan_id_usulan')),
    sa.PrimaryKeyConstraint('usulan_id', name=op.f('pk_putusan'))
    )
    op.create_table('tanda_saran',
    sa.Column('saran_id', sa.Uuid(), nullable=False),
    sa.Column('unsur', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['saran_id'], ['saran.id'], name=op.f('fk_tanda_saran_saran_id_saran')),
    sa.PrimaryKeyConstraint('saran_id', 'unsur', name=op.f('pk_tanda_saran'))
    )
    op.create_table('tinjauan_saran',
    sa.Column('saran_id', sa.Uuid(), nullable=False),
    sa.Column('teks_aman', sa.String(length=1200), nullable=False),
    sa.Column('boleh_tayang', sa.Boolean(), nullable=False),
    sa.Column('ditinjau', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['saran_id'], ['saran.id'], name=op.f('fk_tinjauan_saran_saran_id_saran')),
    sa.PrimaryKeyConstraint('saran_id', name=op.f('pk_tinjauan_saran'))
    )
    op.create_table('lembar',
    sa.Column('batch_id', sa.Uuid(), nullable=False),
    sa.Column('nomor', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('isi', sa.JSON(), nullable=False),
    sa.Column('isi_kedua', sa.JSON(), nullable=True),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['batch.id'], name=op.f('fk_lembar_batch_id_batch')),
    sa.PrimaryKeyConstraint('batch_id', 'nomor', name=op.f('pk_lembar')),
    sa.UniqueConstraint('submission_id', name=op.f('uq_lembar_submission_id'))
    )
    op.create_table('pengecualian',
    sa.Column('responden_id', sa.Uuid(), nullable=False),
    sa.Column('usulan_id', sa.Uuid(), nullable=False),
    sa.Column('keluar', sa.Boolean(), nullable=False),
    sa.Column('berlaku', base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['responden_id'], ['responden.id'], name=op.f('fk_pengecualian_responden_id_responden')),
    sa.ForeignKeyConstraint(['usulan_id'], ['usulan.id'], name=op.f('fk_pengecualian_usulan_id_usulan')),
    sa.PrimaryKeyConstraint('responden_id', 'usulan_id', name=op.f('pk_pengecualian')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_pengecualian_usulan_id'), 'pengecualian', ['usulan_id'], unique=False)
    op.create_table('usulan_responden',
    sa.Column('usulan_id', sa.Uuid(), nullable=False),
    sa.Column('responden_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['responden_id'], ['responden.id'], name=op.f('fk_usulan_responden_responden_id_responden')),
    sa.ForeignKeyConstraint(['usulan_id'], ['usulan.id'], name=op.f('fk_usulan_responden_usulan_id_usulan')),
    sa.PrimaryKeyConstraint('usulan_id', 'responden_id', name=op.f('pk_usulan_responden')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_usulan_responden_responden_id'), 'usulan_responden', ['responden_id'], unique=False)
    op.create_table('rekap_tertunda',
    sa.Column('responden_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['responden_id'], ['responden.id'], name=op.f('fk_rekap_tertunda_responden_id_responden')),
    sa.PrimaryKeyConstraint('responden_id', name=op.f('pk_rekap_tertunda')),
    sqlite_with_rowid=False
    )
