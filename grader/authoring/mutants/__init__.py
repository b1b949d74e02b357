"""Mutants of the programs that are right: each must be caught by a check, or be explained as another right program."""
