"""What all suppliers share: service types, channels, acts of law."""

from __future__ import annotations

from disclosure.model.entity import Entity
from disclosure.model.fields import Day, SegmentName, Slug, Text


class Channel(Entity):
    """One of the groups of a plan: a way to be served, for one segment or for both."""

    id: Slug
    title: Text
    segment: SegmentName | None = None


class ServiceType(Entity):
    """A section of a plan: in person, remote, interactive."""

    id: Slug
    title: Text
    channels: tuple[Channel, ...]


class Vocabulary(Entity):
    """The service types and channels every supplier shares (data/channels.yml)."""

    service_types: tuple[ServiceType, ...]

    def channel(self, channel_id: str) -> Channel | None:
        """Return the channel of that id, None where there is none."""
        return next((c for t in self.service_types for c in t.channels if c.id == channel_id), None)

    def service_type(self, type_id: str) -> ServiceType | None:
        """Return the service type of that id, None where there is none."""
        return next((t for t in self.service_types if t.id == type_id), None)


class LegalAct(Entity):
    """An act of law whose date is known for sure."""

    act: Text
    date: Day
    number: Text
    title: Text


class LegalActs(Entity):
    """The acts that documents are checked against (data/acts.yml)."""

    acts: tuple[LegalAct, ...]
