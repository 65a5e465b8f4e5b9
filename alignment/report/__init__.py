"""What goes out to a board: answers as workbooks."""
