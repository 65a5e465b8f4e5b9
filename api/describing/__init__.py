"""What the API says of itself: the OpenAPI document, and the page made of it; examples are worked out by a child."""
