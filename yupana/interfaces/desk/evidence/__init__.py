"""Evidence at the desk: brought once as a file or as a link, seen with what it shows, taken along as a file."""
