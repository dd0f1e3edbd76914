"""Pictures drawn on the server from plain values: SVG without styles or scripts, each with the same as a list."""
