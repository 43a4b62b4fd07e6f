"""Where the door is."""

from django.urls import path

from leeward.signin.views import door, joining, lock, setting_up, you

app_name = "signin"
urlpatterns = [
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-in/code/", door.code, name="code"),
    path("sign-in/code-on-paper/", door.paper_code, name="paper_code"),
    path("sign-in/app/", door.factor, name="factor"),
    path("sign-in/codes/", door.codes, name="codes"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("language/", door.language, name="language"),
    path("lock/", lock.lock, name="lock"),
    path("locked/", lock.locked, name="locked"),
    path("unlock/", lock.unlock, name="unlock"),
    path("turn/", lock.turn, name="turn"),
    path("turned/", lock.turned, name="turned"),
    path("still-here/", lock.still_here, name="still_here"),
    path("join/<str:link>/", joining.join, name="join"),
    path("joining/", joining.joining, name="joining"),
    path("waiting/", joining.waiting, name="waiting"),
    path("set-up/", setting_up.set_up, name="set_up"),
    path("set-up/sheets/", setting_up.sheets, name="sheets"),
    path("set-up/sheets/check/", setting_up.check_sheets, name="check_sheets"),
    path("you/", you.you, name="you"),
    path("you/passphrase/", you.passphrase, name="passphrase"),
    path("you/app/", you.app, name="app"),
    path("you/codes/", you.codes, name="own_codes"),
    path("you/sign-ins/", you.sign_ins, name="sign_ins"),
    path("you/sign-ins/<uuid:sign_in>/end/", you.end_sign_in, name="end_sign_in"),
    path("you/sign-out-everywhere/", you.sign_out_everywhere, name="sign_out_everywhere"),
]
