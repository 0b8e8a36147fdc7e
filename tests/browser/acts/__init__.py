"""The acts of the whole story (tests/browser/test_whole_story.py), in the order in which they follow each other."""
