"""How heavy, how quick and how good is search, against Pagefind over the same words, in one run?"""
