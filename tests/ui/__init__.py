"""The parts of the interface that need no running page."""
