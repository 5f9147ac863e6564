"""Great Expectations suites, as Python."""
