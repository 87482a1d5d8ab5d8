"""Lessons with goals, given out by a link, and the teacher's plan."""
