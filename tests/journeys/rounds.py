"""Who looks at which page: a round for each persona, so that no page is forgotten."""

from tests.journeys.sent import NUMBER

OK = 200
#: Pages that say no, and how.
SAYS_NO = {"/nowhere/": 404, "/fault/500/": 500}
NOBODYS = ["/sign-in/", "/sign-in/with-words/", "/look/", "/nowhere/"]
EVERYBODYS = [
    "/",
    "/people/",
    "/people/?who=all",
    "/find/",
    "/staff/",
    "/staff/roles/",
    "/staff/<uuid:person>/",
    "/you/",
    "/you/passphrase/",
    "/you/app/",
    "/you/codes/",
    "/you/sign-ins/",
    "/waiting/",
    "/nowhere/",
]
CASES = ["/people/<uuid:case>/"]
WRITERS = [
    *CASES,
    "/people/<uuid:case>/write/",
    "/people/<uuid:case>/notes/<uuid:entry>/",
    "/people/<uuid:case>/notes/<uuid:entry>/wrong-file/",
    "/people/<uuid:case>/note/<int:number>/",
    "/people/same-note/",
    "/people/<uuid:case>/card/",
    "/people/<uuid:case>/papers/new/",
    "/people/new/",
    "/people/new/group/",
    "/month/",
    "/month/?part=people",
    "/people/?show=promise&sort=next",
    "/people/<uuid:case>/first-meeting/",
    "/people/<uuid:case>/first-meeting/paper/",
]
#: Pages that are opened by somebody who reads from right to left.
TURNED = [
    "/",
    "/people/",
    *CASES,
    "/people/<uuid:case>/write/",
    "/people/<uuid:case>/reach/",
    "/days/week/",
    "/walking/<uuid:case>/",
    "/find/",
    "/you/",
]
#: Who somebody is, and how to reach them.
PERSON = [
    "/people/<uuid:case>/words/",
    "/people/<uuid:case>/words/change/",
    "/people/<uuid:case>/wishes/",
    "/people/<uuid:case>/identity/",
    "/people/<uuid:case>/identity/change/",
    "/people/<uuid:case>/history/",
    "/people/<uuid:case>/history/new/",
    "/people/<uuid:case>/more/",
    "/people/<uuid:case>/reach/",
    "/people/<uuid:case>/reach/change/",
    "/people/<uuid:case>/reach/ways/new/",
    "/people/<uuid:case>/reach/ways/<uuid:way>/",
    "/people/<uuid:case>/reach/places/new/",
    "/people/<uuid:case>/says/",
    "/people/<uuid:case>/says/new/",
    "/people/<uuid:case>/says/never/",
    "/people/<uuid:case>/says/<uuid:say>/",
    "/people/<uuid:case>/decisions/",
    "/people/<uuid:case>/decisions/new/",
    "/people/<uuid:case>/links/",
    "/people/<uuid:case>/links/new/",
    "/walking/<uuid:case>/step-aside/",
]
#: `test_timeline` is the second to look at a note in the wrong file.
SECOND_LOOK = {"/people/misfiled/<uuid:misfiled>/"}
#: What stands there once it was told: `test_person` tells it and looks at it in the same ways.
TOLD = {
    "/people/<uuid:case>/decisions/<uuid:decision>/",
    "/people/<uuid:case>/history/<uuid:harm>/",
    "/people/<uuid:case>/links/<uuid:bond>/",
    "/people/<uuid:case>/reach/places/<uuid:place>/",
}
#: Whatever begins is on the round before it begins: afterwards its address leads to the one that is open.
NEVER_GATED = ["/safety/reports/", "/safety/reports/new/", "/safety/reports/emergency/"]
NIGHTS = ["/safety/", "/safety/night/", "/safety/night/paper/", *NEVER_GATED]
SAFETY = [
    "/safety/<uuid:case>/",
    "/safety/<uuid:case>/wishes/",
    "/safety/<uuid:case>/night/",
    "/safety/<uuid:case>/crisis/new/",
    "/safety/<uuid:case>/missing/new/",
    "/safety/<uuid:case>/reports/",
    "/safety/<uuid:case>/reports/guide/",
    "/safety/<uuid:case>/reports/new/",
    "/safety/<uuid:case>/reports/emergency/",
]
#: What goes on once it was begun: `test_at_night` begins it and looks at it in the same ways.
BEGUN = {
    "/safety/<uuid:case>/crisis/<uuid:crisis>/",
    "/safety/<uuid:case>/crisis/<uuid:crisis>/end/",
    "/safety/<uuid:case>/missing/<uuid:missing>/",
    "/safety/<uuid:case>/missing/<uuid:missing>/back/",
    "/safety/<uuid:case>/reports/<uuid:report>/",
    "/safety/reports/<uuid:report>/",
}
#: Dates and promises. One's own to-do is made and looked at in the same ways by `test_dates`.
DAYS = [
    "/days/day/",
    "/days/week/",
    "/days/list/",
    "/days/feed/",
    "/days/mine/new/",
    "/days/trip/",
    "/days/trip/new/",
    "/days/waiting/",
    "/days/waiting/new/",
    "/days/expected/",
]
DATES = [
    "/days/<uuid:case>/",
    "/days/<uuid:case>/promise/",
    "/days/<uuid:case>/todo/",
    "/days/<uuid:case>/appointment/",
    "/days/<uuid:case>/court/",
    "/days/<uuid:case>/asked/",
    "/days/<uuid:case>/<uuid:due>/",
    "/days/<uuid:case>/<uuid:due>/change/",
]
DATED = {"/days/mine/<uuid:own>/", "/days/trip/<uuid:trip>/note/"}
#: Who walks with whom; what stands behind these pages once it was begun is looked at by `test_walking`.
WALKING = [
    "/walking/<uuid:case>/",
    "/walking/<uuid:case>/parts/",
    "/walking/<uuid:case>/does/",
    "/walking/<uuid:case>/outside/new/",
    "/walking/<uuid:case>/conferences/new/",
    "/walking/<uuid:case>/hand-over/",
    "/walking/<uuid:case>/close/",
    "/walking/<uuid:case>/reopen/",
    "/walking/<uuid:case>/death/",
    "/walking/offers/",
    "/walking/cover/",
]
WALKED = {
    "/walking/<uuid:case>/conferences/<uuid:conference>/",
    "/walking/<uuid:case>/conferences/<uuid:conference>/change/",
    "/walking/<uuid:case>/conferences/<uuid:conference>/print/",
    "/walking/<uuid:case>/hand-over/<uuid:hand_over>/letter/",
    "/walking/<uuid:case>/outside/<uuid:outside>/",
    "/walking/cover/<uuid:absence>/",
}
SUPERVISORS = [
    "/team/",
    "/team/reports/",
    "/people/?who=all&show=nobackup",
    "/people/<uuid:case>/join/",
    "/people/doubts/",
    "/people/<uuid:case>/openings/",
    "/walking/<uuid:case>/walls/",
]
OFFICES = ["/staff/log/", "/staff/keys/", "/staff/teams/new/", "/staff/invite/"]
OWN = ["/staff/about-me/", "/staff/phrases/", "/staff/phrases/<uuid:phrase>/"]
GIVING = ["/gifts/<uuid:case>/", "/gifts/<uuid:case>/give/", "/gifts/<uuid:case>/<uuid:gift>/receipt/"]
AGENCYS = [
    "/staff/rota/",
    "/staff/ways/",
    "/staff/ways/communities/",
    "/staff/house/",
    "/staff/house/<uuid:team>/",
]
KEEPERS = [
    *AGENCYS,
    "/staff/rota/new/",
    "/staff/ways/change/",
    "/staff/ways/communities/new/",
    "/staff/ways/communities/<uuid:community>/",
    "/gifts/funds/",
    "/gifts/funds/new/",
    "/gifts/funds/<uuid:fund>/",
    "/people/upkeep/",
]
ON_CALLS = [*AGENCYS, "/staff/rota/<uuid:shift>/offer/"]
#: Where a number stands that fills a blank, and what stands before it.
STANDS_ON = {
    "<uuid:due>": ("/days/<uuid:case>/", rf"/days/{NUMBER}/"),
    "<uuid:way>": ("/people/<uuid:case>/reach/", "/reach/ways/"),
    "<uuid:say>": ("/people/<uuid:case>/says/", "/says/"),
    "<uuid:shift>": ("/staff/rota/", "/staff/rota/"),
    "<uuid:community>": ("/staff/ways/communities/", "/staff/ways/communities/"),
    "<uuid:phrase>": ("/staff/phrases/", "/staff/phrases/"),
    "<uuid:fund>": ("/gifts/funds/", "/gifts/funds/"),
    "<uuid:team>": ("/staff/house/", "/house/"),
    "<uuid:gift>": ("/gifts/<uuid:case>/", f"/gifts/{NUMBER}/"),
    "<uuid:membership>": ("/staff/<uuid:person>/", "/walking/roles/"),
}
ABOUT_ONE = [
    "/staff/<uuid:person>/roles/new/",
    "/walking/goodbye/<uuid:person>/",
    "/walking/roles/<uuid:membership>/end/",
]
#: Who opens which pages, and whose file.
ROUNDS = {
    "ines": (
        "Robin",
        [
            *EVERYBODYS,
            *WRITERS,
            *PERSON,
            *NIGHTS,
            *SAFETY,
            *WALKING,
            *DAYS,
            *DATES,
            *OWN,
            *GIVING,
        ],
    ),
    "ruth": ("Jaylen", [*SUPERVISORS, *OFFICES, *ABOUT_ONE, *KEEPERS, *WALKING, "/", *CASES]),
    "mateo": ("Ray", ["/", *CASES, "/staff/", "/you/"]),
    "solange": (
        "",
        [
            "/",
            "/people/",
            "/find/",
            "/people/new/",
            "/people/passing/",
            "/month/?part=passing",
            "/days/expected/",
            "/days/waiting/",
            "/days/waiting/new/",
        ],
    ),
    "jo": ("Robin", ["/", *CASES]),
    "denise": ("Robin", ["/", "/people/", *CASES]),
    "amara": ("Lark", ["/", "/people/?who=all", *CASES, *NIGHTS, *SAFETY, *ON_CALLS]),
    "pilar": ("", ["/", "/people/", "/find/"]),
    "walt": ("", ["/", "/people/", "/days/expected/", *NEVER_GATED]),
    "priya": ("", ["/", "/staff/"]),
    "gus": ("", ["/", "/staff/", *OFFICES]),
}
