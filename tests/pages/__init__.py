"""Every page, run from the entry script as the server runs it, without a browser."""
