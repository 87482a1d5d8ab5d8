"""The frame around every page: the map, arriving by a link, a visit."""
