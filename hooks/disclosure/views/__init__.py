"""Model → what is shown: titles, sections, tables and notes as a reader sees them."""
