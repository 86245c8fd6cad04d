"""How does a paper's Typst, with its cover, become a PDF that anyone can read?"""
