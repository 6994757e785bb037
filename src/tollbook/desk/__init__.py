"""What a recorder does in a day; here alone the doors meet the rest."""
