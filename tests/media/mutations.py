"""Files changed a little, and how often the properties of the readers are tried on them."""

from __future__ import annotations

import os
from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# A search of some minutes: SHOWCASE_EXAMPLES=100000 python -m pytest tests/media/test_properties.py tests/catalog/test_any_text.py
EXAMPLES = int(os.environ.get("SHOWCASE_EXAMPLES", "60"))
few = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)


@st.composite
def mutations(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A few changes of a file: bytes overwritten, taken out, put in, repeated, and the end cut off."""
    edits = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["set", "cut", "put", "repeat", "end"]),
                st.floats(0, 1),
                st.one_of(st.binary(min_size=1, max_size=8), st.sampled_from([b"\xff" * 4, b"\0" * 8, b"\x7f\xff\xff\xff"])),
            ),
            min_size=1,
            max_size=6,
        )
    )  # fmt: skip

    def mutate(data: bytes) -> bytes:
        for what, share, piece in edits:
            at = int(share * len(data))
            match what:
                case "set":
                    data = data[:at] + piece + data[at + len(piece) :]
                case "cut":
                    data = data[:at] + data[at + len(piece) * 7 :]
                case "put":
                    data = data[:at] + piece + data[at:]
                case "repeat":
                    data = data[:at] + data[max(0, at - 40) : at] * len(piece) + data[at:]
                case _:
                    data = data[: max(1, at)]
        return data

    return mutate
