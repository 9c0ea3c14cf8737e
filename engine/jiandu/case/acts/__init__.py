"""The acts: one file each. Every one is pure: a request and a world in, a draft or reasons out."""
