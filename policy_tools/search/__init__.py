"""How are the sections of everything public found by their words?"""
