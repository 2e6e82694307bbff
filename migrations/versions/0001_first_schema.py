"""First schema"""

import sqlalchemy as sa
from alembic import op

from skm_app.models import base

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

# What citizens said and what was closed: the database itself refuses to change it.
APPEND_ONLY = ("instrumen", "responden", "jawaban", "saran", "penetapan")


def upgrade() -> None:
    op.create_table('instalasi',
    sa.Column('kunci', sa.String(length=40), nullable=False),
    sa.Column('nilai', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('kunci', name=op.f('pk_instalasi'))
    )
    op.create_table('instrumen',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('definisi', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instrumen'))
    )
    op.create_table('pengguna',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('nama', sa.String(length=60), nullable=False),
    sa.Column('sandi_hash', sa.String(length=200), nullable=False),
    sa.Column('sandi_sementara', sa.Boolean(), nullable=False),
    sa.Column('peran', sa.String(length=10), nullable=False),
    sa.Column('aktif', sa.Boolean(), nullable=False),
    sa.CheckConstraint("peran IN ('admin', 'operator', 'pimpinan')", name=op.f('ck_pengguna_peran')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pengguna')),
    sa.UniqueConstraint('nama', name=op.f('uq_pengguna_nama'))
    )
    op.create_table('percobaan_masuk',
    sa.Column('kunci', sa.String(length=64), nullable=False),
    sa.Column('jumlah', sa.Integer(), nullable=False),
    sa.Column('mulai', base.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('kunci', name=op.f('pk_percobaan_masuk'))
    )
    op.create_table('unit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('jenis', sa.String(length=20), nullable=False),
    sa.Column('nama', sa.String(length=200), nullable=False),
    sa.Column('alamat', sa.String(length=300), nullable=False),
    sa.CheckConstraint("jenis IN ('kota', 'kecamatan', 'kelurahan', 'opd')", name=op.f('ck_unit_jenis')),
    sa.ForeignKeyConstraint(['parent_id'], ['unit.id'], name=op.f('fk_unit_parent_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('parent_id', 'nama', name=op.f('uq_unit_parent_id_nama'))
    )
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_parent_id'), ['parent_id'], unique=False)

    op.create_table('anggaran',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('program', sa.String(length=300), nullable=False),
    sa.Column('kegiatan', sa.String(length=300), nullable=False),
    sa.Column('sub_kegiatan', sa.String(length=300), nullable=False),
    sa.Column('anggaran_rp', sa.BigInteger(), nullable=False),
    sa.Column('realisasi_rp', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('anggaran_rp >= 0 AND realisasi_rp >= 0', name=op.f('ck_anggaran_rupiah')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_anggaran_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_anggaran')),
    sa.UniqueConstraint('unit_id', 'tahun', 'program', 'kegiatan', 'sub_kegiatan', name=op.f('uq_anggaran_unit_id_tahun_program_kegiatan_sub_kegiatan'))
    )
    op.create_table('indikator',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('kode', sa.String(length=20), nullable=False),
    sa.Column('urutan', sa.Integer(), nullable=False),
    sa.Column('sasaran', sa.String(length=300), nullable=False),
    sa.Column('nama', sa.String(length=300), nullable=False),
    sa.Column('satuan', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_indikator_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indikator')),
    sa.UniqueConstraint('unit_id', 'kode', name=op.f('uq_indikator_unit_id_kode'))
    )
    op.create_table('layanan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('kode', sa.String(length=40), nullable=False),
    sa.Column('nama', sa.String(length=200), nullable=False),
    sa.Column('urutan', sa.Integer(), nullable=False),
    sa.Column('aktif', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_layanan_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_layanan')),
    sa.UniqueConstraint('unit_id', 'kode', name=op.f('uq_layanan_unit_id_kode'))
    )
    op.create_table('periode',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('nama', sa.String(length=100), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('mulai', sa.Date(), nullable=False),
    sa.Column('sampai', sa.Date(), nullable=False),
    sa.Column('instrumen_id', sa.String(length=40), nullable=False),
    sa.Column('konvensi', sa.String(length=20), nullable=False),
    sa.CheckConstraint('mulai <= sampai', name=op.f('ck_periode_urutan_tanggal')),
    sa.ForeignKeyConstraint(['instrumen_id'], ['instrumen.id'], name=op.f('fk_periode_instrumen_id_instrumen')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_periode_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_periode')),
    sa.UniqueConstraint('unit_id', 'nama', name=op.f('uq_periode_unit_id_nama'))
    )
    op.create_table('sesi',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('pengguna_id', sa.Uuid(), nullable=False),
    sa.Column('dibuat', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('terakhir', base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pengguna_id'], ['pengguna.id'], name=op.f('fk_sesi_pengguna_id_pengguna')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sesi'))
    )
    with op.batch_alter_table('sesi', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sesi_pengguna_id'), ['pengguna_id'], unique=False)

    op.create_table('penetapan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('nomor', sa.Integer(), nullable=False),
    sa.Column('periode_id', sa.Uuid(), nullable=False),
    sa.Column('ditetapkan', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('oleh', sa.String(length=60), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('ikm', base.Desimal(length=40), nullable=False),
    sa.Column('ikm_eksak', base.Desimal(length=40), nullable=False),
    sa.Column('mutu', sa.String(length=1), nullable=False),
    sa.Column('isi', sa.JSON(), nullable=False),
    sa.Column('sidik_sebelum', sa.String(length=64), nullable=False),
    sa.Column('sidik', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['periode_id'], ['periode.id'], name=op.f('fk_penetapan_periode_id_periode')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_penetapan')),
    sa.UniqueConstraint('nomor', name=op.f('uq_penetapan_nomor')),
    sa.UniqueConstraint('periode_id', name=op.f('uq_penetapan_periode_id'))
    )
    op.create_table('realisasi',
    sa.Column('indikator_id', sa.Uuid(), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('cara', sa.String(length=20), nullable=False),
    sa.Column('nilai', base.Desimal(length=40), nullable=True),
    sa.Column('periode_id', sa.Uuid(), nullable=True),
    sa.Column('sumber', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(cara = 'dokumen') = (nilai IS NOT NULL)", name=op.f('ck_realisasi_nilai')),
    sa.CheckConstraint("(cara = 'periode') = (periode_id IS NOT NULL)", name=op.f('ck_realisasi_periode')),
    sa.CheckConstraint("cara IN ('dokumen', 'periode', 'kelurahan_pelaksana', 'usulan_disetujui', 'serapan_anggaran')", name=op.f('ck_realisasi_cara')),
    sa.ForeignKeyConstraint(['indikator_id'], ['indikator.id'], name=op.f('fk_realisasi_indikator_id_indikator')),
    sa.ForeignKeyConstraint(['periode_id'], ['periode.id'], name=op.f('fk_realisasi_periode_id_periode')),
    sa.PrimaryKeyConstraint('indikator_id', 'tahun', name=op.f('pk_realisasi'))
    )
    op.create_table('rekap',
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('jenjang', sa.String(length=5), nullable=False),
    sa.Column('mulai', sa.Date(), nullable=False),
    sa.Column('layanan_id', sa.Uuid(), nullable=False),
    sa.Column('instrumen_id', sa.String(length=40), nullable=False),
    sa.Column('butir', sa.String(length=40), nullable=False),
    sa.Column('n1', sa.Integer(), nullable=False),
    sa.Column('n2', sa.Integer(), nullable=False),
    sa.Column('n3', sa.Integer(), nullable=False),
    sa.Column('n4', sa.Integer(), nullable=False),
    sa.Column('kosong', sa.Integer(), nullable=False),
    sa.Column('terakhir', base.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("jenjang IN ('hari', 'bulan')", name=op.f('ck_rekap_jenjang')),
    sa.CheckConstraint('n1 >= 0 AND n2 >= 0 AND n3 >= 0 AND n4 >= 0 AND kosong >= 0', name=op.f('ck_rekap_hitungan')),
    sa.ForeignKeyConstraint(['instrumen_id'], ['instrumen.id'], name=op.f('fk_rekap_instrumen_id_instrumen')),
    sa.ForeignKeyConstraint(['layanan_id'], ['layanan.id'], name=op.f('fk_rekap_layanan_id_layanan')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_rekap_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', 'jenjang', 'mulai', 'layanan_id', 'instrumen_id', 'butir', name=op.f('pk_rekap')),
    sqlite_with_rowid=False
    )
    op.create_table('saran',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('layanan_id', sa.Uuid(), nullable=False),
    sa.Column('tanggal', sa.Date(), nullable=False),
    sa.Column('teks', sa.String(length=1200), nullable=False),
    sa.Column('pengaduan', sa.Boolean(), nullable=False),
    sa.Column('kode_hash', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['layanan_id'], ['layanan.id'], name=op.f('fk_saran_layanan_id_layanan')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_saran_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saran')),
    sa.UniqueConstraint('kode_hash', name=op.f('uq_saran_kode_hash')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('saran', schema=None) as batch_op:
        batch_op.create_index('ix_saran_unit_id_tanggal', ['unit_id', 'tanggal'], unique=False)

    op.create_table('target',
    sa.Column('indikator_id', sa.Uuid(), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('target', base.Desimal(length=40), nullable=False),
    sa.Column('sumber', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['indikator_id'], ['indikator.id'], name=op.f('fk_target_indikator_id_indikator')),
    sa.PrimaryKeyConstraint('indikator_id', 'tahun', name=op.f('pk_target'))
    )
    op.create_table('titik',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('layanan_id', sa.Uuid(), nullable=True),
    sa.Column('kode', sa.String(length=12), nullable=False),
    sa.Column('nama', sa.String(length=200), nullable=False),
    sa.Column('aktif', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['layanan_id'], ['layanan.id'], name=op.f('fk_titik_layanan_id_layanan')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_titik_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_titik')),
    sa.UniqueConstraint('kode', name=op.f('uq_titik_kode'))
    )
    with op.batch_alter_table('titik', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_titik_unit_id'), ['unit_id'], unique=False)

    op.create_table('responden',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('titik_id', sa.Uuid(), nullable=False),
    sa.Column('layanan_id', sa.Uuid(), nullable=False),
    sa.Column('instrumen_id', sa.String(length=40), nullable=False),
    sa.Column('kanal', sa.String(length=10), nullable=False),
    sa.Column('diterima', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('tanggal', sa.Date(), nullable=False),
    sa.Column('jenis_kelamin', sa.String(length=1), nullable=True),
    sa.Column('usia', sa.String(length=10), nullable=True),
    sa.Column('pendidikan', sa.String(length=20), nullable=True),
    sa.Column('pekerjaan', sa.String(length=30), nullable=True),
    sa.Column('sidik', sa.String(length=64), nullable=False),
    sa.CheckConstraint("jenis_kelamin IN ('L', 'P')", name=op.f('ck_responden_jenis_kelamin')),
    sa.CheckConstraint("kanal IN ('qr', 'kios', 'petugas', 'kertas', 'impor')", name=op.f('ck_responden_kanal')),
    sa.ForeignKeyConstraint(['instrumen_id'], ['instrumen.id'], name=op.f('fk_responden_instrumen_id_instrumen')),
    sa.ForeignKeyConstraint(['layanan_id'], ['layanan.id'], name=op.f('fk_responden_layanan_id_layanan')),
    sa.ForeignKeyConstraint(['titik_id'], ['titik.id'], name=op.f('fk_responden_titik_id_titik')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_responden_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_responden')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('responden', schema=None) as batch_op:
        batch_op.create_index('ix_responden_unit_id_tanggal', ['unit_id', 'tanggal'], unique=False)

    op.create_table('jawaban',
    sa.Column('responden_id', sa.Uuid(), nullable=False),
    sa.Column('butir', sa.String(length=40), nullable=False),
    sa.Column('unsur', sa.String(length=40), nullable=False),
    sa.Column('nilai', sa.Integer(), nullable=True),
    sa.CheckConstraint('nilai BETWEEN 1 AND 4', name=op.f('ck_jawaban_nilai')),
    sa.ForeignKeyConstraint(['responden_id'], ['responden.id'], name=op.f('fk_jawaban_responden_id_responden')),
    sa.PrimaryKeyConstraint('responden_id', 'butir', name=op.f('pk_jawaban')),
    sqlite_with_rowid=False
    )
    for table in APPEND_ONLY:
        _refuse_changes(table)


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        # REPLACE deletes first, and fires the second trigger, because every connection of the
        # program sets recursive_triggers.
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
