"""Memory: the only rooms that know the database. They know the model, no stage, no source, no writer."""
