"""Knowledge that is nobody's language: places, parties, origins."""
