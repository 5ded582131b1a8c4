"""What is published: figures, sentences, pages, and the runner that makes them."""
