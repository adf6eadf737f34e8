"""What suppliers disclose: suppliers, programmes, reports and their parts, typed and frozen.

Each class is one entity of Government Decree 442 (service-quality programmes of guaranteeing
suppliers) as the documents show it. Field names are the keys of the YAML. A description is what
an editor is shown by a program that completes YAML, so it is in Russian.
"""

from disclosure.model.disclosure import Disclosure, SupplierFolder
from disclosure.model.document import (
    Approval,
    Approver,
    Clause,
    Document,
    LegalReference,
    Order,
    Part,
    Revision,
    Section,
    Term,
)
from disclosure.model.duty import Duties, Duty, DutyKind, DutyYear
from disclosure.model.edition import Edition, checksum, content, differences
from disclosure.model.entity import Entity, Loc, Waivable
from disclosure.model.fields import Segment
from disclosure.model.owed import Owed, Publication, owed
from disclosure.model.programme import (
    Dropped,
    Group,
    Measure,
    NoMeasures,
    Plan,
    PlanSection,
    Programme,
    Proposal,
    Success,
)
from disclosure.model.redirect import Redirect, Redirects
from disclosure.model.report import Answer, Indicator, IndicatorGroup, Report, Status
from disclosure.model.signer import Signer
from disclosure.model.supplier import Fact, HoursException, ServicePoint, Supplier
from disclosure.model.vocabulary import Channel, LegalAct, LegalActs, ServiceType, Vocabulary

__all__ = [
    "Answer",
    "Approval",
    "Approver",
    "Channel",
    "Clause",
    "Disclosure",
    "Document",
    "Dropped",
    "Duties",
    "Duty",
    "DutyKind",
    "DutyYear",
    "Edition",
    "Entity",
    "Fact",
    "Group",
    "HoursException",
    "Indicator",
    "IndicatorGroup",
    "LegalAct",
    "LegalActs",
    "LegalReference",
    "Loc",
    "Measure",
    "NoMeasures",
    "Order",
    "Owed",
    "Part",
    "Plan",
    "PlanSection",
    "Programme",
    "Proposal",
    "Publication",
    "Redirect",
    "Redirects",
    "Report",
    "Revision",
    "Section",
    "Segment",
    "ServicePoint",
    "ServiceType",
    "Signer",
    "Status",
    "Success",
    "Supplier",
    "SupplierFolder",
    "Term",
    "Vocabulary",
    "Waivable",
    "checksum",
    "content",
    "differences",
    "owed",
]
