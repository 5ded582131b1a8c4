"""What there is: loading, repairing, extracting and cleaning articles."""
