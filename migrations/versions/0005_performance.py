"""Performance: plans and agreements, versions of targets, Probebaya, quarters, AKIP, words"""

import time
import uuid

import sqlalchemy as sa
from alembic import op

from skm_app.models import base

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    _create_tables()
    _refuse_changes("target_lama", sqlite)
    # In words of their own: SQLite would copy a table to add a column with a constraint.
    uuid_type = "CHAR(32)" if sqlite else "UUID"
    add = "ALTER TABLE {} ADD COLUMN {}"
    for table, column in (
        ("anggaran", "urutan INTEGER DEFAULT '0' NOT NULL"),
        ("anggaran", "penjelasan VARCHAR(300) DEFAULT '' NOT NULL"),
        ("indikator", f"sasaran_id {uuid_type} CONSTRAINT fk_indikator_sasaran_id_sasaran REFERENCES sasaran (id)"),
        ("indikator", "arah VARCHAR(5) DEFAULT 'naik' NOT NULL CONSTRAINT ck_indikator_arah CHECK (arah IN ('naik', 'turun'))"),
        ("indikator", "paling_tinggi VARCHAR(40)"),
        ("indikator", "formula TEXT DEFAULT '' NOT NULL"),
        ("indikator", "alasan TEXT DEFAULT '' NOT NULL"),
        ("indikator", "sumber_data VARCHAR(200) DEFAULT '' NOT NULL"),
        ("indikator", "versi INTEGER DEFAULT '1' NOT NULL"),
        ("teks_laporan", "sidik_bawaan VARCHAR(64) DEFAULT '' NOT NULL"),
        ("target", "nomor INTEGER DEFAULT '0' NOT NULL"),
        ("target", "keputusan VARCHAR(200) DEFAULT '' NOT NULL"),
        ("target", "tanggal DATE"),
    ):
        op.execute(add.format(table, column))
    op.create_index("ix_indikator_sasaran_id", "indikator", ["sasaran_id"])
    _place_indikator()
    op.execute("ALTER TABLE indikator DROP COLUMN sasaran")


