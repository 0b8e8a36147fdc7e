"""Files that people hand in: what is taken in, how it is kept, and who may read it again."""
