"""Files → model: what do the files of a site say, and what is wrong with them?"""
