from knowledge.models.editions import Edition, Reading, TrainingImpact
from knowledge.models.home import HomePage, Section
from knowledge.models.pages import (
    DecisionRecord,
    DecisionStatus,
    KnowledgeBrief,
    KnowledgePage,
    LessonLearned,
    NumberSeries,
    Process,
    Why,
)

__all__ = [
    "DecisionRecord",
    "DecisionStatus",
    "Edition",
    "HomePage",
    "KnowledgeBrief",
    "KnowledgePage",
    "LessonLearned",
    "NumberSeries",
    "Process",
    "Reading",
    "Section",
    "TrainingImpact",
    "Why",
]
