"""Addresses of gifts. They hold random numbers only."""

from django.urls import URLPattern

app_name = "gifts"

urlpatterns: list[URLPattern] = []
