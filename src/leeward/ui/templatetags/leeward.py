"""Icons, human moments, and the few parts that wrap other markup."""

from datetime import date

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from leeward.ui import icons, moments

register = template.Library()


class Icon(template.Node):
    """An icon whose name the page computes."""

    def __init__(self, name: FilterExpression) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        """Draw the icon; a missing name is an error, never an empty place."""
        return icons.drawing(str(self.name.resolve(context)))


@register.tag
def icon(parser: Parser, token: Token) -> template.Node:
    """Draw an icon beside its word; one that is named outright costs nothing when the page is drawn."""
    _, *words = token.split_contents()
    if len(words) != 1:
        raise template.TemplateSyntaxError("icon takes one name")
    name = parser.compile_filter(words[0])
    if name.is_var:
        return Icon(name)
    return template.base.TextNode(icons.drawing(str(name.resolve(Context()))))


@register.simple_tag
def icon_marked(name: str, mark: str) -> SafeString:
    """Draw the icon that a list below draws again on every line."""
    return icons.marked(name, mark)


@register.simple_tag
def icon_again(mark: str) -> SafeString:
    """Draw it again: {% icon_marked "phone" "call" %}, then {% icon_again "call" %}."""
    return icons.again(mark)


@register.simple_block_tag
def card(content: str, title: str = "", icon: str = "", tone: str = "", id: str = "") -> str:  # noqa: A002 - the same
    """Lay something on a card: {% card title=… icon=… tone="dusk" %}…{% endcard %}."""
    words = {"body": content, "title": title, "icon": icon, "tone": tone, "id": id}
    return get_template("ui/parts/card.html").render(words)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> str:  # noqa: A002 - it is the attribute's name
    """Ask something in front of the page: opened by any `<button data-opens="id">`."""
    return get_template("ui/parts/dialog.html").render({"body": content, "id": id, "title": title})


@register.filter(is_safe=True)
def day(value: date | None) -> str:
    """Say on which day."""
    return moments.day(value)


@register.filter(is_safe=True)
def moment(value: date | None, how: str = "") -> str:
    """Say when; `moment:"exact"` keeps the time of day for ever."""
    return moments.moment(value, exact=how == "exact")


@register.simple_tag
def when(value: date | None, how: str = "") -> SafeString:
    """Say when, in a `<time>`: {% when entry.at %}; cheaper than filters on a page that says it often."""
    return moments.tagged(value, exact=how == "exact")


@register.filter(is_safe=True)
def machine(value: date | None) -> str:
    """Say when to a machine, for a `<time datetime=…>` of one's own."""
    return moments.machine(value)


@register.filter
def initials(name: object) -> str:
    """Take the first letters of the first and the last word of a name."""
    words = [word for word in (part.strip("“”\"'().,-") for part in str(name).split()) if word]
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()
