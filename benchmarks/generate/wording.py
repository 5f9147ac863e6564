"""How labels are printed: brackets, points after numbers, spaced-out characters, and the variants offices use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

HALF_WIDTH = str.maketrans("（）：，", "():,")
POINTS = (".", "．", "、", ". ")
# Label of the form -> other ways it has been printed. The first is the form's own.
VARIANTS = {
    "社会公益组织": ("社会公益组织", "社会组织", "公益组织"),
    "规范性文件": ("规范性文件", "行政规范性文件"),
    "行政规范性文件": ("行政规范性文件", "规范性文件"),
    "本年新制作数量": ("本年新制作数量", "本年新"),
    "本年新公开数量": ("本年新公开数量", "本年新"),
    "本年增/减": ("本年增/减", "本年增\\减"),
    "对外公开总数量": ("对外公开总数量", "对外公开总数量(2019 年起)", "2019 年起 对外公开总数量"),
    "本年收费金额（单位：万元）": ("本年收费金额（单位：万元）", "本年收费金额(万元)"),
    "2.其他法律行政法规禁止公开": ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
    "3.危及“三安全一稳定”": (
        "3.危及“三安全一稳定”",
        '3.危及"三安全一稳定"',
        "3.危及‘三安全一稳定’",
        "3.危及「三安全一稳定」",
    ),
    "采购项目数量": ("采购项目数量", "采购项目数"),
}
# Some PDF programs print these characters as radicals (compatibility characters) that look alike.
RADICALS = str.maketrans("人自行用工立非金", "⼈⾃⾏⽤⼯⽴⾮⾦")
_NUMBERED = re.compile(r"^(\d)\.")
_SPACEABLE = re.compile(r"^[\u4e00-\u9fff]{3,6}$")


@dataclass(frozen=True, slots=True)
class Wording:
    """One document's way of printing labels."""

    half_width: bool = False
    point: str = "."
    space_after_bracket: bool = False
    spaced_out: bool = False  # 不 予 公 开
    radicals: bool = False  # ⾃然⼈
    chosen: dict[str, str] = field(default_factory=dict)

    def label(self, text: str) -> str:
        """A label of the form as this document prints it."""
        text = _NUMBERED.sub(rf"\g<1>{self.point}", self.chosen.get(text, text))
        if self.space_after_bracket:
            text = re.sub(r"^(（.）)", r"\1 ", text)
        if self.spaced_out:
            head, bracket, tail = text.partition("）")
            if bracket and _SPACEABLE.match(tail.strip()):
                text = f"{head}{bracket} {' '.join(tail.strip())}"
            elif _SPACEABLE.match(text):
                text = " ".join(text)
        text = text.translate(RADICALS) if self.radicals else text
        return text.translate(HALF_WIDTH) if self.half_width else text


def random_wording(rng: Random) -> Wording:
    """A random way of printing labels."""
    return Wording(
        half_width=rng.random() < 0.4,
        point=rng.choice(POINTS),
        space_after_bracket=rng.random() < 0.3,
        spaced_out=rng.random() < 0.3,
        radicals=rng.random() < 0.1,
        chosen={label: rng.choice(variants) for label, variants in VARIANTS.items()},
    )
