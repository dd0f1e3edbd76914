"""Commands that reach adapters themselves."""
