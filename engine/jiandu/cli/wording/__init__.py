"""How guides and cases are told: lines for people, data for programs. Nothing is decided here."""
