"""The books, people and animals that django-modelsearch's tests ask about. (Its own fixture is not in the package.)"""

from datetime import date, time

from modelsearch.test.testapp.models import (
    AgendaItem,
    Author,
    Book,
    Character,
    Meeting,
    MPAnimal,
    Novel,
    NSAnimal,
    ProgrammingGuide,
    Speaker,
)

AUTHORS = {
    "Isaac Asimov": date(1920, 1, 2),
    "George R.R. Martin": date(1948, 9, 20),
    "J. R. R. Tolkien": date(1892, 1, 3),
    "David Ascher": None,
    "Mark Lutz": None,
    "David Flanagan": None,
    "Douglas Crockford": None,
    "Daniel Roy Greenfeld": None,
    "Audrey Roy Greenfeld": None,
    "Carol Nichols": None,
    "Steve Klabnik": None,
    "Jim Blandy": None,
    "Jason Orendorff": None,
}
# id, title, author, published, pages, setting, characters (the first is the protagonist)
NOVELS = [
    (1, "The Hobbit", "J. R. R. Tolkien", date(1937, 9, 21), 310, "Middle Earth", ["Bilbo Baggins", "Gandalf"]),
    (
        2,
        "The Fellowship of the Ring",
        "J. R. R. Tolkien",
        date(1954, 7, 29),
        423,
        "Middle Earth",
        ["Frodo Baggins", "Bilbo Baggins"],
    ),
    (
        3,
        "The Two Towers",
        "J. R. R. Tolkien",
        date(1954, 11, 11),
        352,
        "Middle Earth",
        ["Frodo Baggins", "Bilbo Baggins"],
    ),
    (
        4,
        "The Return of the King",
        "J. R. R. Tolkien",
        date(1955, 10, 20),
        440,
        "Middle Earth",
        ["Frodo Baggins", "Bilbo Baggins"],
    ),
    (5, "A Game of Thrones", "George R.R. Martin", date(1996, 8, 6), 694, "Westeros", ["Eddard Stark"]),
    (6, "A Clash of Kings", "George R.R. Martin", date(1998, 11, 16), 761, "Westeros", ["Sansa Stark"]),
    (7, "A Storm of Swords", "George R.R. Martin", date(2000, 5, 1), 973, "Westeros", ["Arya Stark"]),
    (10, "Foundation", "Isaac Asimov", date(1951, 6, 1), 255, "Trantor", ["Hari Seldon"]),
]
GUIDES = [
    (8, "JavaScript: The good parts", ["Douglas Crockford"], date(2008, 5, 1), 170, "js"),
    (9, "JavaScript: The Definitive Guide", ["David Flanagan"], date(1996, 8, 1), 1096, "js"),
    (11, "Learning Python", ["Mark Lutz", "David Ascher"], date(1999, 4, 1), 1160, "py"),
    (
        12,
        "Two Scoops of Django 1.11",
        ["Daniel Roy Greenfeld", "Audrey Roy Greenfeld"],
        date(2017, 4, 7),
        555,
        "py",
    ),
    (13, "The Rust Programming Language", ["Carol Nichols", "Steve Klabnik"], date(2018, 7, 1), 440, "rs"),
]
ANIMALS = {"Animal": None, "Mammal": "Animal", "Reptile": "Animal", "Dog": "Mammal", "Cat": "Mammal"}


def furnish():
    authors = {name: Author.objects.create(name=name, date_of_birth=born) for name, born in AUTHORS.items()}
    for number, title, author, published, pages, setting, characters in NOVELS:
        novel = Novel.objects.create(
            id=number, title=title, publication_date=published, number_of_pages=pages, setting=setting
        )
        novel.authors.add(authors[author])
        cast = [Character.objects.create(name=name, novel=novel) for name in characters]
        novel.protagonist = cast[0]
        novel.save()
    Character.objects.create(name="Thorin Oakenshield", novel_id=1)
    for number, title, names, published, pages, language in GUIDES:
        guide = ProgrammingGuide.objects.create(
            id=number,
            title=title,
            publication_date=published,
            number_of_pages=pages,
            programming_language=language,
        )
        guide.authors.set(authors[name] for name in names)
    other = Book.objects.create(
        id=14, title="Programming Rust", publication_date=date(2017, 12, 21), number_of_pages=622
    )
    other.authors.set([authors["Jim Blandy"], authors["Jason Orendorff"]])
    hold_meetings()
    grow_animals()


def hold_meetings():
    for name, start in (("Breakfast yoga", time(8)), ("Evening yoga", time(19)), ("Stand-up meeting", time(9, 30))):
        meeting = Meeting.objects.create(name=name, start_time=start)
    item = AgendaItem.objects.create(meeting=meeting, topic="The hound")
    Speaker.objects.create(agenda_item=item, name="Arthur Conan Doyle")


def grow_animals():
    for model in (MPAnimal, NSAnimal):
        for name, parent in ANIMALS.items():
            if parent is None:
                model.add_root(name=name)
            else:
                model.objects.get(name=parent).add_child(name=name)
