"""Results that were made public: what the public is shown of a closed period."""
