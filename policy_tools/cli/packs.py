"""What `policy` does with packs and briefs."""
