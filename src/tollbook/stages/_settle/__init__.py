"""the parts of settle: how two figures stand to each other, and the toll they make."""
