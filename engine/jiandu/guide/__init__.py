"""What a guide says: its text read, its names resolved, its conditions compiled, its words."""
