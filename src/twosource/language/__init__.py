"""What a language needs: finding it, parsing it, embedding it. The seam between text and models."""
