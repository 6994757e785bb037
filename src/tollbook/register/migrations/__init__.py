"""Changes of the tables, one file each, oldest first; applied by `tollbook upgrade` alone."""
