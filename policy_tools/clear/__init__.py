"""Who may see what, and when? Default deny: what is not cleared here is nowhere in the output."""
