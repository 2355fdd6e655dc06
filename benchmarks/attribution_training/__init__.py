"""Training of the learned attribution finder: see ``benchmarks/train_attribution.py``."""
