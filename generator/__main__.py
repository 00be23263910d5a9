"""``python -m generator`` is ``showcase``."""

from generator.cli import main

# Worker processes import this module again under another name; they must not start a run of their own.
if __name__ == "__main__":
    main()
