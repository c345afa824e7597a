"""Units of indicators as printed behind a number, and the scale word (千, 百万) in front of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyoka_kg.normalization.amounts import MONEY_UNITS
from hyoka_kg.normalization.folding import DASHES, fold, unwrap
from hyoka_kg.normalization.numbers import SCALES

RANK = "位"
CALENDAR_UNITS = frozenset({"年", "月"})
_COUNTERS = """
人 名 者 社 件 回 本 枚 冊 部 点 個 台 機 隻 艇 戸 棟 床 基 式 校 園 館 店
局 所 港 頭 匹 羽 株 便 席 区 か所 カ所 ヶ所 箇所 団体 自治体 市町村 市区町村
都道府県 県 市 町 村 国 か国 カ国 ヶ国 ヵ国 ケ国 カ国・地域 か国・地域 国・地域 地域
地区 地点 拠点 事業 事業所 事業者 施設 機関 法人 企業 世帯 集落 病院 空港 病床 経営体
グループ チーム コース テーマ システム サービス 講座 項目 品目 種 種類 分野 課題 事例
調査 研修 技術 物質 疾病 文書 議席 論文 報 報告 号 紙 つ 指標 計画 協定 地方公共団体
団体数 件数 人数 回数 点数 日数 社数 国数 箇所数 施設数 ユーザー ユーザ アクセス
アクセス数 ページ ページビュー PV ＰＶ 人日 人泊 人・日 延べ人 人回 人年
"""
_MEASURES = """
% ％ ‰ ポイント pt 倍 割 割合 位 年 月 か月 カ月 ヶ月 箇月 年間 か年 カ年 ヶ年 箇年 ケ年 週 週間 日 日間 時間 分 秒 泊
m km cm mm m2 m3 km2 ㎡ ㎢ ㎥ ㎞ ㎝ ㎜ ㎏ ㌧ ㌔ ha ヘクタール a 坪 kg g mg t ｔ トン ㎘ kl kL L リットル バレル
t-CO2 トン-CO2 tCO2 kW kWh MW MWh GW GWh W Wh ℃ 度 dB Hz MHz GHz bps Mbps Gbps B KB MB GB TB
トンキロ 人キロ 台キロ ドル 米ドル ユーロ
"""
_LETTERS = "A-Za-zＡ-Ｚａ-ｚァ-ヶー一-龥々〆"
_SIGNS = "％‰°℃Ωμµ\u3300-\u33ff\u2100-\u214f"
# A unit that is not listed is a short noun; anything longer is the beginning of a sentence.
_NOUN = re.compile(rf"[{_LETTERS}{_SIGNS}][{_LETTERS}{_SIGNS}/・\-]{{0,4}}")
# 年度, 条, 月末 and the like name a time or a place in a text: a number before them is no quantity.
_ORDINALS = re.compile(
    r"年度.*|条.*|章.*|節.*|項.?|番.*|次.*|期.*|代.*|世紀.*|級.*|類.*|年末|月[末初].*|月[上中下]旬.*|時半?"
)
# 5件増, 3ポイント減: a change, and in which direction the unit alone does not tell.
_CHANGES = re.compile(r".*(?:増|減|増加|減少|削減|向上|低下|改善|短縮)")
_SCALE = re.compile("|".join(sorted(SCALES, key=len, reverse=True)))
KNOWN_UNITS = frozenset(fold(_COUNTERS + _MEASURES).split()) | frozenset(MONEY_UNITS)


@dataclass(frozen=True, slots=True)
class ScaledUnit:
    """A unit, and the power of ten that a scale word in front of it stands for."""

    scale: int
    unit: str | None

    @property
    def is_known(self) -> bool:
        """Return whether the unit is one of those that the forms use."""
        return self.unit in KNOWN_UNITS


def parse_printed_unit(folded: str) -> ScaledUnit | None:
    """Return the unit printed behind a number, or None where the text is no unit.

    The scale binds before the unit (百万件 is 10⁶ 件), but 百万円 is a unit of money.

    >>> parse_printed_unit("百万件"), parse_printed_unit("百万円")
    (ScaledUnit(scale=1000000, unit='件'), ScaledUnit(scale=1, unit='百万円'))
    >>> parse_printed_unit("年度") is None
    True
    """
    if not folded:
        return ScaledUnit(1, None)
    scaled = _split_scale(folded)
    if scaled.unit is None or scaled.is_known:
        return scaled
    if _ORDINALS.fullmatch(scaled.unit) or _CHANGES.fullmatch(scaled.unit) or not _NOUN.fullmatch(scaled.unit):
        return None
    return ScaledUnit(1, folded)


def parse_header_unit(raw: str | None) -> ScaledUnit | None:
    """Return the unit that a heading gives, whatever it is, or None where it gives none.

    >>> parse_header_unit("千人"), parse_header_unit("－")
    (ScaledUnit(scale=1000, unit='人'), None)
    """
    text = fold(unwrap(raw or "").text)
    return _split_scale(text) if text.strip(DASHES + " ") else None


def _split_scale(folded: str) -> ScaledUnit:
    if folded in KNOWN_UNITS:
        return ScaledUnit(1, folded)
    match = _SCALE.match(folded)
    rest = folded[match.end() :].strip() if match else ""
    if match and (not rest or rest in KNOWN_UNITS):
        return ScaledUnit(SCALES[match[0]], rest or None)
    return ScaledUnit(1, folded)
