"""Pages as a careful reader sees them: every page that a test fetches is checked here.

Add a rule when a defect teaches one.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source")
# Attributes that name ids on the same page.
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
DATA_TYPES = ("application/json", "application/ld+json")


@dataclass(eq=False)
class Element:
    """One element with what is inside it."""

    tag: str
    attrs: Mapping[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """The element and everything below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str, **attrs: str) -> list[Element]:
        """Every element of a kind; ``class_`` for class, ``aria_label`` for aria-label."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            one
            for one in self.walk()
            if one.tag == tag
            and all(one.attrs.get(name) == value for name, value in wanted.items())
        ]

    def first(self, tag: str, **attrs: str) -> Element:
        found = self.all(tag, **attrs)
        assert found, f"no <{tag}> with {attrs}"
        return found[0]

    @property
    def raw_text(self) -> str:
        return "".join(c if isinstance(c, str) else c.raw_text for c in self.children)

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return " ".join(self.raw_text.split())


class Form:
    """A form as a browser would send it, untouched."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.method = element.attrs.get("method", "get").lower()
        self.action = element.attrs.get("action", "")

    @property
    def fields(self) -> MultiDict[str, str]:
        return MultiDict(self._sent())

    def _sent(self) -> Iterator[tuple[str, str]]:
        for one in self.element.walk():
            name = one.attrs.get("name")
            if not name or "disabled" in one.attrs:
                continue
            if one.tag == "textarea":
                # The first line break after the tag belongs to the markup.
                yield name, one.raw_text.removeprefix("\n")
            elif one.tag == "select":
                yield from ((name, value) for value in _selected(one))
            elif one.tag == "input" and one.attrs.get("type") in ("radio", "checkbox"):
                if "checked" in one.attrs:
                    yield name, one.attrs.get("value", "on")
            elif one.tag == "input" and one.attrs.get("type") not in ("submit", "file"):
                yield name, one.attrs.get("value", "")


def _selected(select: Element) -> list[str]:
    options = select.all("option")
    chosen = [option for option in options if "selected" in option.attrs] or options[:1]
    return [option.attrs.get("value", option.text) for option in chosen]


@dataclass(frozen=True)
class Page:
    """An answer of the server. ``root`` is empty when it is a redirect or no HTML."""

    response: TestResponse
    root: Element

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def location(self) -> str:
        return self.response.headers["Location"]

    @property
    def text(self) -> str:
        return self.root.first("body").text

    @property
    def h1(self) -> str:
        return self.root.first("h1").text

    @property
    def title(self) -> str:
        return self.root.first("title").text

    @property
    def forms(self) -> list[Form]:
        return [Form(element) for element in self.root.all("form")]

    def by_id(self, id_: str) -> Element:
        found = [one for one in self.root.walk() if one.attrs.get("id") == id_]
        assert found, f'nothing with id "{id_}"'
        return found[0]


class Browser:
    """Fetches pages, fills in forms, and checks every page it is given.

    >>> page = browser.open("/s/PARAHA")
    >>> browser.send(page, {"u1": "3"}, status=422)
    """

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, url: str, status: int = 200) -> Page:
        return read_page(self.client.get(url), status)

    def send(
        self,
        page: Page,
        answers: Mapping[str, str | None],
        status: int = 303,
        form: int = 0,
        to: str | None = None,
    ) -> Page:
        """Fill in a form of a page and send it. ``None`` takes a field out."""
        chosen = page.forms[form]
        fields = chosen.fields
        for name, value in answers.items():
            fields.poplist(name)
            if value is not None:
                fields.add(name, value)
        url = to or chosen.action or page.response.request.path
        assert chosen.method == "post", f"the form sends by {chosen.method}"
        return read_page(self.client.post(url, data=fields), status)

    def follow(self, page: Page) -> Page:
        assert page.status in (302, 303), f"no redirect but {page.status}"
        return self.open(page.location)


