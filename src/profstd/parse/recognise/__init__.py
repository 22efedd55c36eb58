"""The recogniser: blocks and labels in; model, spans and account out."""
