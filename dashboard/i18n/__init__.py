"""Every word of the interface, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).resolve().parent


class Texts:
    """The strings of one language. ``t("overview.title")``; ``t("x.y", count=3)`` fills ``{count}``."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._strings = _strings(language)

    def __call__(self, key: str, **values: Any) -> str:
        text = self._strings[key]
        return text.format(**values) if values else text

    def known(self, group: str, code: str | None, fallback: str | None = None) -> str:
        """The word for a code of the data; ``fallback`` or the code itself where there is none for it."""
        return self._strings.get(f"{group}.{code}", fallback or str(code or ""))

    def of(self, row: Mapping[str, Any], name: str) -> str:
        """``name_zh`` or ``name_en`` of a row; the Chinese, which is the original, where there is no English."""
        return row.get(f"{name}_{self.language}") or row.get(f"{name}_zh") or ""


@cache
def texts(language: str) -> Texts:
    """The strings of ``zh`` or ``en``."""
    return Texts(language)


@cache
def _strings(language: str) -> dict[str, str]:
    tree = yaml.safe_load((_FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return dict(_flattened(tree, ""))


def _flattened(node: Mapping[str, Any], prefix: str) -> Any:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _flattened(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
