"""With whose sign-in each kind of reader may look around."""

READERS = {
    "new hire": "ellie.prescott",
    "expert": "anders.lindqvist",
    "process owner": "marit.dekker",
    "HR": "adaeze.nwosu",
    "auditor": "beatriz.carvalho",
    "administrator": "farid.haddad",
}
