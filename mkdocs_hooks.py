"""For `mkdocs build`: pages and files beside docs/ become part of the site, and links to them lead there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "reporting.md",  # docs/security.md is another one
}
"""A page in the repository's own folder → its name on the site."""
FILES = (
    "LICENSE",
    "CITATION.cff",
    "constraints.txt",
    "ci-templates/github-actions.yml",
    "ci-templates/gitlab-ci.yml",
)
_LINK = re.compile(r"(?<=\]\()(?!https?:|#)([^)#]+)(?=[)#])")
"""The file of a link, without its anchor."""


def on_files(files: Files, config: Any) -> Files:
    """Take in what lies beside docs/."""
    for name, target in PAGES.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, target, content=_LINK.sub(lambda link: _on_the_site(link[1]), text)))
    for name in FILES:
        files.append(File.generated(config, name, abs_src_path=str(ROOT / name)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Links of docs/ that lead out of it."""
    if page.file.src_uri in PAGES.values():
        return markdown
    return _LINK.sub(lambda link: _on_the_site(link[1][3:]) if link[1].startswith("../") else link[1], markdown)


def _on_the_site(name: str) -> str:
    """Where a path of the repository leads."""
    if name in PAGES:
        return PAGES[name]
    return "ci-templates/github-actions.yml" if name == "ci-templates" else name.removeprefix("docs/")
