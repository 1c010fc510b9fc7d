class Refused(ValueError):
    """What was asked for cannot be done. Its words are for the person who asked: what is wrong, and what to do."""


class AcknowledgementRefused(Refused):
    pass


class OwnChangeRefused(Refused):
    def __init__(self, page):
        super().__init__(f"You wrote this change of “{page.title}”; someone else approves it. Submit it instead.")


class PublicationRefused(Refused):
    pass


class SupersessionRefused(Refused):
    pass


class WithdrawalRefused(Refused):
    pass


class VerificationRefused(Refused):
    pass


class HandOverRefused(Refused):
    pass


class SuggestionRefused(Refused):
    pass


class LessonStepRefused(Refused):
    pass


class ReportRefused(Refused):
    pass


class BulletinRefused(Refused):
    pass


class OverlongRefused(PublicationRefused):
    """Of a brief that runs over its page."""
