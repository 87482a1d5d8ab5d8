"""All pages together: their order, and what is prepared before the first visitor comes."""
