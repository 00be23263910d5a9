"""Commands of the desk: what editors and organisers do beside building and publishing. One module for each errand."""
