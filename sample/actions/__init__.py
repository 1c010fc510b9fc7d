from sample.actions.load_sample import load_sample

__all__ = ["load_sample"]
