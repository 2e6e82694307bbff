"""One person proposes, another decides; and what is decided so about single responses."""
