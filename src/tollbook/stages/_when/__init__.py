"""the parts of when: words of time -> periods."""
