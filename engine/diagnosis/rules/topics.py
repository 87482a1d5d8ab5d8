"""What a finding is about, for whoever can say where that is explained."""

STEPS = "steps"
BATCHES = "batches"
STARTS = "starts"
DEPTH = "depth"
PENALTIES = "penalties"
GAPS = "gaps"

TOPICS = (STEPS, BATCHES, STARTS, DEPTH, PENALTIES, GAPS)
"""How long steps are, how many samples each sees, how weights start, what many layers do to a
gradient, what holds weights back, and what lies between the errors of two sets of samples.
"""
