"""Records for machines: what catalogues, reference managers, search engines and feed readers are told."""
