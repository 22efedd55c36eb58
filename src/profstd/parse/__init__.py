"""Reading: pick the reader, recognise what it yields."""
