"""Load and latency figures of this program on this machine; see README.md beside it."""
