"""How far the closing of a case has come, and what is to be settled before it."""
