"""Writers of small files, for generated reports and for the tests of the readers."""
