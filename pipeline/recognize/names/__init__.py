"""Names of bodies and people beyond what a pattern or the model says: their borders, their lists, their short forms."""
