"""Addresses of safety. They hold random numbers only."""

from django.urls import path

from leeward.safety import views

app_name = "safety"

urlpatterns = [
    path("<uuid:case>/", views.of_case, name="of_case"),
]
