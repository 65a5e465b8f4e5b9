"""The minimal aligned set of measures: programme, stages, proposal, reasons, frontier, coverage."""
