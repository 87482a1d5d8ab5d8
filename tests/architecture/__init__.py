"""What imports what: the graph that the rules of dependency are tested on, and its picture."""
