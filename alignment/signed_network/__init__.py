"""Who is for and against whom: frustration, camps, and the search for them."""
