"""What is promised of the dashboard, held against a build: ``python -m benchmarks.dashboard``."""
