"""What does a paper's Markdown hold, seen without a full parser?

The scanner reads pandoc's Markdown in two passes, each linear in the length of the text: `blocks` cuts it
into stretches of prose (setting code and comments aside), `inlines` reads each stretch. Where it must
choose, it follows what pandoc does; `tests/load/test_agreement.py` holds the two against each other.
"""
