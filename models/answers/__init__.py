"""What verbs answer: frozen data with a text, a frame and JSON."""
