from knowledge.models.approving import FourEyesTask
from knowledge.models.briefs import KnowledgeBrief
from knowledge.models.bulletins import Bulletin, BulletinOptOut
from knowledge.models.decisions import (
    TAKEN,
    ConsideredOption,
    DecisionRecord,
    DecisionStatus,
    LessonMark,
    Supersession,
)
from knowledge.models.editions import Approval, Edition, Reading, Significance, TrainingImpact
from knowledge.models.home import HomePage, Section
from knowledge.models.keeping import (
    Citation,
    HandOver,
    OwnerReminder,
    RiskAssessment,
    Suggestion,
    SuggestionAnswer,
    Verification,
)
from knowledge.models.lessons import LessonLearned, LessonState, LessonStep, Why
from knowledge.models.numbers import NumberSeries
from knowledge.models.pages import KnowledgePage, PageTag
from knowledge.models.processes import Process, ProcessMeasure, ProcessRisk

__all__ = [
    "TAKEN",
    "Approval",
    "Bulletin",
    "BulletinOptOut",
    "Citation",
    "ConsideredOption",
    "DecisionRecord",
    "DecisionStatus",
    "Edition",
    "FourEyesTask",
    "HandOver",
    "HomePage",
    "KnowledgeBrief",
    "KnowledgePage",
    "LessonLearned",
    "LessonMark",
    "LessonState",
    "LessonStep",
    "NumberSeries",
    "OwnerReminder",
    "PageTag",
    "Process",
    "ProcessMeasure",
    "ProcessRisk",
    "Reading",
    "RiskAssessment",
    "Section",
    "Significance",
    "Suggestion",
    "SuggestionAnswer",
    "Supersession",
    "TrainingImpact",
    "Verification",
    "Why",
]
