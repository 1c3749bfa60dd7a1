"""What the library costs on PostgreSQL, beside a program written by hand and beside a peer."""
