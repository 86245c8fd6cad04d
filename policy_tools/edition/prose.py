"""A description or biography on its way to a page."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown that becomes HTML only when its page is written."""

    markdown: str
    root: str

    def render(self) -> Markup:
        """Sanitised HTML."""
        from policy_tools.render.prose import render_prose  # noqa: PLC0415 - Python-Markdown takes long

        return Markup(render_prose(self.markdown, root=self.root)) if self.markdown else Markup()  # noqa: S704
