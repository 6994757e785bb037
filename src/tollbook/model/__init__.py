"""The nouns of the record: frozen, typed, standard library only."""
