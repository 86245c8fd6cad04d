"""What does a .bib file hold? BibLaTeX as written, checked and cut into entries that stand alone."""
