"""The way of a child from one team to another."""
