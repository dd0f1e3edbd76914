"""Making children up, by what is known of how many there are: nobody in it is anybody."""
