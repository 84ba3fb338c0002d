"""The impact-tracking dashboard of a UNESCO Creative City."""

__version__ = "0.1.0"
