"""Questions of every kind, as Hypothesis draws them."""

from fractions import Fraction

from hypothesis import strategies as st

from courses.importing import Found
from courses.kinds import (
    Answer,
    Criterion,
    Description,
    FreeText,
    Level,
    Matching,
    MissingWords,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    Pair,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Unit,
    Word,
)

# What has a meaning in GIFT, Moodle XML, CSV, HTML or Markdown, among letters of several scripts.
PIECES = [*"~=#{}:\\%[]<>&\"'*_`|;,.+-@!()/$ \n\tabT1é語\u00a0\u2028", "::", "->", "####", "\\n", "//", "[html]"]
PIECES += ["[plain]", "]]>", "&amp;", "<b>x</b>", "<script>", "TRUE", "%50%", "$CATEGORY:", "```", "\n\n", "{=a ~b}"]


def texts(least=1, most=8):
    drawn = st.lists(st.sampled_from(PIECES), min_size=least, max_size=most).map("".join).map(str.strip)
    return drawn.filter(lambda text: "[[" not in text and bool(text) >= bool(least))


lines = texts().map(lambda text: " ".join(text.split())).filter(bool)
blank_or_text = st.just("") | texts()
shares = st.builds(Fraction, st.integers(-12, 12), st.integers(1, 12)).filter(lambda share: abs(share) <= 1)
decimals = st.decimals(-9999, 9999, places=3, allow_nan=False).map(Fraction)
common = {"stem": texts(), "explanation": blank_or_text, "points": st.integers(1, 5)}


def _distinct(least, most=5):
    return st.lists(texts(), min_size=least, max_size=most, unique=True)


@st.composite
def single_choices(draw):
    options = [Option(text, draw(shares), draw(blank_or_text)) for text in draw(_distinct(2))]
    options[draw(st.integers(0, len(options) - 1))] = Option(options[0].text + "!", Fraction(1))
    options = list({option.text: option for option in options}.values())
    return _built(draw, SingleChoice, options=_pairwise(options), **_said_of_options(draw))


@st.composite
def multiple_choices(draw):
    words = draw(_distinct(2))
    right = draw(st.integers(1, len(words)))
    parts = [draw(st.integers(1, 4)) for _ in range(right)]
    worths = [Fraction(part, sum(parts)) for part in parts]
    worths += [min(draw(shares), Fraction(0)) for _ in words[right:]]
    is_whole = draw(st.booleans())
    if is_whole:
        worths = [Fraction(1, right) if worth > 0 else Fraction(0) for worth in worths]
    options = draw(st.permutations([Option(*drawn) for drawn in zip(words, worths, strict=True)]))
    told = tuple(Option(one.text, one.worth, draw(blank_or_text)) for one in options)
    return _built(draw, MultipleChoice, options=told, **_said_of_options(draw), is_whole=is_whole)


@st.composite
def short_answers(draw):
    answers = [Answer(draw(texts()), draw(shares), draw(blank_or_text)) for _ in range(draw(st.integers(0, 3)))]
    answers.insert(0, Answer(draw(texts()), Fraction(1), draw(blank_or_text)))
    return _built(draw, ShortAnswer, answers=tuple(answers), case_matters=draw(st.booleans()))


@st.composite
def numericals(draw):
    tolerances = st.integers(0, 99).map(lambda hundredths: Fraction(hundredths, 100))
    answers = [NumberAnswer(draw(decimals), draw(tolerances), Fraction(1), draw(blank_or_text), draw(st.booleans()))]
    answers += [
        NumberAnswer(draw(decimals), draw(tolerances), draw(shares), "") for _ in range(draw(st.integers(0, 2)))
    ]
    if draw(st.booleans()):
        answers.append(NumberAnswer(None, Fraction(0), Fraction(0), draw(texts())))
    factors = st.integers(1, 2000).map(lambda thousandths: Fraction(thousandths, 1000))
    units = tuple(Unit(draw(lines), draw(factors)) for _ in range(draw(st.integers(0, 2))))
    needed = bool(units) and draw(st.booleans())
    penalty = draw(st.integers(0, 10)) if needed else 10
    return _built(
        draw,
        Numerical,
        answers=tuple(answers),
        units=units,
        unit_is_needed=needed,
        unit_penalty=Fraction(penalty, 10),
    )


@st.composite
def matchings(draw):
    pairs = [Pair(prompt, draw(texts())) for prompt in draw(_distinct(2))]
    pairs[0] = Pair(pairs[0].prompt, pairs[1].answer + "?")
    return _built(draw, Matching, pairs=tuple(pairs), distractors=tuple(draw(_distinct(0, 2))))


@st.composite
def missing_words(draw):
    groups = draw(st.lists(_distinct(2, 4), min_size=1, max_size=3))
    words = [Word(text, group) for group, offered in enumerate(groups, 1) for text in offered]
    answers = draw(st.lists(st.integers(0, len(words) - 1), min_size=1, max_size=4))
    stem = "".join(f"{draw(texts(0, 3))} [[{gap}]] " for gap in range(1, len(answers) + 1)).strip()
    content = MissingWords(stem=stem, word_list=tuple(words), answers=tuple(answers))
    return _checked(content)


@st.composite
def free_texts(draw):
    rubric = FreeText(stem="").rubric
    if draw(st.booleans()):
        rubric = (Criterion(draw(texts()), (Level(draw(texts()), 0), Level(draw(texts()), 3))),)
    return _built(draw, FreeText, rubric=rubric, guidance=draw(blank_or_text))


@st.composite
def orderings(draw):
    return _built(draw, Ordering, items=tuple(draw(_distinct(2))))


@st.composite
def verdicts(draw):
    told = [draw(blank_or_text), draw(blank_or_text)]
    return _built(draw, TrueFalse, is_true=draw(st.booleans()), feedback_true=told[0], feedback_false=told[1])


def _built(draw, kind, **said):
    return _checked(kind(**{name: draw(drawn) for name, drawn in common.items()}, **said))


def _checked(content):
    content.check()
    return content


def _said_of_options(draw):
    return {"keeps_order": draw(st.booleans()), "has_markdown": draw(st.booleans())}


def _pairwise(options):
    return tuple(options if len(options) > 1 else [*options, Option("neither")])


descriptions = st.builds(Description, stem=texts(), explanation=blank_or_text)
contents = st.one_of(
    single_choices(),
    multiple_choices(),
    verdicts(),
    short_answers(),
    numericals(),
    matchings(),
    orderings(),
    missing_words(),
    free_texts(),
    descriptions,
)
questions = st.builds(
    Found,
    contents,
    name=st.just("") | lines,
    category=st.just("") | lines,
    tags=st.lists(lines, max_size=2, unique=True).map(tuple),
    external_id=st.just("") | lines,
)
