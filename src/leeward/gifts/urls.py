"""Addresses of gifts. They hold random numbers only."""

from django.urls import path

from leeward.gifts import views

app_name = "gifts"

urlpatterns = [
    path("funds/", views.funds, name="funds"),
    path("funds/new/", views.new_fund, name="new_fund"),
    path("funds/<uuid:fund>/", views.fund, name="fund"),
    # one participant
    path("<uuid:case>/", views.ledger, name="ledger"),
    path("<uuid:case>/give/", views.give, name="give"),
    path("<uuid:case>/<uuid:gift>/agree/", views.agree, name="agree"),
    path("<uuid:case>/<uuid:gift>/hand-over/", views.hand_over, name="hand_over"),
    path("<uuid:case>/<uuid:gift>/receipt/", views.receipt, name="receipt"),
    path("<uuid:case>/<uuid:gift>/cross-out/", views.cross_out, name="cross_out"),
]