def read_page(response: TestResponse, status: int = 200) -> Page:
    """Parse and check one answer; :raise AssertionError: naming what is wrong with it."""
    assert response.status_code == status, (
        f"{response.request.path} answered {response.status_code}, expected {status}: "
        f"{response.get_data(as_text=True)[:1500]}"
    )
    if "Location" in response.headers or response.mimetype != "text/html":
        return Page(response, Element("", {}))
    page = Page(response, parse_html(response.get_data(as_text=True)))
    check_page(page)
    return page


def check_page(page: Page) -> None:
    _check_heading(page)
    _check_ids(page.root)
    _check_forms(page)
    _check_inline(page)


def _check_heading(page: Page) -> None:
    assert page.root.first("html").attrs.get("lang"), "<html> has no lang"
    headings = [one.text for one in page.root.all("h1")]
    assert len(headings) == 1, f"one <h1> expected, found {headings}"
    assert headings[0], "the <h1> is empty"
    assert headings[0] in page.title, f'title "{page.title}" lacks the h1 "{headings[0]}"'


def _check_ids(root: Element) -> None:
    counts = Counter(one.attrs["id"] for one in root.walk() if "id" in one.attrs)
    assert not [id_ for id_, count in counts.items() if count > 1], f"double ids: {counts}"
    for one in root.walk():
        named = [id_ for name in REFERENCES for id_ in one.attrs.get(name, "").split()]
        if one.attrs.get("href", "").startswith("#"):
            named.append(one.attrs["href"][1:])
        missing = [id_ for id_ in named if id_ and id_ not in counts]
        assert not missing, f"<{one.tag}> points to missing ids {missing}"


def _check_forms(page: Page) -> None:
    for form in page.forms:
        tokens = [value for value in form.fields.getlist("csrf_token") if value]
        if form.method == "post":
            assert len(tokens) == 1, f"the form {form.action!r} has {len(tokens)} csrf tokens"
        else:
            assert not tokens, f"the form {form.action!r} would put its token into the address"
    labelled = {label.attrs.get("for") for label in page.root.all("label")}
    inside = {id(one) for label in page.root.all("label") for one in label.walk()}
    for one in page.root.walk():
        if one.tag in ("input", "select", "textarea") and _is_shown(one):
            named = one.attrs.get("id") in labelled or id(one) in inside
            assert named or "aria-label" in one.attrs, f"no label for {dict(one.attrs)}"


def _is_shown(one: Element) -> bool:
    return one.attrs.get("type") not in ("hidden", "submit") and "hidden" not in one.attrs


def _check_inline(page: Page) -> None:
    policy = page.response.headers.get("Content-Security-Policy", "")
    for one in page.root.walk():
        unsafe = [name for name in one.attrs if name == "style" or name.startswith("on")]
        assert not unsafe, f"<{one.tag}> has {unsafe}"
        link = one.attrs.get("href", "").strip().lower()
        assert not link.startswith("javascript:"), f"<{one.tag}> runs a script"
        if one.tag == "script":
            is_data = one.attrs.get("type") in DATA_TYPES
            assert "src" in one.attrs or is_data, "inline script"
        if one.tag == "style":
            digest = hashlib.sha256(one.raw_text.encode()).digest()
            assert base64.b64encode(digest).decode() in policy, "a <style> the policy forbids"


def parse_html(html: str) -> Element:
    """Parse a page strictly.

    :raise AssertionError: at the first element that is not closed, or closed twice.
    """
    parser = _TreeBuilder()
    parser.feed(html)
    parser.close()
    open_tags = [one.tag for one in parser.open[1:]]
    assert not open_tags, f"never closed: {open_tags}"
    return parser.open[0]


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        assert max(names.values(), default=1) == 1, f"<{tag}> has a double attribute: {attrs}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            in_svg = any(one.tag in ("svg", "math") for one in self.open)
            assert in_svg, f"<{tag}/> does not close itself in HTML"
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, (
            f"</{tag}> closes <{self.open[-1].tag}>, at line {self.getpos()[0]}"
        )
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
