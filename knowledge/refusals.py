class Refused(ValueError):
    """What was asked for cannot be done. Its words are for the person who asked: what is wrong, and what to do."""


class AcknowledgementRefused(Refused):
    pass


class PublicationRefused(Refused):
    pass


class WithdrawalRefused(Refused):
    pass


class VerificationRefused(Refused):
    pass


class HandOverRefused(Refused):
    pass


class SuggestionRefused(Refused):
    pass
