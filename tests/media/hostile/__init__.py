"""Files made to do harm, each with the outcome that it must have, its time and its memory."""
