"""What every part of a document is."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from disclosure.model.fields import Text

Loc = tuple[str | int, ...]
"""Where a value stands in its document: keys and indices from the top."""


class Entity(BaseModel):
    """A part of a document; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Waivable(Entity):
    """An entity whose defects may be published as they stand, with a reason readers see.

    `WAIVABLE` are the fields whose defects `waiver` may excuse; none means the years of `values`.
    """

    WAIVABLE: ClassVar[tuple[str, ...]] = ()

    note: Text | None = Field(None, description="Примечание, которое увидят читатели")
    waiver: dict[str, Text] = Field(
        default_factory=dict,
        description="Пояснение к ошибке документа, публикуемого как есть: «поле: причина»",
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core_schema))
        if cls.WAIVABLE:
            schema["properties"]["waiver"]["propertyNames"] = {"enum": list(cls.WAIVABLE)}
        return schema
