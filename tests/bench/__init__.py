"""How fast is it, against the tools that people use today? Ratios, measured in one run: `make bench`."""
