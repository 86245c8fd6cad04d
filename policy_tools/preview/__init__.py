"""Seeing a site while it is being written: on this machine only, drafts included."""
