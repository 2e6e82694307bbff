"""Runs migrations on the connection that ``Database.upgrade`` hands over."""

from __future__ import annotations

from alembic import context

from skm_app.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # Both databases can roll back DDL; Alembic assumes that SQLite cannot.
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
    user_module_prefix="base.",
)
with context.begin_transaction():
    context.run_migrations()
