"""The pages of docs/rules: every rule with its words and its examples, made from declarations and tests."""
