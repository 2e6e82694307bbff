"""Reports: letterhead, templates, text blocks, photos, and results made public"""

import sqlalchemy as sa
from alembic import op

from skm_app.models import base

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kop_surat',
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('instansi', sa.String(length=200), nullable=False),
    sa.Column('kontak', sa.String(length=200), nullable=False),
    sa.Column('tempat', sa.String(length=100), nullable=False),
    sa.Column('jabatan', sa.String(length=100), nullable=False),
    sa.Column('nama', sa.String(length=100), nullable=False),
    sa.Column('pangkat', sa.String(length=100), nullable=False),
    sa.Column('nip', sa.String(length=30), nullable=False),
    sa.Column('lambang', sa.LargeBinary(), nullable=True),
    sa.Column('lambang_jenis', sa.String(length=20), nullable=True),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint("lambang_jenis IN ('image/png', 'image/jpeg')", name=op.f('ck_kop_surat_lambang_jenis')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_kop_surat_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', name=op.f('pk_kop_surat'))
    )
    op.create_table('templat_laporan',
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('nama', sa.String(length=200), nullable=False),
    sa.Column('sidik', sa.String(length=64), nullable=False),
    sa.Column('isi', sa.LargeBinary(), nullable=False),
    sa.Column('diunggah', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_templat_laporan_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', name=op.f('pk_templat_laporan'))
    )
    op.create_table('foto_laporan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('periode_id', sa.Uuid(), nullable=False),
    sa.Column('keterangan', sa.String(length=300), nullable=False),
    sa.Column('jenis', sa.String(length=20), nullable=False),
    sa.Column('sidik', sa.String(length=64), nullable=False),
    sa.Column('isi', sa.LargeBinary(), nullable=False),
    sa.Column('diunggah', base.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("jenis IN ('image/png', 'image/jpeg')", name=op.f('ck_foto_laporan_jenis')),
    sa.ForeignKeyConstraint(['periode_id'], ['periode.id'], name=op.f('fk_foto_laporan_periode_id_periode')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_foto_laporan'))
    )
    op.create_index(op.f('ix_foto_laporan_periode_id'), 'foto_laporan', ['periode_id'])
    op.create_table('teks_laporan',
    sa.Column('periode_id', sa.Uuid(), nullable=False),
    sa.Column('kunci', sa.String(length=40), nullable=False),
    sa.Column('isi', sa.Text(), nullable=False),
    sa.Column('ditulis', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('versi', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['periode_id'], ['periode.id'], name=op.f('fk_teks_laporan_periode_id_periode')),
    sa.PrimaryKeyConstraint('periode_id', 'kunci', name=op.f('pk_teks_laporan'))
    )
    op.create_table('terbitan',
    sa.Column('penetapan_id', sa.Uuid(), nullable=False),
    sa.Column('diterbitkan', base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('oleh', sa.String(length=60), nullable=False),
    sa.Column('isi', sa.JSON(), nullable=False),
    sa.Column('sidik', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['penetapan_id'], ['penetapan.id'], name=op.f('fk_terbitan_penetapan_id_penetapan')),
    sa.PrimaryKeyConstraint('penetapan_id', name=op.f('pk_terbitan'))
    )
    _refuse_changes("terbitan", op.get_bind().dialect.name == "sqlite")


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
