"""
Every address of accounts. Those of allauth keep its names and are listed one by one: what is not here is not
offered (no sign-up, no social sign-in, no codes by e-mail).
"""

from allauth.account import views as entrance
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path, reverse_lazy

from preau.kit.access import anyone, opens, signed_in

from .views import entrance as ours
from .views import keeping, keys

for_anyone = opens(anyone)
for_the_signed_in = opens(signed_in)
back_to_keys = {"success_url": reverse_lazy("accounts:security")}

of_accounts = [
    path("demo/<slug:username>/", ours.demo, name="demo"),
    path("language/", ours.language, name="language"),
    path("invitation/", ours.invitation, name="invitation"),
    path("invitation/answer/", ours.answer, name="answer"),
    path("invitation/<str:code>/", ours.invitation_code, name="invitation_code"),
    path("security/", keys.security, name="security"),
    path("email/", keys.my_email, name="my_email"),
    path("email/<str:token>/", keys.my_email_confirmation, name="my_email_confirmation"),
    path("sessions/ending/", keys.sessions_end, name="sessions_end"),
    path("sessions/<int:session_id>/ending/", keys.session_end, name="session_end"),
    path("people/", keeping.accounts, name="accounts"),
    path("people/invitations/", keeping.invitations, name="invitations"),
    path("people/<int:holder_id>/", keeping.account, name="account"),
    path("people/<int:holder_id>/blocking/", keeping.blocking, name="blocking"),
    path("people/<int:holder_id>/unblocking/", keeping.unblocking, name="unblocking"),
    path("people/<int:holder_id>/email/", keeping.email, name="email"),
    path("people/<int:holder_id>/second-factor/lost/", keeping.second_factor_lost, name="second_factor_lost"),
]

of_allauth = [
    path("login/", ours.sign_in, name="account_login"),
    path("logout/", for_anyone(entrance.logout), name="account_logout"),
    path("inactive/", for_anyone(entrance.account_inactive), name="account_inactive"),
    path("reauthenticate/", for_the_signed_in(entrance.reauthenticate), name="account_reauthenticate"),
    path("password/", for_the_signed_in(entrance.password_change), name="account_change_password"),
    path("password/first/", for_the_signed_in(entrance.password_set), name="account_set_password"),
    path("password/reset/", for_anyone(entrance.password_reset), name="account_reset_password"),
    path(
        "password/reset/sent/", for_anyone(entrance.password_reset_done), name="account_reset_password_done"
    ),
    path(
        "password/reset/done/",
        for_anyone(entrance.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        for_anyone(entrance.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("second-factor/", keys.second_factor, name="mfa_index"),
    path("second-factor/authenticate/", ours.second_step, name="mfa_authenticate"),
    path("second-factor/again/", for_the_signed_in(factors.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/", for_the_signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/removal/", for_the_signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/codes/",
        for_the_signed_in(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        for_the_signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        for_the_signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/add/", for_the_signed_in(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/login/", for_anyone(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "passkeys/again/",
        for_the_signed_in(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "passkeys/<int:pk>/",
        for_the_signed_in(passkeys.EditWebAuthnView.as_view(**back_to_keys)),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkeys/<int:pk>/removal/",
        for_the_signed_in(passkeys.RemoveWebAuthnView.as_view(**back_to_keys)),
        name="mfa_remove_webauthn",
    ),
]

urlpatterns = [path("", include((of_accounts, "accounts"))), *of_allauth]
