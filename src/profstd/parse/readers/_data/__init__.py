"""What the readers of data files share: their text, and places in it."""
