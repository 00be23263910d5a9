"""The editors' page (/admin/): its form, its settings, its policy, and the program that it runs."""
