"""All that is disclosed."""

from __future__ import annotations

from pydantic import Field

from disclosure.model.duty import Duties
from disclosure.model.entity import Entity
from disclosure.model.programme import Programme
from disclosure.model.redirect import Redirects
from disclosure.model.report import Report
from disclosure.model.supplier import Supplier
from disclosure.model.vocabulary import LegalActs, Vocabulary


class SupplierFolder(Entity):
    """All that one supplier discloses, documents by period."""

    slug: str
    supplier: Supplier
    programmes: dict[str, Programme] = Field(default_factory=dict)
    reports: dict[str, Report] = Field(default_factory=dict)

    def before(self, period: str) -> str | None:
        """Return the period of the programme before that of `period`, None for the first."""
        return max((other for other in self.programmes if other < period), default=None)

    def after(self, period: str) -> str | None:
        """Return the period of the programme after that of `period`, None for the last."""
        return min((other for other in self.programmes if other > period), default=None)


class Disclosure(Entity):
    """All that is disclosed: what suppliers share, and each supplier, by slug."""

    vocabulary: Vocabulary
    acts: LegalActs
    duties: Duties = Duties(duties=())
    redirects: Redirects = Redirects(redirects=())
    suppliers: tuple[SupplierFolder, ...]
