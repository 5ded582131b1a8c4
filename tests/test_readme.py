"""The README's finding is the one that its picture shows."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_finding_stands_in_the_picture():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    quoted = " ".join(re.findall(r"^> ?(.*)$", readme, re.MULTILINE))
    found = re.search(r"(\d[\d,]*) of (\d[\d,]*) articles against (\d[\d,]*) of (\d[\d,]*)", quoted)
    assert found
    here, of, there, of_others = (number.replace(",", "") for number in found.groups())
    picture = (ROOT / "docs/names.svg").read_text(encoding="utf-8")
    assert f">{here}/{of} : {there}/{of_others}<" in picture


def test_every_link_leads_to_a_file():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", readme) if "://" not in link]
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]


def test_every_command_is_a_target():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", readme, re.MULTILINE))
    assert named
    assert named <= targets
