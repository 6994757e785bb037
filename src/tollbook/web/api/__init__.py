"""api: what programs ask the room, and its description as OpenAPI, made from the same table."""
