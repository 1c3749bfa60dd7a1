"""The engine of an Indonesian civil-registration office."""
