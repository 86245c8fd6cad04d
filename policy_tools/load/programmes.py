"""Which programmes and institutes, series and topics are there?"""

from policy_tools.load.folders import FolderKind, LoadedFolder, load_folder
from policy_tools.load.lists import load_list
from policy_tools.load.records import RecordKind
from policy_tools.model.programme import Institute, Programme, Series, Topic
from policy_tools.model.site import Site

PROGRAMMES = FolderKind(RecordKind(Programme, "programme"), "programmes", "description")
INSTITUTES = FolderKind(RecordKind(Institute, "institute"), "institutes", "description")
SERIES = RecordKind(Series, "series")
TOPICS = RecordKind(Topic, "topic")


def load_programmes(site: Site) -> LoadedFolder[Programme]:
    """The programmes of content/programmes/."""
    return load_folder(PROGRAMMES, site)


def load_institutes(site: Site) -> LoadedFolder[Institute]:
    """The institutes of content/institutes/."""
    return load_folder(INSTITUTES, site)


def load_series(site: Site) -> LoadedFolder[Series]:
    """The series of content/series.yaml, in its order."""
    return load_list(SERIES, "series.yaml", site)


def load_topics(site: Site) -> LoadedFolder[Topic]:
    """The topics of content/topics.yaml, in its order."""
    return load_list(TOPICS, "topics.yaml", site)
