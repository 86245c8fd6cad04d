"""The sample think tank and its pages, as fixtures."""

from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from policy_tools.defaults import JINJA_ENVIRONMENT
from policy_tools.edition.theme import Theme, build_theme
from policy_tools.places import THEME
from policy_tools.store import Store
from tests.edition.sample import Render, Sample, make_library, make_sample


@pytest.fixture(scope="session")
def theme() -> Theme:
    """The real theme; its fonts, which take seconds to cut, are kept in the checkout's cache."""
    with Store(THEME.parent / ".cache" / "test-fonts.sqlite") as store:
        return build_theme(THEME, make_library().institutes, "tank", store)


@pytest.fixture
def sample(theme: Theme) -> Sample:
    """The think tank above."""
    return make_sample(make_library(), theme)


@pytest.fixture(scope="session")
def environment() -> Environment:
    """Jinja as Pelican runs it for this system."""
    settings: dict[str, Any] = dict(JINJA_ENVIRONMENT)
    return Environment(loader=FileSystemLoader(THEME / "templates"), **settings)  # noqa: S701


@pytest.fixture(scope="session")
def render(environment: Environment) -> Render:
    """Renders a page of an edition to HTML."""
    return Render(environment)
