"""What is said at a first meeting (practice C2), in words that a child of eleven can read.

Said anew by each new person: the primary worker, the backup, a peer, whoever is on call, the interpreter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Part(NamedTuple):
    """One thing to say: its key (kept for ever), a few words for it, the words themselves, and an icon."""

    key: str
    title: StrPromise
    words: StrPromise
    icon: str


GUIDE: Final = (
    Part(
        "who",
        _("Who I am"),
        _("I work here, and this is my job. You can ask me anything about it, now or later."),
        "user-round",
    ),
    Part(
        "choice",
        _("You choose"),
        _(
            "You choose what we talk about and what we do. You can say no, take a break, or stop. You can still get "
            "help after that."
        ),
        "hand-heart",
    ),
    Part(
        "can",
        _("What I can do"),
        _(
            "I can help you find food, a safe place to sleep, a doctor, or a lawyer. I can go with you. We can make a "
            "plan, one step at a time, as fast or as slow as you like."
        ),
        "footprints",
    ),
    Part(
        "cannot",
        _("What I cannot do"),
        _(
            "I am not the police. I cannot say what a court or an office will do. When I do not know something, I "
            "tell you so, and I ask."
        ),
        "circle-question-mark",
    ),
    Part(
        "together",
        _("How we work together"),
        _(
            "I am on your side. I am not your friend or your family, and that helps us both. I tell you when I am "
            "away, and who is there for you then."
        ),
        "handshake",
    ),
    Part(
        "private",
        pgettext_lazy("first meeting", "What stays with us"),
        _(
            "What you tell me stays with the people here who work with you. Before I share it with someone else, I "
            "ask you. You can change your mind."
        ),
        "lock",
    ),
    Part(
        "must_tell",
        _("What I must tell"),
        _(
            "There are a few things that I must tell, even if you say no. One is when a child is being hurt. One is "
            "when someone could die or be badly hurt very soon. If I can, I tell you first, and we do it together."
        ),
        "megaphone",
    ),
    Part(
        "written",
        _("What I write down"),
        _(
            "I write down what we do, so that you do not have to tell it twice. You can ask me what is written about "
            "you. If something is wrong, we put it right."
        ),
        "pencil",
    ),
    Part(
        "others",
        _("Who else may call"),
        _(
            "At night, or when I am away, someone else from here may call you. Tell us a word that shows it is "
            "really us. You can also say that you want only me."
        ),
        "phone",
    ),
    Part(
        "language",
        _("Your language"),
        _(
            "You can have an interpreter. It costs you nothing. It should not be family or someone you live with. The "
            "interpreter keeps what you say to themselves. If you do not like one, we look for another."
        ),
        "languages",
    ),
    Part(
        "not_right",
        _("When something is not right"),
        _(
            "If I do something that is not right for you, tell me, or tell the person I work for. You will not lose "
            "our help. You can ask for someone else to work with you."
        ),
        "message-square",
    ),
    Part(
        "now",
        _("What happens now"),
        _("You do not have to decide anything today. I will show you how to find me again."),
        "sun",
    ),
)
