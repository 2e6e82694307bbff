"""Kiosk tablets, device clocks, helped answers"""

import sqlalchemy as sa
from alembic import op

from skm_app.models import base

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kios',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('titik_id', sa.Uuid(), nullable=False),
    sa.Column('nama', sa.String(length=100), nullable=False),
    sa.Column('pin', sa.String(length=200), nullable=False),
    sa.Column('kode_pasang_hash', sa.String(length=64), nullable=True),
    sa.Column('kode_pasang_sampai', base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('dicabut', sa.Boolean(), nullable=False),
    sa.Column('kontak_terakhir', base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('menunggu', sa.Integer(), nullable=False),
    sa.Column('selisih_detik', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['titik_id'], ['titik.id'], name=op.f('fk_kios_titik_id_titik')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kios')),
    sa.UniqueConstraint('kode_pasang_hash', name=op.f('uq_kios_kode_pasang_hash')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_kios_token_hash'))
    )
    op.create_index(op.f('ix_kios_titik_id'), 'kios', ['titik_id'])

    op.create_table('isian_terputus',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kios_id', sa.Uuid(), nullable=False),
    sa.Column('tanggal', sa.Date(), nullable=False),
    sa.Column('jumlah', sa.Integer(), nullable=False),
    sa.CheckConstraint('jumlah > 0', name=op.f('ck_isian_terputus_jumlah')),
    sa.ForeignKeyConstraint(['kios_id'], ['kios.id'], name=op.f('fk_isian_terputus_kios_id_kios')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_isian_terputus'))
    )
    # Plain ALTER TABLE: Alembic's batch mode would copy the table and lose its triggers.
    op.add_column("responden", sa.Column("dibantu", sa.Boolean(), nullable=True))
    op.add_column("responden", sa.Column("waktu_perangkat", base.UTCDateTime(timezone=True), nullable=True))
    op.add_column("responden", sa.Column("selisih_detik", sa.Integer(), nullable=True))
