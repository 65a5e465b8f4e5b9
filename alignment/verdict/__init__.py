"""What the judge finds of a set of measures, and of the sets of a frontier."""
