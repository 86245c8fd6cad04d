"""A think tank from Git: content → library → site, PDF, Word, EPUB."""

__version__ = "0.1.0"
