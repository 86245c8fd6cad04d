"""What are the terms of recommendations and packs called in print?

The terms themselves are those of `recommendation`, `pack` and `secondment`, in the order of lists.
"""

from collections.abc import Mapping
from types import MappingProxyType

PHASES: Mapping[str, str] = MappingProxyType(
    {
        "first-100-hours": "First 100 hours",
        "four-weeks": "First four weeks",
        "100-days": "First 100 days",
        "first-session": "First session",
        "first-year": "First year",
        "first-term": "First term",
        "later": "Later",
    }
)
ASK_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "legislate": "Legislate",
        "tax": "Tax",
        "spend": "Spend",
        "borrow": "Borrow",
        "regulate": "Regulate",
        "institution": "Set up or change an institution",
        "appoint": "Appoint",
        "guidance": "Issue guidance",
        "treaty": "Make a treaty",
        "review": "Review",
    }
)
VEHICLES: Mapping[str, str] = MappingProxyType(
    {
        "primary": "Act of Parliament",
        "finance-bill": "Finance Bill",
        "si-affirmative": "Statutory instrument, affirmative procedure",
        "si-negative": "Statutory instrument, negative procedure",
        "order-in-council": "Order in Council",
        "prerogative": "Royal prerogative",
        "estimate": "Supply Estimate",
        "direction": "Direction",
        "admin": "Administrative action",
        "none": "No instrument needed",
    }
)
NATIONS: Mapping[str, str] = MappingProxyType(
    {
        "england": "England",
        "scotland": "Scotland",
        "wales": "Wales",
        "northern-ireland": "Northern Ireland",
    }
)
COMPETENCES: Mapping[str, str] = MappingProxyType(
    {"reserved": "Reserved", "devolved": "Devolved", "n/a": "Does not arise"}
)
BUDGETS: Mapping[str, str] = MappingProxyType(
    {
        "rdel": "Resource DEL",
        "cdel": "Capital DEL",
        "ame": "AME",
        "revenue": "Revenue",
        "fin-transaction": "Financial transaction",
    }
)
RATINGS: Mapping[str, str] = MappingProxyType(
    {
        "low": "Low",
        "medium-low": "Medium-low",
        "medium": "Medium",
        "medium-high": "Medium-high",
        "high": "High",
        "very-high": "Very high",
    }
)
STRENGTHS: Mapping[str, str] = MappingProxyType(
    {
        "strong": "Strong",
        "moderate": "Moderate",
        "limited": "Limited",
        "contested": "Contested",
        "untested": "Untested",
    }
)
OBJECTORS: Mapping[str, str] = MappingProxyType(
    {
        "treasury": "The Treasury",
        "department": "The department",
        "accounting-officer": "The Accounting Officer",
        "regulator": "A regulator",
        "ons": "The Office for National Statistics",
        "markets": "The markets",
        "industry": "Industry",
        "union": "A trade union",
        "devolved-government": "A devolved government",
        "press": "The press",
        "party": "The party",
    }
)
GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "regularity": "Regularity",
        "propriety": "Propriety",
        "value-for-money": "Value for money",
        "feasibility": "Feasibility",
        "legality": "Legality",
        "classification": "Classification",
        "subsidy-control": "Subsidy control",
        "capacity": "Capacity",
        "precedent": "Precedent",
        "distribution": "Distribution",
    }
)
ACCOUNTING_OFFICER_TESTS = ("regularity", "propriety", "value-for-money", "feasibility")
"""The grounds on which an Accounting Officer may ask for a direction (Managing Public Money, chapter 3)."""

STATES: Mapping[str, str] = MappingProxyType(
    {
        "proposed": "Proposed",
        "adopted": "Adopted",
        "in-manifesto": "In a manifesto",
        "announced": "Announced",
        "consulted": "Consulted on",
        "bill": "In a Bill",
        "act": "In an Act",
        "commenced": "Commenced",
        "delivered": "Delivered",
        "dropped": "Dropped",
        "cannot-be-rated": "Cannot be rated",
    }
)
CONSENT_STATES: Mapping[str, str] = MappingProxyType(
    {"to-seek": "To be sought", "sought": "Sought", "given": "Given", "refused": "Refused"}
)
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "cover": "Cover",
        "brief": "On one page",
        "briefs": "A page each",
        "introduction": "Introduction",
        "asks": "What we ask, by department",
        "grid": "When: the first hours, weeks and days",
        "bills": "Bills and instruments",
        "submission": "Draft submissions",
        "objections": "Objections and responses",
        "lines": "Lines to take, questions and answers",
        "costings": "Costings",
        "annexes": "Annexes",
        "stakeholders": "Who has a say",
        "contacts": "Whom to ask",
        "changes": "What has changed since your last pack",
        "colophon": "About this pack",
    }
)
HOST_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "party": "Party office",
        "member": "Office of a Member of Parliament",
        "minister": "Minister’s office",
        "department": "Government department",
        "committee": "Parliamentary committee",
        "devolved-government": "Devolved government",
        "council": "Council",
        "other": "Other",
    }
)
