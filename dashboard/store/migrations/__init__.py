"""The history of the schema; run in code by `dashboard.store.lifecycle`."""