def _place_indikator() -> None:
    """Sasaran, so far a text of each indikator, get a place in a plan that spans its targets."""
    bind = op.get_bind()
    indikator = sa.table(
        "indikator", sa.column("id", sa.Uuid()), sa.column("unit_id", sa.Uuid()), sa.column("kode"),
        sa.column("urutan"), sa.column("sasaran"), sa.column("sasaran_id", sa.Uuid()), sa.column("paling_tinggi"),
    )
    target = sa.table("target", sa.column("indikator_id", sa.Uuid()), sa.column("tahun"))
    rencana = sa.table(
        "rencana", sa.column("unit_id", sa.Uuid()), *map(sa.column, ("nama", "visi", "misi", "mulai", "sampai"))
    )
    tujuan = sa.table("tujuan", sa.column("id", sa.Uuid()), sa.column("unit_id", sa.Uuid()), sa.column("urutan"), sa.column("uraian"))
    sasaran = sa.table("sasaran", sa.column("id", sa.Uuid()), sa.column("tujuan_id", sa.Uuid()), sa.column("urutan"), sa.column("uraian"))
    rows = bind.execute(sa.select(indikator).order_by(indikator.c.unit_id, indikator.c.urutan)).all()
    tujuan_of: dict[uuid.UUID, uuid.UUID] = {}
    sasaran_of: dict[tuple[uuid.UUID, str], uuid.UUID] = {}
    for row in rows:
        if row.unit_id not in tujuan_of:
            own = sa.select(indikator.c.id).where(indikator.c.unit_id == row.unit_id)
            first, last = bind.execute(
                sa.select(sa.func.min(target.c.tahun), sa.func.max(target.c.tahun)).where(target.c.indikator_id.in_(own))
            ).one()
            first, last = first or time.gmtime().tm_year, last or time.gmtime().tm_year
            bind.execute(rencana.insert().values(
                unit_id=row.unit_id, nama=f"Renstra {first}-{last}", visi="", misi="", mulai=first, sampai=last
            ))
            tujuan_of[row.unit_id] = base.new_id()
            bind.execute(tujuan.insert().values(
                id=tujuan_of[row.unit_id], unit_id=row.unit_id, urutan=1, uraian="Tujuan belum diisi"
            ))
        key = (row.unit_id, row.sasaran)
        if key not in sasaran_of:
            sasaran_of[key] = base.new_id()
            bind.execute(sasaran.insert().values(
                id=sasaran_of[key], tujuan_id=tujuan_of[row.unit_id], urutan=row.urutan, uraian=row.sasaran
            ))
        # Neither the index nor a share can be more than 100.
        bound = "100" if row.kode in ("ikm", "probebaya") else None
        bind.execute(
            indikator.update().where(indikator.c.id == row.id).values(sasaran_id=sasaran_of[key], paling_tinggi=bound)
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
    op.create_table('akip',
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('nilai', base.Desimal(length=40), nullable=False),
    sa.Column('predikat', sa.String(length=2), nullable=False),
    sa.Column('sumber', sa.String(length=200), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_akip_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', 'tahun', name=op.f('pk_akip'))
    )
    op.create_table('perjanjian',
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('dokumen', sa.String(length=200), nullable=False),
    sa.Column('tempat', sa.String(length=100), nullable=False),
    sa.Column('tanggal', sa.Date(), nullable=True),
    sa.Column('pertama_jabatan', sa.String(length=100), nullable=False),
    sa.Column('pertama_nama', sa.String(length=100), nullable=False),
    sa.Column('kedua_jabatan', sa.String(length=100), nullable=False),
    sa.Column('kedua_nama', sa.String(length=100), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_perjanjian_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', 'tahun', name=op.f('pk_perjanjian'))
    )
    op.create_table('probebaya',
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('jumlah_rt', sa.Integer(), nullable=True),
    sa.Column('diajukan', sa.Integer(), nullable=True),
    sa.Column('disetujui', sa.Integer(), nullable=True),
    sa.Column('dilaksanakan', sa.Integer(), nullable=True),
    sa.Column('infrastruktur', sa.Integer(), nullable=True),
    sa.Column('ekonomi', sa.Integer(), nullable=True),
    sa.Column('sosial_budaya', sa.Integer(), nullable=True),
    sa.Column('kesehatan', sa.Integer(), nullable=True),
    sa.Column('pendidikan', sa.Integer(), nullable=True),
    sa.Column('anggaran_rp', sa.BigInteger(), nullable=True),
    sa.Column('realisasi_rp', sa.BigInteger(), nullable=True),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('anggaran_rp >= 0 AND realisasi_rp >= 0', name=op.f('ck_probebaya_rupiah')),
    sa.CheckConstraint('diajukan >= disetujui AND disetujui >= dilaksanakan', name=op.f('ck_probebaya_usulan')),
    sa.CheckConstraint('dilaksanakan >= 0', name=op.f('ck_probebaya_dilaksanakan')),
    sa.CheckConstraint('infrastruktur + ekonomi + sosial_budaya + kesehatan + pendidikan = dilaksanakan', name=op.f('ck_probebaya_bidang')),
    sa.CheckConstraint('jumlah_rt >= 0', name=op.f('ck_probebaya_jumlah_rt')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_probebaya_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', 'tahun', name=op.f('pk_probebaya'))
    )
    op.create_table('rencana',
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('nama', sa.String(length=200), nullable=False),
    sa.Column('visi', sa.String(length=500), nullable=False),
    sa.Column('misi', sa.String(length=500), nullable=False),
    sa.Column('mulai', sa.Integer(), nullable=False),
    sa.Column('sampai', sa.Integer(), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('mulai <= sampai', name=op.f('ck_rencana_tahun')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_rencana_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', name=op.f('pk_rencana'))
    )
    op.create_table('teks_kinerja',
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('kunci', sa.String(length=40), nullable=False),
    sa.Column('isi', sa.Text(), nullable=False),
    sa.Column('ditulis', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sidik_bawaan', sa.String(length=64), server_default=sa.text("''"), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_teks_kinerja_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', 'tahun', 'kunci', name=op.f('pk_teks_kinerja'))
    )
    op.create_table('tujuan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('urutan', sa.Integer(), nullable=False),
    sa.Column('uraian', sa.String(length=300), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['rencana.unit_id'], name=op.f('fk_tujuan_unit_id_rencana')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tujuan'))
    )
    op.create_index(op.f('ix_tujuan_unit_id'), 'tujuan', ['unit_id'])
    op.create_table('sasaran',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('tujuan_id', sa.Uuid(), nullable=False),
    sa.Column('urutan', sa.Integer(), nullable=False),
    sa.Column('uraian', sa.String(length=300), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['tujuan_id'], ['tujuan.id'], name=op.f('fk_sasaran_tujuan_id_tujuan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sasaran'))
    )
    op.create_index(op.f('ix_sasaran_tujuan_id'), 'sasaran', ['tujuan_id'])
    op.create_table('dukungan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sasaran_id', sa.Uuid(), nullable=False),
    sa.Column('program', sa.String(length=300), nullable=False),
    sa.Column('jenis_unit', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['sasaran_id'], ['sasaran.id'], name=op.f('fk_dukungan_sasaran_id_sasaran')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dukungan')),
    sa.UniqueConstraint('sasaran_id', 'program', 'jenis_unit', name=op.f('uq_dukungan_sasaran_id_program_jenis_unit'))
    )
    op.create_index(op.f('ix_dukungan_sasaran_id'), 'dukungan', ['sasaran_id'])
    op.create_table('nama_lain',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('indikator_id', sa.Uuid(), nullable=False),
    sa.Column('nama', sa.String(length=300), nullable=False),
    sa.Column('sumber', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['indikator_id'], ['indikator.id'], name=op.f('fk_nama_lain_indikator_id_indikator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nama_lain')),
    sa.UniqueConstraint('indikator_id', 'nama', name=op.f('uq_nama_lain_indikator_id_nama'))
    )
    op.create_table('target_lama',
    sa.Column('indikator_id', sa.Uuid(), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('nomor', sa.Integer(), nullable=False),
    sa.Column('target', base.Desimal(length=40), nullable=False),
    sa.Column('sumber', sa.String(length=200), nullable=False),
    sa.Column('keputusan', sa.String(length=200), nullable=False),
    sa.Column('tanggal', sa.Date(), nullable=True),
    sa.Column('diganti', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('oleh', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['indikator_id'], ['indikator.id'], name=op.f('fk_target_lama_indikator_id_indikator')),
    sa.PrimaryKeyConstraint('indikator_id', 'tahun', 'nomor', name=op.f('pk_target_lama'))
    )
    op.create_table('triwulan',
    sa.Column('indikator_id', sa.Uuid(), nullable=False),
    sa.Column('tahun', sa.Integer(), nullable=False),
    sa.Column('triwulan', sa.Integer(), nullable=False),
    sa.Column('target', base.Desimal(length=40), nullable=True),
    sa.Column('realisasi', base.Desimal(length=40), nullable=True),
    sa.Column('keterangan', sa.Text(), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('triwulan BETWEEN 1 AND 4', name=op.f('ck_triwulan_triwulan')),
    sa.ForeignKeyConstraint(['indikator_id'], ['indikator.id'], name=op.f('fk_triwulan_indikator_id_indikator')),
    sa.PrimaryKeyConstraint('indikator_id', 'tahun', 'triwulan', name=op.f('pk_triwulan'))
    )
