"""One of each kind, as people would write them, and any of each for properties."""

from fractions import Fraction

from hypothesis import strategies as st

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

HALF, WHOLE, NOTHING = Fraction(1, 2), Fraction(1), Fraction(0)

OF_EACH_KIND = {
    content.kind: content
    for content in (
        SingleChoice(
            stem="How full is a cell that is *stored*?",
            explanation="Half.",
            options=(
                Option("About half", WHOLE, "Yes."),
                Option("Nearly full", HALF),
                Option("Full", -HALF, "It ages."),
            ),
        ),
        MultipleChoice(
            stem="Which belong in the tray?",
            points=2,
            options=(Option("Foam", HALF), Option("Paper", HALF), Option("A screwdriver", -HALF, "It bridges.")),
        ),
        TrueFalse(stem="A swollen cell is charged first.", is_true=False, feedback_true="It may burn."),
        ShortAnswer(
            stem="Where does it go?",
            answers=(Answer("sand box"), Answer("*sand*", HALF, "Say which."), Answer("stock", NOTHING, "Never.")),
        ),
        Numerical(
            stem="What is the limit?",
            answers=(
                NumberAnswer(Fraction(30), Fraction(1), feedback="Right."),
                NumberAnswer(None, NOTHING, NOTHING, "No."),
            ),
            units=(Unit("mV"), Unit("V", Fraction(1, 1000))),
        ),
        Matching(
            stem="Which is kept where?",
            pairs=(Pair("Cells", "Cabinet B2"), Pair("Bands", "Shelf 4"), Pair("Chargers", "Shelf 4")),
            distractors=("The canteen",),
        ),
        Ordering(stem="In which order?", items=("Stop", "Mark", "Tell", "Write")),
        MissingWords(
            stem="Store at [[1]] and never above [[2]].",
            word_list=(Word("half"), Word("full"), Word("30 °C", 2), Word("60 °C", 2)),
            answers=(0, 2),
        ),
        FreeText(
            stem="Why two people?",
            rubric=(
                Criterion("Names the risk", (Level("No", 0), Level("Yes", 2))),
                Criterion("Clear", (Level("No", 0), Level("Yes", 1))),
            ),
            guidance="Burns and bystanders.",
        ),
        Description(stem="The next questions are about **returns**."),
    )
}

words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
shares = st.fractions(-1, 1, max_denominator=9)
decimals = st.integers(-9999, 9999).map(lambda number: Fraction(number, 100))


@st.composite
def single_choices(draw):
    texts = draw(st.lists(words, min_size=2, max_size=6, unique=True))
    worths = [WHOLE, *draw(st.lists(shares, min_size=len(texts) - 1, max_size=len(texts) - 1))]
    options = tuple(Option(text, worth, draw(words)) for text, worth in zip(texts, worths, strict=True))
    return SingleChoice(stem=draw(words), options=options, has_markdown=draw(st.booleans()))


@st.composite
def multiple_choices(draw):
    texts = draw(st.lists(words, min_size=2, max_size=6, unique=True))
    right = draw(st.integers(1, len(texts) - 1))
    is_whole = draw(st.booleans())
    share = WHOLE if is_whole else Fraction(1, right)
    options = tuple(
        Option(text, share if place < right else NOTHING if is_whole else -share) for place, text in enumerate(texts)
    )
    return MultipleChoice(stem=draw(words), options=options, is_whole=is_whole, has_markdown=draw(st.booleans()))


@st.composite
def missing_words(draw):
    texts = draw(st.lists(words.filter(lambda text: "[" not in text), min_size=2, max_size=5, unique=True))
    answers = tuple(draw(st.lists(st.integers(0, len(texts) - 1), min_size=1, max_size=4)))
    stem = " and ".join(f"gap [[{number}]]" for number in range(1, len(answers) + 1))
    return MissingWords(stem=stem, word_list=tuple(Word(text) for text in texts), answers=answers)


contents = st.one_of(
    single_choices(),
    multiple_choices(),
    missing_words(),
    st.builds(TrueFalse, stem=words, is_true=st.booleans()),
    st.builds(Ordering, stem=words, items=st.lists(words, min_size=2, max_size=6, unique=True).map(tuple)),
    st.builds(
        Numerical,
        stem=words,
        answers=st.tuples(st.builds(NumberAnswer, decimals, decimals.map(abs))),
    ),
    st.builds(
        Matching,
        stem=words,
        pairs=st.lists(
            st.builds(Pair, words, words),
            min_size=2,
            max_size=5,
            unique_by=(lambda it: it.prompt, lambda it: it.answer),
        ).map(tuple),
    ),
    st.builds(
        ShortAnswer,
        stem=words,
        answers=st.tuples(st.builds(Answer, words.filter(lambda text: not set(text) & set("*\\")))),
    ),
    st.builds(FreeText, stem=words),
    st.builds(Description, stem=words),
)
