"""Follow-up at the authority's desk: asking for reports, seeing who answered, reviewing what came."""
