"""Reporters: one module a report format."""
