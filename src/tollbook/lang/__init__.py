"""Language packs: data with their proof beside them."""
