"""The parts of score.py: reading Markdown, comparing text, tables, lab rows and fields."""
