"""How people sign in: accounts, invitations, second factor, sessions."""
