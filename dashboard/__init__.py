"""The impact-tracking dashboard of a UNESCO Creative City."""

import os

__version__ = "0.1.0"

# Arrow, which pandas keeps text with, reads this when it is first imported. Its own allocator would keep
# some five megabytes of a server for itself; what pandas asks of it is small and the same to either.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
