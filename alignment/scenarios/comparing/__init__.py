"""Several systems side by side: a file for each thing in which they are compared."""
