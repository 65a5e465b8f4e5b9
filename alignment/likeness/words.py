"""The words of a text, as far as they tell what is measured: one form each, without what only joins them.

The tables below are short and general on purpose; whatever is particular to a place belongs in its measures' names or
definitions. docs/ideas/suggest-overlaps.md lists them and says what they change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

ABBREVIATIONS: Final[Mapping[str, str]] = {
    "a&e": "accident and emergency",
    "a & e": "accident and emergency",
    "asc": "adult social care",
    "bame": "black and minority ethnic",
    "bmi": "body mass index",
    "camhs": "child and adolescent mental health services",
    "chc": "continuing healthcare",
    "chd": "coronary heart disease",
    "ckd": "chronic kidney disease",
    "copd": "chronic obstructive pulmonary disease",
    "cvd": "cardiovascular disease",
    "dtoc": "delayed transfers of care",
    "ed": "accident and emergency",
    "ehcp": "education health and care plan",
    "eip": "early intervention in psychosis",
    "fte": "full time equivalent",
    "gp": "general practice",
    "iapt": "talking therapies",
    "lac": "looked after children",
    "neet": "not in education employment or training",
    "ooh": "out of hours",
    "rtt": "referral to treatment",
    "scrqol": "social care-related quality of life",
    "sdq": "strengths and difficulties questionnaire",
    "send": "special educational needs and disabilities",
    "smi": "serious mental illness",
    "tb": "tuberculosis",
    "ulcc": "urgent care centre",
    "uti": "urinary tract infection",
    "vcs": "voluntary and community sector",
}
"""What abbreviations of English public services stand for."""

ONE_WORD: Final[Mapping[str, str]] = {
    "accident and emergency department": "accident and emergency",
    "emergency department": "accident and emergency",
    "children looked after": "looked after children",
    "children in care": "looked after children",
    "death rate": "mortality",
    "deaths": "mortality",
    "general practitioner": "general practice",
    "heart and circulatory disease": "cardiovascular disease",
    "influenza": "flu",
    "non-elective": "emergency",
    "non elective": "emergency",
    "unplanned": "emergency",
    "elective": "planned",
    "overweight or obese": "excess weight",
    "obese or overweight": "excess weight",
    "severe mental illness": "serious mental illness",
    "take-up": "coverage",
    "take up": "coverage",
    "uptake": "coverage",
    "immunisation": "vaccination",
    "learning disabilities": "learning disability",
    "percentage": "share",
    "proportion": "share",
    "%": "share",
}
"""Words for one thing."""

CONTRASTS: Final = (
    ("male", "female", "men", "women", "boy", "girl"),
    ("primary", "secondary", "tertiary"),
    ("admission", "readmission", "discharge", "attendance"),
    ("registration", "reregistration", "deregistration"),
    ("inpatient", "outpatient"),
    ("carer", "user"),
    ("child", "children", "pediatric", "paediatric", "adult"),
    ("emergency", "planned"),
    ("first", "last"),
    ("gross", "net"),
    ("urban", "rural"),
    ("left", "right"),
    ("upper", "lower"),
    ("systolic", "diastolic"),
    ("before", "after"),
    ("increase", "decrease"),
    ("numeracy", "literacy"),
    ("full", "part"),
    ("acute", "chronic"),
    ("residential", "community"),
    ("screening", "treatment", "diagnosis"),
)
"""Words of which one excludes the others: two names that differ by them speak of different things."""

ALONE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("gap", "inequality", "inequity", "disparity"), "only one is about a gap"),
    **dict.fromkeys(("non", "not", "no", "without", "except", "excluding", "inverse"), "only one says not"),
}
"""Words that make another thing of a name, where only one has them; and what is said of them."""

STOP: Final = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "been", "being", "by", "for", "from", "had", "has", "have"),
        *("in", "into", "is", "it", "its", "of", "on", "or", "over", "per", "than", "that", "the", "their", "them"),
        *("then", "there", "these", "they", "this", "those", "to", "under", "up", "was", "were", "who", "whose"),
        *("whom", "which", "while", "with", "within", "would", "share", "number", "rate", "total"),
    )
)
"""Words that say little of what is measured; what is counted, and of whom, is compared as unit and numbers."""

IRREGULAR: Final = {"men": "man", "women": "woman", "children": "child", "people": "person", "babies": "baby"}


def plain(text: str) -> str:
    """A text in small letters, with one kind of dash and apostrophe, and numbers without commas.

    >>> plain("Under–75s’ rate per 100,000")
    "under-75s' rate per 100000"
    """
    small = unicodedata.normalize("NFKC", text).casefold()
    dashed = re.sub("[‐-―−]", "-", small).replace("’", "'")
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", dashed)


def spelt_out(text: str) -> str:
    """A plain text with its abbreviations spelt out, and one word for one thing.

    >>> spelt_out("unplanned a&e visits by lac")
    'emergency accident and emergency visits by looked after children'
    """
    return _ONE_WORD.said(_ABBREVIATIONS.said(text))


def stems(text: str) -> Iterator[str]:
    """The telling words of a plain text, each as one form of it, a letter alone as a capital; numbers are not words.

    >>> list(stems("waits of children's families in the wards of band b"))
    ['wait', 'child', 'family', 'ward', 'band', 'B']
    """
    for word in re.findall(r"[a-z][a-z0-9]*", text.replace("'s", "").replace("'", "")):
        if word not in STOP:
            yield word.upper() if len(word) == 1 else stem(word)


def stem(word: str) -> str:
    """A word in the singular.

    >>> [stem(word) for word in ("therapies", "admissions", "illness", "diagnosis", "men", "classes")]
    ['therapy', 'admission', 'illness', 'diagnosis', 'man', 'class']
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


class _Said:
    """Phrases, and what is said in their place."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._phrases = phrases
        longest_first = "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))
        # Of an abbreviation the plural is the same thing: GPs.
        self._found = re.compile(rf"(?<![a-z0-9])({longest_first})(?:(?<=[a-z])s)?(?![a-z0-9])")

    def said(self, text: str) -> str:
        return self._found.sub(lambda found: self._phrases[found[1]], text)


_ABBREVIATIONS, _ONE_WORD = _Said(ABBREVIATIONS), _Said(ONE_WORD)


def contrast(ones: Iterable[str], twos: Iterable[str]) -> tuple[str, str] | None:
    """Words of one text and of another of which one excludes the other, where there are any.

    >>> contrast({"carer"}, {"user"}), contrast({"carer"}, {"family"}), contrast({"B"}, {"C"})
    (('carer', 'user'), None, ('B', 'C'))
    """
    left, right = frozenset(ones), frozenset(twos)
    letters = [sorted(each for each in words if each.isupper()) for words in (left, right)]
    if all(letters):
        return letters[0][0], letters[1][0]
    for words in _CONTRASTS:
        mine, yours = sorted(left & words.keys()), sorted(right & words.keys())
        if mine and yours and not {words[each] for each in mine} & {words[each] for each in yours}:
            return mine[0], yours[0]
    return None


_SEX: Final = {"man": "male", "boy": "male", "male": "male", "woman": "female", "girl": "female", "female": "female"}
_CONTRASTS: Final = tuple({stem(each): _SEX.get(stem(each), stem(each)) for each in words} for words in CONTRASTS)
