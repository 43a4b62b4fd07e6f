"""Addresses of days. They hold random numbers only."""

from django.urls import path

from leeward.days import views

app_name = "days"

urlpatterns = [
    path("<uuid:case>/", views.of_case, name="of_case"),
]
