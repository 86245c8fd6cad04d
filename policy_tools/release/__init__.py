"""What stands in the output, and how it gets there whole."""
