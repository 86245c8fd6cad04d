"""What goes into a pack, in which parts, as at when, and what has changed since the last copy?"""
