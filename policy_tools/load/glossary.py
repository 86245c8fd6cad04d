"""Which short forms and synonyms are there?"""

from policy_tools.load.folders import LoadedFolder
from policy_tools.load.lists import load_list
from policy_tools.load.records import RecordKind
from policy_tools.model.glossary import GlossaryEntry
from policy_tools.model.site import Site

GLOSSARY = RecordKind(GlossaryEntry, "glossary entry")


def load_glossary(site: Site) -> LoadedFolder[GlossaryEntry]:
    """The entries of content/glossary.yaml, in its order."""
    return load_list(GLOSSARY, "glossary.yaml", site)
