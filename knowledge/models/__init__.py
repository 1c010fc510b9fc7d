from knowledge.models.editions import Approval, Edition, Reading, TrainingImpact
from knowledge.models.home import HomePage, Section
from knowledge.models.numbers import NumberSeries
from knowledge.models.pages import KnowledgePage, PageTag
from knowledge.models.records import (
    DecisionRecord,
    DecisionStatus,
    KnowledgeBrief,
    LessonLearned,
    Process,
    Why,
)

__all__ = [
    "Approval",
    "DecisionRecord",
    "DecisionStatus",
    "Edition",
    "HomePage",
    "KnowledgeBrief",
    "KnowledgePage",
    "LessonLearned",
    "NumberSeries",
    "PageTag",
    "Process",
    "Reading",
    "Section",
    "TrainingImpact",
    "Why",
]
