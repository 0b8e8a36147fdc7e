from appeals.models.appeal import Appeal, AppealReviewer, EarlyClosing, Waiver
from appeals.models.authorisation import Authorisation
from appeals.models.selection import Screening, Selection, Vote

__all__ = ["Appeal", "AppealReviewer", "Authorisation", "EarlyClosing", "Screening", "Selection", "Vote", "Waiver"]
