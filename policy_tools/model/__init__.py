"""The nouns of the system. This folder imports nothing else of the project."""
