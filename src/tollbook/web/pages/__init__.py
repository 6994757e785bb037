"""pages: one room of the bar a module, each with its `routes`."""
