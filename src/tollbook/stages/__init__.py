"""The verbs between a report and its reading; none knows another.

A long verb has its parts in the folder of its name (`form.py`, `_form/`), which no other verb imports; what two verbs
share stands beside them, with an underscore.
"""
