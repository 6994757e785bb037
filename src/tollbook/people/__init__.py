"""people: one person on many lists. Names compared, pairs weighed, persons joined; every row kept as it came."""
