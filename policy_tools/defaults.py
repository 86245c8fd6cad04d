"""Settings that every site starts from: `from policy_tools.defaults import *` opens a pelicanconf.py.

The first half is the think tank's to change; the second is how Pelican has to run for this system, and
the reasons stand beside it. docs/settings.md lists them all.
"""

from jinja2 import StrictUndefined

from policy_tools.places import PLUGINS as _PLUGIN_FOLDER
from policy_tools.places import THEME as _THEME_FOLDER

SITENAME = "A think tank"
SITESUBTITLE = ""
SITEURL = ""
INSTITUTE = "institute"
TIMEZONE = "Europe/London"
DEFAULT_LANG = "en-GB"
CSL = "harvard-cite-them-right"
FORMATS = ("pdf", "docx", "epub")
DEMONSTRATION = False
PRESS_EMAIL = None
DEFAULT_PAGINATION = 25
FEED_MAX_ITEMS = 25
MAX_IMAGE_BYTES = 2_000_000
MAX_PAPER_BYTES = 2_000_000
RENDER_SECONDS = 60.0
PRIVATE_OUTPUT = "output-private"
FONTS = "content/fonts"
SEARCH = "lunr"

PATH = "content"
OUTPUT_PATH = "output"
THEME = str(_THEME_FOLDER)
PLUGIN_PATHS = [str(_PLUGIN_FOLDER)]
PLUGINS = ["policy_site"]

# Content is hostile: everything is escaped, and a name that a template misspells stops the build.
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}

# Papers come from our own library, never through Pelican's readers; only cleared pages are Pelican's.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
DRAFT_PAGE_SAVE_AS = ""
DRAFT_SAVE_AS = ""
WITH_FUTURE_DATES = False
OUTPUT_SOURCES = False
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
DELETE_OUTPUT_DIRECTORY = False
FILENAME_METADATA = ""
PATH_METADATA = ""
USE_FOLDER_AS_CATEGORY = False
SLUGIFY_SOURCE = "basename"

# Feeds are written by our own code: summaries only, one for each list.
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
TAG_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""
