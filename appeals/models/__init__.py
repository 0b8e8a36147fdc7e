from appeals.models.appeal import Appeal, AppealReviewer, EarlyClosing, Waiver
from appeals.models.authorisation import Authorisation
from appeals.models.papers import Amendment, AppealPaper, AppealReceipt, Completion, CompletionRequest, DecisionText
from appeals.models.review import AssignmentEnd, Challenge, ChallengeRuling, Opinion
from appeals.models.selection import Screening, Selection, Vote

__all__ = [
    "Amendment",
    "Appeal",
    "AppealPaper",
    "AppealReceipt",
    "AppealReviewer",
    "AssignmentEnd",
    "Authorisation",
    "Challenge",
    "ChallengeRuling",
    "Completion",
    "CompletionRequest",
    "DecisionText",
    "EarlyClosing",
    "Opinion",
    "Screening",
    "Selection",
    "Vote",
    "Waiver",
]
