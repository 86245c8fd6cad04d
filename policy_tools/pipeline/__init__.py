"""The order in which all is done: to check a site, to prepare an edition of it, to render one paper."""
