"""SQL, and only here: schema, engine, queries and commands."""
