"""Which pages and files make up the site, at which address, from which view? Nothing is written here.

    build_theme     theme.py      style sheet, fonts, script and icon as files with fingerprints
    build_edition   building.py   every page as a PageView, every file as an OutputFile
    gather_edition  edition.py    these as an edition, and what is wrong with it
    check_addresses addresses.py  no two of them at one address

A page is a function of (template, view): `home.py paper.py listing.py programme.py person.py institute.py
ordinary.py recommendation.py bank_page.py phases.py dependencies.py department.py` hold a kind of view each,
`catalogue.py` and `bank.py` what all of them look up; `pictures.py` and `graph.py` lay out what is drawn.
"""
