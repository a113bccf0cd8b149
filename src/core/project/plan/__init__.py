"""What batches.py draws by: the lab's core/plan in Python, the same draws in the same order. Change neither without the other."""
