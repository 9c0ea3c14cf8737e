"""What every command stands on: settings, help and errors in two languages, what may reach a terminal."""
