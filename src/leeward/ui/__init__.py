"""How things look and speak: one stylesheet, the parts that pages are made of, form fields, icons, moments.

It owns no table and knows no page above it: places, names and addresses are handed to it on the request.
It never keeps anything in a browser, never loads anything that is not our own file, and never blames.
`/look/` shows every part in every state; each part's first line says what it takes. For authors of pages:

Layouts  ui/base.html: title picture heading lede actions tabs wide words safe content aside foot
         ui/bare.html: title heading lede content foot; ui/error.html: heading happened todo ways
Parts    ui/parts/: avatar banner conflict copy draft empty error errors field hint messages pages person
         progress quote row table tabs tag timeline versions; card and dialog are tags around what they hold:
         {% card title=… icon=… tone="dusk" id=… %}…{% endcard %} {% dialog id=… title=… %}…{% enddialog %}
Words    {% icon "pencil" %} {% when at %} {{ at|moment }} {{ at|moment:"exact" }} {{ at|day }} {{ x|initials }}
Classes  button (quiet, wide), plain; section, section-head; card (raised), rows, row, row-words, when, dot;
         tag, tags; tones harbour sun moss dusk; facts quote told veil; form field choice chips write notice;
         stack cluster actions push narrow center muted small sr num; screen-only, paper-only
Scripts  form[data-keep], [data-keep-says], textarea[data-draft-url], [data-draft-status], form[data-lock],
         button[data-opens=dialog's id], [data-copies=id], [data-print]. Never hx-push-url, hx-boost, hx-on.
Request  nav search_url crisis_url report_url add_url add_label account_url visit visit_name banner
         language_url lock_after lock_url unlock_url still_url locked_url
"""

from leeward.ui.pages import page

__all__ = ["page"]
