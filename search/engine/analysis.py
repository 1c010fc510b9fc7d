"""How text becomes the words that are looked up, in the index and in a query alike."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from whoosh.lang import NoStemmer, NoStopWords, stemmer_for_language, stopwords_for_language

WORD = re.compile(r"\w+")
_LONGEST_NUMBER = 64


def fold(text: str) -> str:
    """Without case and accents, so that "résumé" is found by "resume"."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Every word as it is written, for completing what someone is typing."""
    return WORD.findall(fold(text))


def numbers(text: str) -> Iterator[str]:
    """Tokens such as QP-7.1.6 or BRF-0012, whole: as words they would fall into parts that say nothing."""
    for chunk in fold(text).split():
        token = chunk.strip(".,;:!?()[]{}<>\"'`*_#|")
        if len(token) <= _LONGEST_NUMBER and any(c.isdigit() for c in token):
            yield token


class Analysis:
    """Snowball stems without stop words. (Whoosh's own StemmingAnalyzer makes "runn" of running.)"""

    def __init__(self, language: str):
        self.language = language
        self._stop_words = frozenset(_stop_words(language))
        self.stem = lru_cache(maxsize=50_000)(_stemmer(language))

    def stems(self, text: str) -> list[str]:
        return [self.stem(word) for word in words(text) if word not in self._stop_words]


@cache
def analysis_for(language: str) -> Analysis:
    return Analysis(language)


def _stop_words(language: str):
    try:
        return (fold(word) for word in stopwords_for_language(language))
    except NoStopWords:
        return ()


def _stemmer(language: str):
    try:
        return stemmer_for_language(language)
    except NoStemmer:
        return str
