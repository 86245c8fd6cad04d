"""One page of every kind of the demonstration: what is true of these is taken to be true of the rest."""

KINDS = {
    "home": "",
    "a paper with everything": "papers/national-investment-bank/",
    "a briefing": "papers/answering-treasury-on-the-bank/",
    "an earlier version": "papers/national-investment-bank/v1/",
    "all papers": "papers/",
    "a series": "series/paper/",
    "all series": "series/",
    "a topic": "topics/tax/",
    "all topics": "topics/",
    "a year": "years/2026/",
    "all programmes": "programmes/",
    "a programme": "programmes/economy/",
    "all people": "people/",
    "a person": "people/economy-team/",
    "an institute": "institutes/trivet/",
    "an ordinary page": "how-we-work/",
    "an error": "404.html",
}
