"""What a reader of a feed is told of papers that were corrected."""

from policy_tools.edition.records import Records
from tests.edition.sample import Sample


def test_a_correction_stands_in_every_feed_of_its_paper(sample: Sample) -> None:
    files = {file.address: file for file in Records(sample.site, sample.library, {}).files}
    for name in ("papers", "programmes-economy", "people-jo-marsh"):
        for ending in ("atom", "json"):
            text = files[f"feeds/{name}.{ending}"].read().decode()
            assert "What it said: 2.9%. What it says now: 1.9%. The conclusions do not change." in text
