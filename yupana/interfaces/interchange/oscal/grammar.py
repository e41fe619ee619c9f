"""What the schema of OSCAL 1 lets stand where, for what is kept of a file and goes back into one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Spec = Callable[[Any], bool] | Sequence[Any] | Mapping[str, Any]

_UUID = re.compile(r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}")
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+\-.]+:[^\s\u2028\u2029]+")
_HREF = re.compile(r"[^\s\u2028\u2029<>\"{}|\\^`]*")
_BASE64 = re.compile(r"[0-9A-Za-z+/]+={0,2}")
_DAY = (
    r"(?:(?:2000|2400|2800|(?:19|2[0-9](?:0[48]|[2468][048]|[13579][26])))-02-29"
    r"|(?:19|2[0-9])[0-9]{2}-(?:02-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13578]|10|12)-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)))"
)
_ZONE = r"(?:Z|-(?:(?:0[0-9]|1[0-2]):00|0[39]:30)|\+(?:(?:0[0-9]|1[0-4]):00|(?:0[34569]|10):30|(?:0[58]|12):45))"
_MOMENT = re.compile(rf"{_DAY}T(?:2[0-3]|[01][0-9]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?{_ZONE}")
_BREAKS = re.compile(r"[\n\r\u2028\u2029]")


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def is_token(value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    """Whether a value is a token: letters, numbers and ``. - _``, the first one a letter or ``_``."""
    return isinstance(value, str) and (value[:1].isalpha() or value[:1] == "_") and all(map(_in_token, value))


def is_line(value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    """Whether a value is text on one line."""
    return isinstance(value, str) and value != "" and _BREAKS.search(value) is None


def is_string(value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    """Whether a value is text on one line with nothing blank at its ends."""
    return is_line(value) and value.strip("\ufeff") == value == value.strip()


def is_text(value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    """Whether a value is text."""
    return isinstance(value, str)


def fits(spec: Spec, value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    """Whether a value is as a specification says. Names that end in ``!`` must be there."""
    if callable(spec):
        return spec(value)
    if isinstance(spec, Mapping):
        if not isinstance(value, dict) or not all(name[:-1] in value for name in spec if name[-1] == "!"):
            return False
        return all(fits(_member(spec, name), each) for name, each in value.items())
    return isinstance(value, list) and value != [] and all(fits(spec[0], each) for each in value)


def fitting(spec: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Take of what was kept what may stand in an object of this specification."""
    return {name: value for name, value in kept.items() if fits(_member(spec, name), value)}


def _in_token(char: str) -> bool:
    return char.isalpha() or char in ".-_" or unicodedata.category(char)[0] == "N"


