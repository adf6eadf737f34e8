"""Public disclosure by electricity suppliers: from a folder of YAML to a site's artifacts."""

from disclosure.artifact import Artifact
from disclosure.finding import DataError, Finding, Severity
from disclosure.output import build
from disclosure.verify import verify

__all__ = ["Artifact", "DataError", "Finding", "Severity", "build", "verify"]
