"""The page that instructors work on, served to this machine alone. Needs the extra `desk`, for `grade desk` only."""
