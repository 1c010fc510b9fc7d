"""Which published lessons and decisions are most alike to what someone is writing."""

import re
from collections import Counter

from wagtail.search.query import PlainText

from knowledge.models import DecisionRecord, KnowledgePage, LessonLearned, LessonStep
from knowledge.permissions import visible_to

COUNT = 5
# So many are ranked, whoever asks; what is shown is the best of them that the reader may see.
LOOKED_AT = 50
# More of a long text says little more, and costs.
MOST_LETTERS = 6_000
MOST_WORDS = 24
WORD = re.compile(r"\w{3,}")


def alike(title, text, reader, *, besides=None, count=COUNT) -> list[KnowledgePage]:
    """The most alike first, each as its own kind and each lesson with its `state`. Four queries; none without words.

    What the index does not hold yet is not found.
    """
    words = significant_words(title, text)
    if not words:
        return []
    pages = KnowledgePage.objects.live().type(LessonLearned, DecisionRecord)
    ranked = [page.pk for page in pages.search(PlainText(" ".join(words), operator="or"))[:LOOKED_AT]]
    shown = visible_to(KnowledgePage.objects.filter(pk__in=ranked).exclude(pk=besides), reader).with_kinds()
    kinds = [page.as_kind for page in sorted(shown, key=lambda page: ranked.index(page.pk))[:count]]
    states = LessonStep.objects.states_of([page.pk for page in kinds])
    for page in kinds:
        if isinstance(page, LessonLearned):
            page.state = states.get(page.pk, "")
    return kinds


def significant_words(title, text) -> list[str]:
    """Those of the title, then those that stand most often in the text: no more than MOST_WORDS, each once."""
    named = dict.fromkeys(WORD.findall(title[:MOST_LETTERS].casefold()))
    told = Counter(WORD.findall(text[:MOST_LETTERS].casefold()))
    return [*named, *(word for word, _ in told.most_common() if word not in named)][:MOST_WORDS]


def alike_to_draft(page, reader) -> list[KnowledgePage]:
    """To a lesson as it stands in the form in which it is written."""
    return alike(page.title, f"{page.what_happened}\n{page.root_cause}", reader, besides=page.pk)
