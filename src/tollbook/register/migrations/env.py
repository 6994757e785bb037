"""env: what Alembic runs; the connection comes from the caller, whose transaction it stays."""

from alembic import context

from tollbook.register.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, transactional_ddl=True, render_as_batch=True
)
context.run_migrations()
