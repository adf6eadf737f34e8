"""All that is disclosed."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from disclosure.model.document import Document
from disclosure.model.duty import Duties
from disclosure.model.entity import Entity
from disclosure.model.programme import Programme
from disclosure.model.redirect import Redirects
from disclosure.model.report import Report
from disclosure.model.signer import Signer
from disclosure.model.supplier import Supplier
from disclosure.model.vocabulary import LegalActs, Vocabulary


class SupplierFolder(Entity):
    """All that one supplier discloses, documents by period."""

    slug: str
    supplier: Supplier
    programmes: dict[str, Programme] = Field(default_factory=dict)
    reports: dict[str, Report] = Field(default_factory=dict)

    def file(self, kind: str, period: str) -> str:
        """Return where a document lies below the data folder; `kind` is its folder."""
        return f"suppliers/{self.slug}/{kind}/{period}.yml"

    def documents(self) -> Iterator[tuple[str, Document]]:
        """Yield every document with its file, programmes first."""
        for period, programme in self.programmes.items():
            yield self.file("programmes", period), programme
        for period, report in self.reports.items():
            yield self.file("reports", period), report

    def before(self, period: str) -> str | None:
        """Return the period of the programme before that of `period`, None for the first."""
        return max((other for other in self.programmes if other < period), default=None)

    def after(self, period: str) -> str | None:
        """Return the period of the programme after that of `period`, None for the last."""
        return min((other for other in self.programmes if other > period), default=None)


class Disclosure(Entity):
    """All that is disclosed: what suppliers share, and each supplier, by slug; who may sign it."""

    vocabulary: Vocabulary
    acts: LegalActs
    duties: Duties = Duties(duties=())
    redirects: Redirects = Redirects(redirects=())
    suppliers: tuple[SupplierFolder, ...]
    signers: tuple[Signer, ...] = ()
