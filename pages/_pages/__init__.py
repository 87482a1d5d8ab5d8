"""All pages together: their lenses, and what is prepared before the first visitor comes."""
