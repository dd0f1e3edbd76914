"""The census's own validation: every rule a return is judged by, child by child."""
