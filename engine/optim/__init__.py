"""How parameters are moved: optimisers, schedules, averages, and landscapes to watch them on."""
