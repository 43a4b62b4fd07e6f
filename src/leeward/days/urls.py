"""Addresses of days. They hold random numbers only; the one of a feed is itself the key to it."""

from django.urls import path

from leeward.days.views import asking, booking, calendar, door, ending, feeding, file, going, own, riding

app_name = "days"

urlpatterns = [
    # a worker's calendar
    path("day/", calendar.day, name="day"),
    path("week/", calendar.week, name="week"),
    path("list/", calendar.coming, name="list"),
    path("feed/", feeding.feed_settings, name="feed_settings"),
    path("busy/<str:token>.ics", feeding.feed, name="feed"),
    # in nobody's file
    path("mine/new/", own.own_new, name="own_new"),
    path("mine/<uuid:own>/", own.own_due, name="own_due"),
    path("mine/<uuid:own>/done/", own.own_done, name="own_done"),
    path("mine/<uuid:own>/move/", own.own_move, name="own_move"),
    path("mine/<uuid:own>/release/", own.own_release, name="own_release"),
    path("mine/<uuid:own>/again/", own.own_again, name="own_again"),
    # on the way
    path("trip/", going.trip, name="trip"),
    path("trip/new/", going.trip_new, name="trip_new"),
    path("trip/<uuid:trip>/safe/", going.trip_safe, name="trip_safe"),
    path("trip/<uuid:trip>/back/", going.trip_back, name="trip_back"),
    path("trip/<uuid:trip>/later/", going.trip_later, name="trip_later"),
    path("trip/<uuid:trip>/note/", riding.trip_note, name="trip_note"),
    path("trip/<uuid:trip>/looked/", going.trip_looked, name="trip_looked"),
    # who waits, and who is expected
    path("waiting/", asking.waiting, name="waiting"),
    path("waiting/new/", asking.ask_new, name="ask_new"),
    path("waiting/<uuid:ask>/take/", asking.ask_take, name="ask_take"),
    path("waiting/<uuid:ask>/answer/", asking.ask_answer, name="ask_answer"),
    path("expected/", door.expected, name="expected"),
    # one participant
    path("<uuid:case>/", file.of_case, name="of_case"),
    path("<uuid:case>/promise/", file.promise_new, name="promise_new"),
    path("<uuid:case>/todo/", file.todo_new, name="todo_new"),
    path("<uuid:case>/appointment/", booking.appointment_new, name="appointment_new"),
    path("<uuid:case>/court/", booking.court_new, name="court_new"),
    path("<uuid:case>/asked/", asking.ask_of, name="ask_of"),
    path("<uuid:case>/<uuid:due>/", file.due, name="due"),
    path("<uuid:case>/<uuid:due>/change/", booking.change, name="change"),
    path("<uuid:case>/<uuid:due>/keep/", ending.keep, name="keep"),
    path("<uuid:case>/<uuid:due>/release/", ending.release, name="release"),
    path("<uuid:case>/<uuid:due>/done/", ending.done, name="done"),
    path("<uuid:case>/<uuid:due>/move/", ending.move, name="move"),
    path("<uuid:case>/<uuid:due>/happened/", ending.happened, name="happened"),
    path("<uuid:case>/<uuid:due>/continued/", ending.continued, name="continued"),
    path("<uuid:case>/<uuid:due>/again/", ending.again, name="again"),
    path("<uuid:case>/<uuid:due>/leaving/", going.trip_leave, name="trip_leave"),
]
