"""Markdown written by hand → accessible HTML: words for images, tables that can scroll."""

from __future__ import annotations

import re
from itertools import count
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_ALIGNED: Final = re.compile(r"text-align: (\w+);?")


class HandwrittenExtension(Extension):
    """Gives every image and every table what readers of this site can count on."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # as the library has it
        """Register with Python-Markdown, after the processors that make images and tables."""
        md.treeprocessors.register(_Images(md), "disclosure-images", 1)
        md.treeprocessors.register(_Tables(md), "disclosure-tables", 2)


def makeExtension(**options: Any) -> HandwrittenExtension:  # noqa: N802  # as the library has it
    """Return the extension; Python-Markdown looks for this name."""
    return HandwrittenExtension(**options)


class _Images(Treeprocessor):
    """Puts the words of an image beside it, for readers who switch images off."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                if child.tag == "img":
                    parent[index] = _with_words(child)


def _with_words(image: Element) -> Element:
    frame = Element("span", {"class": "d-image"})
    frame.tail, image.tail = image.tail, None
    frame.append(image)
    words = SubElement(frame, "span", {"class": "d-image-words", "aria-hidden": "true"})
    words.text = f"Изображение: {image.get('alt')}"
    return frame


class _Tables(Treeprocessor):
    """Puts a table into a region that scrolls by keyboard, named after the heading above it."""

    def run(self, root: Element) -> None:
        heading, numbers = "", count(1)
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            if re.fullmatch(r"h\d", element.tag):
                heading = "".join(element.itertext())
            elif element.tag == "table":
                label = f"Таблица {next(numbers)}. {heading}".strip(" .")
                parent = parents[element]
                parent[list(parent).index(element)] = _scrolling(element, label)


def _scrolling(table: Element, label: str) -> Element:
    attributes = {"class": "d-scroll", "role": "region", "tabindex": "0", "aria-label": label}
    region = Element("div", attributes)
    region.tail, table.tail = table.tail, None
    region.append(table)
    for cell in table.iter():
        if cell.tag == "th":
            cell.set("scope", "col")
        if aligned := _ALIGNED.fullmatch(cell.attrib.pop("style", "")):
            cell.set("class", f"d-{aligned[1]}")  # a style attribute would break the strict CSP
    return region
