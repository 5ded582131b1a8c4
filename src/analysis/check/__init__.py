"""What in a corpus blocks or qualifies its comparison, told before anything is compared."""
