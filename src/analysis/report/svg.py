"""Figures in fewer bytes: the same drawing without what only its author's program needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import quote

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
OUR_PATH = re.compile(r"([MLCQz]|[-+.\de]+|\s)*")  # absolute coordinates
SEGMENT = re.compile(r"([MLCQz])([^MLCQz]*)")
REFERENCE = re.compile(r"#([\w.-]+)")
REFERRING = {"href", "clip-path", "mask", "fill", "stroke", "marker-start"}
NO_TURN = re.compile(r"rotate\(-?0(\.0*)?[ )].*")
# What may stand in a data address inside an attribute; the rest is written by its code.
AS_IT_IS = " !$()*+,-./:;=?@[]_~{}|^`"
Point = tuple[float, float]


def shrink(svg: str) -> str:
    """Write a drawing in fewer bytes.

    Parameters
    ----------
    svg
        As matplotlib writes it.

    Returns
    -------
    str
        With coordinates to a hundredth of a point, styles told once and named, and without points
        on the way of a straight line, groups and names that nothing refers to, and data about the
        file. What cannot be read as XML comes back as it is.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError:
        return svg
    if root.tag != f"{SVG}svg":
        return svg
    for found in list(root.iter(f"{SVG}metadata")):
        found.getparent().remove(found)
    for element in root.iter(etree.Element):
        shorten_attributes(element)
        if element.tag not in (f"{SVG}text", f"{SVG}tspan", f"{SVG}style"):
            element.text = None
        if element.getparent() is not None and element.getparent().tag != f"{SVG}text":
            element.tail = None
    shorten_names(root)
    unwrap_groups(root)
    name_styles(root)
    share_classes(root)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def as_address(svg: str) -> str:
    """Write a drawing as a data address, in fewer bytes than by base64."""
    return f"data:image/svg+xml,{quote(shrink(svg), safe=AS_IT_IS)}"


def shorten_attributes(element: etree._Element) -> None:
    """Write numbers shorter, paths straighter, and leave out a turn by nothing."""
    attributes = element.attrib
    if "d" in attributes:
        attributes["d"] = straighten(attributes["d"])
    if HREF in attributes and attributes[HREF].startswith("#"):
        attributes["href"] = attributes.pop(HREF)
    if NO_TURN.fullmatch(attributes.get("transform", "")):
        del attributes["transform"]
    for name, value in attributes.items():
        if name != "d" and "." in value:
            attributes[name] = LONG_NUMBER.sub(lambda number: shorter(float(number[0])), value)


def shorter(number: float) -> str:
    """Write a number to a hundredth."""
    said = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said


def straighten(path: str) -> str:
    """Leave out the points of a path at which nothing turns; other paths than ours stay."""
    if not OUR_PATH.fullmatch(path):
        return path
    segments = [(command, [float(n) for n in numbers.split()])
                for command, numbers in SEGMENT.findall(path)]  # fmt: skip
    kept: list[tuple[str, list[float]]] = []
    for command, numbers in segments:
        rounded = [round(number, 2) for number in numbers]
        while command == "L" and turns_nowhere(kept, (rounded[0], rounded[1])):
            kept.pop()
        kept.append((command, rounded))
    return "".join(f"{command}{' '.join(map(shorter, numbers))}" for command, numbers in kept)


def turns_nowhere(kept: list[tuple[str, list[float]]], after: Point) -> bool:
    """Whether the last point of a path lies on the straight way to the next."""
    if len(kept) < 2 or kept[-1][0] != "L" or kept[-2][0] not in ("M", "L"):
        return False
    (_, (x0, y0)), (_, (x1, y1)) = kept[-2:]
    back, on = (x1 - x0, y1 - y0), (after[0] - x1, after[1] - y1)
    straight = abs(back[0] * on[1] - back[1] * on[0]) < 1e-6
    return straight and back[0] * on[0] + back[1] * on[1] >= 0


def shorten_names(root: etree._Element) -> None:
    """Give short names to what the drawing refers to, and none to the rest."""
    values = [value for element in root.iter() for value in element.attrib.values()]
    meant = dict.fromkeys(name for value in values for name in REFERENCE.findall(value))
    names = {
        element.get("id"): label
        for element, label in zip(
            (one for one in root.iter() if one.get("id") in meant), labels("i"), strict=False
        )
    }
    for element in root.iter():
        if element.get("id"):
            name = names.get(element.attrib.pop("id"))
            element.attrib.update({"id": name} if name else {})
        for attribute in REFERRING & set(element.attrib):
            element.set(attribute, REFERENCE.sub(
                lambda found: f"#{names.get(found[1], found[1])}", element.get(attribute)
            ))  # fmt: skip


def unwrap_groups(root: etree._Element) -> None:
    """Take elements out of groups that say nothing about them."""
    for group in list(root.iter(f"{SVG}g", f"{SVG}defs")):
        parent = group.getparent()
        if group.tag == f"{SVG}defs" and len(group):
            continue
        if parent is not None and not group.attrib:
            place = parent.index(group)
            for offset, child in enumerate(list(group)):
                parent.insert(place + offset, child)
            parent.remove(group)


def name_styles(root: etree._Element) -> None:
    """Tell each style once, in a style sheet of the drawing."""
    styled = [element for element in root.iter() if element.get("style")]
    if not styled:
        return
    styles = dict.fromkeys(element.get("style") for element in styled)
    names = dict(zip(styles, labels("s"), strict=False))
    for element in styled:
        element.set("class", names[element.attrib.pop("style")])
    sheet = etree.SubElement(root, f"{SVG}style")
    sheet.text = "".join(f".{name}{{{style}}}" for style, name in names.items())
    root.insert(0, sheet)


def share_classes(root: etree._Element) -> None:
    """Let a group of marks of the same style have it once."""
    for group in root.iter(f"{SVG}g"):
        classes = {mark.get("class") for mark in group}
        alike = len(group) > 1 and len(classes) == 1 and None not in classes
        if alike and "class" not in group.attrib and {mark.tag for mark in group} == {f"{SVG}use"}:
            group.set("class", classes.pop())
            for mark in group:
                del mark.attrib["class"]


def labels(letter: str) -> Iterator[str]:
    """Give short names, without an end."""
    return (f"{letter}{number:x}" for number in count())
