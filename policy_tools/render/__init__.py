"""One paper in every format: Markdown through pandoc to HTML, Typst, Word, EPUB and plain text."""
