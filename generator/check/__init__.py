"""What is wrong with submissions: values in, diagnostics out."""
