"""A bucket of a storage that speaks S3: its files, read, written and removed; its complaints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Final

from obstore.exceptions import BaseError, InvalidPathError
from obstore.store import S3Store

from disclosure.deploy.plan import is_hashed
from gate.headers import ASK_FIRST, FOR_GOOD, TYPES, WITH_CHARSET

_TYPES: Final = {
    f".{ending}": kind for kind, endings in TYPES.items() for ending in endings.split()
}
_PLAIN: Final = "text/plain"
_CODE: Final = re.compile(r"<Code>(\w+)</Code>")
_STATUS: Final = re.compile(r"status code: ([45]\d\d)")


class BucketError(Exception):
    """What the storage refused or did not answer; says in Russian why and what to do."""


class Bucket:
    """The files of a bucket below a prefix, by their paths there.

    The keys come from the usual environment.
    """

    def __init__(self, name: str, prefix: str, endpoint: str, region: str) -> None:
        self._store = S3Store(
            name,
            prefix=prefix or None,
            endpoint=endpoint,
            region=region,
            client_options={
                "allow_http": endpoint.startswith("http:"),
                "connect_timeout": timedelta(seconds=10),
                "timeout": timedelta(seconds=120),
            },
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=60)},
        )

    def present(self) -> dict[str, str]:
        """Return the ETag of each file: MD5 of what is in it, unless the storage encrypts."""
        with _explained():
            files = (file for page in self._store.list() for file in page)
            return {file["path"]: (file["e_tag"] or "").strip('"') for file in files}

    def read(self, path: str) -> bytes | None:
        """Return what is in a file, None where there is none."""
        with _explained():
            try:
                return bytes(self._store.get(path).bytes())
            except FileNotFoundError as error:
                if _code(error) == "NoSuchBucket":
                    raise
                return None

    def put(self, path: str, content: bytes) -> None:
        """Write a file, with what browsers must know of it."""
        attributes = {
            "Content-Type": content_type(path),
            "Cache-Control": FOR_GOOD if is_hashed(path) else ASK_FIRST,
        }
        with _explained():
            self._store.put(path, content, attributes=attributes, use_multipart=False)

    def delete(self, path: str) -> None:
        """Remove a file, if it is there."""
        with _explained():
            self._store.delete(path)


def content_type(path: str) -> str:
    """Return the type of a file as servers tell it, with the charset of texts."""
    name = PurePosixPath(path)
    # a name with no ending is that of a text for people: SHA256SUMS and its signature
    kind = _TYPES.get(name.suffix) or _BARE.get(name.suffix, "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind in WITH_CHARSET else kind


_BARE: Final = {"": _PLAIN, ".sig": _PLAIN}


@contextmanager
def _explained() -> Iterator[None]:
    """Say in Russian what the storage or the way to it complains of."""
    try:
        yield
    except (BaseError, OSError, ValueError) as error:
        raise BucketError(_reason(error)) from error


def _code(error: Exception) -> str:
    found = _CODE.search(str(error))
    return found[1] if found else ""


def _reason(error: Exception) -> str:
    if isinstance(error, InvalidPathError):
        return (
            "В хранилище есть файл с недопустимым именем, он не с этого сайта."
            f" Отведите сайту отдельный бакет или папку в нём. Ответ программы: {_first(error)}"
        )
    code = _code(error)
    if code in _REASONS:
        return f"{_REASONS[code]} Код ответа: {code}."
    if found := _STATUS.search(str(error)):
        return f"{_STATUSES.get(found[1], _ANSWERED)} Код ответа: {code or found[1]}."
    return (
        "Хранилище не отвечает. Проверьте связь и адрес в AWS_ENDPOINT_URL."
        f" Ответ программы: {_first(error)}"
    )


def _first(error: Exception) -> str:
    return str(error).partition("\n")[0][:300]


_KEYS: Final = "Проверьте AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY: они от этого хранилища?"
_RIGHTS: Final = (
    "Доступ запрещён. Ключу нужны права смотреть список файлов бакета, читать, писать и удалять их."
)
_NO_BUCKET: Final = "Такого бакета нет. Проверьте имя бакета и адрес хранилища в AWS_ENDPOINT_URL."
_ANSWERED: Final = "Хранилище ответило отказом. Повторите позже; не поможет — спросите его службу."
_REASONS: Final = {
    "AccessDenied": _RIGHTS,
    "AllAccessDisabled": _RIGHTS,
    "AuthorizationHeaderMalformed": "Не тот регион. Проверьте AWS_DEFAULT_REGION.",
    "InvalidAccessKeyId": f"Хранилище не знает такого ключа. {_KEYS}",
    "NoSuchBucket": _NO_BUCKET,
    "PermanentRedirect": _NO_BUCKET,
    "QuotaExceeded": "В хранилище кончилось место. Увеличьте его предел.",
    "RequestTimeTooSkewed": "Часы этого компьютера спешат или отстают. Поставьте верное время.",
    "SignatureDoesNotMatch": f"Ключ не подходит. {_KEYS}",
}
_STATUSES: Final = {"401": f"Хранилище не узнало ключ. {_KEYS}", "403": _RIGHTS, "404": _NO_BUCKET}
