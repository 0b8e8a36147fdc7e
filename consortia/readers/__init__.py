"""Files that officials hand in about who takes part, read into plain rows."""
