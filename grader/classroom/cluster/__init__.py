"""Grades a class on a dask.distributed cluster. Needs the extra `cluster`; nothing else imports it."""
