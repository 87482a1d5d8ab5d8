"""What all pages share; nothing in here is a page."""
