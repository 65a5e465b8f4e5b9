"""What people are handed: a template to fill, an answer as a workbook, a report as a page."""
