"""web: the review room, pages over the desk."""
