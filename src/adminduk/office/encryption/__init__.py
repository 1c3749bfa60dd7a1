"""Encryption of personal data: a key for each case, wrapped by a master that is kept elsewhere."""
