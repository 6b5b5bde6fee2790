"""A passkey, from the page that makes it to the door it opens, with a key of the browser's own."""

from django.urls import reverse

from tests.journeys.conftest import DESKTOP, PASSWORD

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_made_then_opens_the_door_without_a_password(stage, window, sign_in):
    tab = sign_in(window(DESKTOP), stage.people["vandamme"])
    tab.locator("main.page").wait_for()
    device = tab.context.new_cdp_session(tab)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    tab.goto(reverse("mfa_add_webauthn"))
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Go on").click()
    tab.get_by_role("button", name="Make the passkey").click()
    tab.get_by_role("heading", name="Recovery codes").wait_for()
    tab.context.clear_cookies()
    tab.goto(reverse("account_login"))
    tab.locator("pass-key button").click()
    tab.locator("main.page").wait_for()

    tab.goto(reverse("accounts:security"))
    assert tab.get_by_role("heading", name="Your keys").is_visible()
