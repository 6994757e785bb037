"""How many were on no list: estimators, their checks, and the gate that refuses."""
