"""How parameters are moved: optimisers, schedules, and a landscape to watch them on."""
