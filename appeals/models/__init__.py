from appeals.models.authorisation import Authorisation

__all__ = ["Authorisation"]
