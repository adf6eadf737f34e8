"""Rules of redirects: each leads from an address that is free to one that lasts."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Disclosure, Loc, Redirect, Redirects, SupplierFolder
from disclosure.rules.problem import Problem


def check_redirects(disclosure: Disclosure, *, partly: bool = False) -> Iterator[Problem]:
    """Yield what is wrong with the redirects.

    `partly` is True where not all suppliers and documents could be read: those that are missing
    may then be somewhere else.
    """
    redirects = disclosure.redirects
    live = {name for folder in disclosure.suppliers for name in _names(folder)}
    seen: set[str] = set()
    for index, redirect in enumerate(redirects.redirects):
        loc: Loc = ("redirects", index)
        if redirect.old in seen:
            message = f"«{redirect.old}» уже есть выше. Оставьте одну запись."
            yield Problem(loc, message, place=("old",))
        elif redirect.old in live:
            message = f"«{redirect.old}» ещё публикуется. Переходят только с прежнего имени."
            yield Problem(loc, f"{message} Удалите запись или переименуйте файлы.", place=("old",))
        elif astray := _astray(redirect, redirects, live, partly=partly):
            yield Problem(loc, astray, place=("new",))
        seen.add(redirect.old)


def _names(folder: SupplierFolder) -> Iterator[str]:
    yield folder.slug
    yield from (f"{folder.slug}/programmes/{period}" for period in folder.programmes)
    yield from (f"{folder.slug}/reports/{period}" for period in folder.reports)


def _astray(
    redirect: Redirect, redirects: Redirects, live: set[str], *, partly: bool
) -> str | None:
    """Say why a redirect leads nowhere, None where it does lead somewhere."""
    if ("/" in redirect.old) != ("/" in redirect.new):
        return "поставщик переходит на поставщика, а документ — на документ. Исправьте."
    way = _way(redirect, redirects)
    if way[-1] in way[:-1]:
        return f"переходы идут по кругу: {' → '.join(way)}. Оставьте нынешнее имя без перехода."
    if len(way) > 2:
        return f"«{redirect.new}» тоже прежнее имя. Запишите сразу нынешнее: {way[-1]}."
    if redirect.new not in live and not partly:
        return f"«{redirect.new}» на сайте нет. Исправьте имя."
    return None


def _way(redirect: Redirect, redirects: Redirects) -> list[str]:
    """Return the names that a redirect leads through, as far as to one that it passed before."""
    way = [redirect.old, redirect.new]
    while (onward := _onward(way[-1], redirects)) and way[-1] not in way[:-1]:
        way.append(onward)
    return way


def _onward(name: str, redirects: Redirects) -> str | None:
    """Return the name that a name is redirected to, itself or with its supplier.

    A supplier redirected to a document leads nowhere: names would grow without an end.
    """
    slug, slash, rest = name.partition("/")
    alike = (one for one in redirects.redirects if ("/" in one.old) == ("/" in one.new))
    known = {redirect.old: redirect.new for redirect in alike}
    if name in known:
        return known[name]
    return f"{known[slug]}{slash}{rest}" if slug in known else None