def _nothing(_value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    return False


def _member(spec: Mapping[str, Any], name: str) -> Spec:
    found: Spec = spec[name] if name in spec else spec.get(f"{name}!", _nothing)
    return found


def _one_of(*words: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in words


def _either(*specs: Spec) -> Callable[[Any], bool]:
    return lambda value: any(fits(spec, value) for spec in specs)


is_uuid, is_moment, _is_uri, _is_href = map(_matches, (_UUID, _MOMENT, _URI, _HREF))
_is_base64 = _matches(_BASE64)
_is_yes_no = _one_of("yes", "no")


def _is_email(value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    return is_string(value) and re.fullmatch(r".+@.+", value) is not None


def _is_flag(value: Any) -> bool:  # noqa: ANN401 (whatever a file says)
    return isinstance(value, bool)


PROP: dict[str, Spec] = {
    "name!": is_token, "uuid": is_uuid, "ns": _is_uri, "value!": is_string, "class": is_token, "group": is_token,
    "remarks": is_text,
}  # fmt: skip
LINK: dict[str, Spec] = {
    "href!": _is_href, "rel": is_token, "media-type": is_string, "resource-fragment": is_string, "text": is_line,
}  # fmt: skip
_SAID: dict[str, Spec] = {"props": [PROP], "links": [LINK]}
_PARAM: dict[str, Spec] = _SAID | {
    "class": is_token, "depends-on": is_token, "label": is_line, "usage": is_text,
    "constraints": [{"description": is_text, "tests": [{"expression!": is_string, "remarks": is_text}]}],
    "guidelines": [{"prose!": is_text}],
}  # fmt: skip
_VALUES: dict[str, Spec] = {"values": [is_string]}
_SELECT: dict[str, Spec] = {"select": {"how-many": _one_of("one", "one-or-more"), "choice": [is_line]}}
PARAM = _either(*(_PARAM | {"id": is_token, "remarks": is_text} | way for way in (_VALUES, _SELECT)))

# What an object keeps beside its id, its title or prose, and what stands below it.
PART: dict[str, Spec] = _SAID | {"name": is_token, "ns": _is_uri, "class": is_token, "title": is_line, "prose": is_text}
CONTROL: dict[str, Spec] = _SAID | {"class": is_token, "params": [PARAM]}
GROUP = CONTROL

_RESPONSIBLE: dict[str, Spec] = _SAID | {"role-id!": is_token, "party-uuids!": [is_uuid], "remarks": is_text}
_PHONE: dict[str, Spec] = {"type": is_string, "number!": is_string}
_ADDRESS: dict[str, Spec] = {
    "type": is_token, "addr-lines": [is_string], "city": is_string, "state": is_string, "postal-code": is_string,
    "country": is_string,
}  # fmt: skip
_REACHED: dict[str, Spec] = {"email-addresses": [_is_email], "telephone-numbers": [_PHONE]}
_PARTY: dict[str, Spec] = _SAID | _REACHED | {
    "uuid!": is_uuid, "type!": _one_of("person", "organization"), "name": is_string, "short-name": is_string,
    "external-ids": [{"scheme!": _is_uri, "id!": is_string}], "member-of-organizations": [is_uuid], "remarks": is_text,
}  # fmt: skip
_DOCUMENT_ID: dict[str, Spec] = {"scheme": _is_uri, "identifier!": is_string}
_REVISION: dict[str, Spec] = _SAID | {
    "title": is_line, "published": is_moment, "last-modified": is_moment, "version!": is_string,
    "oscal-version": is_string, "remarks": is_text,
}  # fmt: skip
METADATA: dict[str, Spec] = _SAID | {
    "title": is_line, "published": is_moment, "last-modified": is_moment, "version": is_string,
    "oscal-version": is_string, "document-ids": [_DOCUMENT_ID], "remarks": is_text, "revisions": [_REVISION],
    "roles": [_SAID | {
        "id!": is_token, "title!": is_line, "short-name": is_string, "description": is_text, "remarks": is_text,
    }],
    "locations": [_SAID | _REACHED | {
        "uuid!": is_uuid, "title": is_line, "address": _ADDRESS, "urls": [_is_uri], "remarks": is_text,
    }],
    "parties": [_either(_PARTY | {"addresses": [_ADDRESS]}, _PARTY | {"location-uuids": [is_uuid]})],
    "responsible-parties": [_RESPONSIBLE],
    "actions": [_SAID | {
        "uuid!": is_uuid, "date": is_moment, "type!": is_token, "system!": _is_uri,
        "responsible-parties": [_RESPONSIBLE], "remarks": is_text,
    }],
}  # fmt: skip
_HASH: dict[str, Spec] = {"algorithm!": is_string, "value!": is_string}
_RESOURCE: dict[str, Spec] = {
    "uuid!": is_uuid, "title": is_line, "description": is_text, "props": [PROP], "document-ids": [_DOCUMENT_ID],
    "citation": _SAID | {"text!": is_line},
    "rlinks": [{"href!": _is_href, "media-type": is_string, "hashes": [_HASH]}],
    "base64": {"filename": is_token, "media-type": is_string, "value!": _is_base64}, "remarks": is_text,
}  # fmt: skip
_BACK: dict[str, Spec] = {"back-matter": {"resources": [_RESOURCE]}}
CATALOG: dict[str, Spec] = _BACK | {"uuid": is_uuid, "params": [PARAM]}

SELECTION: dict[str, Spec] = {
    "with-child-controls": _is_yes_no, "with-ids": [is_token],
    "matching": [{"pattern": is_string, "remarks": is_text}],
}  # fmt: skip
_WHOLE_PART: dict[str, Spec] = PART | {
    "id": is_token, "name!": is_token, "parts": [lambda value: fits(_WHOLE_PART, value)],
}  # fmt: skip
_ALTER: dict[str, Spec] = {
    "control-id!": is_token,
    "removes": [{
        "by-name": is_token, "by-class": is_token, "by-id": is_token, "by-ns": _is_uri, "remarks": is_text,
        "by-item-name": _one_of("param", "prop", "link", "part", "mapping", "map"),
    }],
    "adds": [_SAID | {
        "position": _one_of("before", "after", "starting", "ending"), "by-id": is_token, "title": is_line,
        "params": [PARAM], "parts": [_WHOLE_PART],
    }],
}  # fmt: skip
_SET = _either(*(_PARAM | {"param-id": is_token} | way for way in (_VALUES, _SELECT)))
_ORDER: dict[str, Spec] = {"order": _one_of("keep", "ascending", "descending"), "exclude-controls": [SELECTION]}
_INSERT = _either(_ORDER | {"include-all!": {}}, _ORDER | {"include-controls!": [SELECTION]})
_FILLED: dict[str, Spec] = {"insert-controls": [_INSERT]}
_GROUPED: dict[str, Spec] = CONTROL | {"id": is_token, "title!": is_line, "parts": [_WHOLE_PART]}
_CUSTOM_GROUP: Callable[[Any], bool] = _either(
    _GROUPED | {"groups": [lambda value: fits(_CUSTOM_GROUP, value)]},
    _GROUPED | _FILLED,
)
_CUSTOM: dict[str, Spec] = _FILLED | {"groups": [_CUSTOM_GROUP]}
_COMBINE: dict[str, Spec] = {"combine": {}}
_WAYS: list[dict[str, Spec]] = [{"flat!": {}}, {"as-is!": _is_flag}, {"custom!": _CUSTOM}]
PROFILE: dict[str, Spec] = _BACK | {
    "uuid": is_uuid,
    "merge": _either(*(_COMBINE | way for way in _WAYS)),
    "modify": {"set-parameters": [_SET], "alters": [_ALTER]},
}  # fmt: skip
