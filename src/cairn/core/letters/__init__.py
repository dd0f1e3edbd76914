"""Letters of the procedures: what may stand in braces, how a text is filled and set, and to whom it may go."""
