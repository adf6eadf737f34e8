"""The commands: a module each, which adds its arguments and runs it."""
