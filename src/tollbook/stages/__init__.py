"""The verbs between a report and its reading; none knows another."""
