"""Making right what was found: findings become edits, edits become the file anew."""
