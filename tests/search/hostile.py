"""Queries that break searches: signs of lunr and others, markup, names of JavaScript, and odd letters."""

import random

_SIGNS = "+ - ^ ~ * : \\ / ( ) [ ] { } | & ! ? . , ; ' \" ` < > = @ # $ % _".split()
_KNOWN = """
+* - + ^ ~ ~10 foo~ foo^ foo^-1 title: x:y * ** title:* *a* *e* foo~10 foo~999999 foo^1e309 -bank +bank
-bank- title:bank:body https://example.org/?q=1&r=2#s Title:something e.g.: constructor __proto__
toString hasOwnProperty valueOf undefined null NaN true false 0 1/0 -1 1e309 ../../etc/passwd %00 %0a
{{7*7}} ${7*7} <script>alert(1)</script> <img/src=x/onerror=alert(1)> javascript:alert(1)
"><svg/onload=alert(1)> ';DROP-- ' " `id` $(id) <!-- --> ]]> &lt; &#0; &nbsp; \\u0000 \\x00 %s%n {0}
*bank* b*n*k
""".split()
_ODD = (
    "",
    " ",
    "\t\n",
    "\0",
    "\ufeff",
    "\u202ebank",
    "\u200b" * 50,
    "\ud7ff",
    "\uffff",
    "é" * 200,
    "e\u0301" * 100,
    "ﷺ" * 80,
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "ÅÍÎÏ˝ÓÔÒÚÆ☃",
    "田中さんにあげて下さい",
    "👩🏽‍👩🏽‍👧🏽",
    "🇬🇧" * 40,
    "١٢٣",
    "\U0001d553\U0001d552\U0001d55f\U0001d55c",
    "ß" * 99,
    "İ" * 99,
    "bank " * 60,
    "a" * 5000,
    "a b c d e f g h i j k l m n o p",
    "-" * 300,
    "*" * 300,
    "a*" * 99,
    "a.b" * 99,
    "1,000" * 50,
)


def list_hostile(count: int = 600) -> list[str]:
    """All of these, and as many again at random as make `count`."""
    chance = random.Random(13)
    words = ["bank", "title", "x", "policy", "é", "20", "£20bn", *_KNOWN, *_ODD[:10]]
    made = [*_KNOWN, *_ODD]
    while len(made) < count:
        parts = chance.choices((*_SIGNS, *_SIGNS, " ", *words), k=chance.randint(1, 9))
        made.append("".join(parts))
    return made
