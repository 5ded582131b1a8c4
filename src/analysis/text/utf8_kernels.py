"""UTF-8 for compiled code: code points, and what eight bytes hold.

Bytes are taken in the order of little-endian machines, the only ones that numba has packages for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.compiled import compiled

Array = NDArray[Any]

EVERY = np.uint64(0x0101010101010101)  # times a byte: that byte eight times
HIGH = EVERY * np.uint64(0x80)
SEVEN_BITS = EVERY * np.uint64(0x7F)
LOWER = EVERY * np.uint64(0x20)
# Added to a byte below 0x80, these set its high bit from the letter named on.
FROM_A, FROM_BEHIND_Z = EVERY * np.uint64(0x80 - ord("a")), EVERY * np.uint64(0x7F - ord("z"))
FROM_0, FROM_BEHIND_9 = EVERY * np.uint64(0x80 - ord("0")), EVERY * np.uint64(0x7F - ord("9"))
UNDERSCORE = EVERY * np.uint64(ord("_"))
FROM_UPPER_A, FROM_BEHIND_UPPER_Z = FROM_A + LOWER, FROM_BEHIND_Z + LOWER
# Times eight bits that stand a byte apart: the eight bits side by side in the highest byte.
SIDE_BY_SIDE = np.uint64(0x0102040810204080)
ZERO, ONE, TWO, SEVEN, BYTE, TOP = (np.uint64(number) for number in (0, 1, 2, 7, 8, 56))
PAIRS, FOURS, EIGHTS = (EVERY * np.uint64(byte) for byte in (0x55, 0x33, 0x0F))
FOUR = np.uint64(4)
ONE_BYTE, TWO_BYTES, THREE_BYTES = (np.uint64((1 << 8 * n) - 1) for n in (1, 2, 3))


@compiled
def decode(data: Array, at: int) -> tuple[int, int]:
    """Give the code point at a UTF-8 lead byte and its width in bytes."""
    lead: Any = np.int64(data[at])
    if lead < 0x80:
        return lead, 1
    if lead < 0xE0:
        return (lead & 0x1F) << 6 | (data[at + 1] & 0x3F), 2
    if lead < 0xF0:
        return (lead & 0x0F) << 12 | (data[at + 1] & 0x3F) << 6 | (data[at + 2] & 0x3F), 3
    high = (lead & 0x07) << 18 | (data[at + 1] & 0x3F) << 12
    return high | (data[at + 2] & 0x3F) << 6 | (data[at + 3] & 0x3F), 4


@compiled
def width_of(bits: np.uint64) -> np.uint64:
    """Give the bytes of a code point that stands as UTF-8 in a number, first byte lowest."""
    return (
        ONE
        + np.uint64(bits > ONE_BYTE)
        + np.uint64(bits > TWO_BYTES)
        + np.uint64(bits > THREE_BYTES)
    )


@compiled
def last_bytes(data: Array, at: int, stop: int) -> np.uint64:
    """Give the bytes from `at` to `stop`, fewer than eight, with zeros behind."""
    eight = ZERO
    for i in range(stop - at):
        eight |= np.uint64(data[at + i]) << (BYTE * np.uint64(i))
    return eight


@compiled
def word_bits(eight: np.uint64) -> np.uint64:
    """Give a bit for each of eight bytes: whether it is an ASCII word character or beyond ASCII."""
    seven = eight & SEVEN_BITS
    lower = seven | LOWER
    letter = (lower + FROM_A) & ~(lower + FROM_BEHIND_Z)
    digit = (seven + FROM_0) & ~(seven + FROM_BEHIND_9)
    word = (letter | digit | ~((seven ^ UNDERSCORE) + SEVEN_BITS) | eight) & HIGH
    return (word >> SEVEN) * SIDE_BY_SIDE >> TOP


@compiled
def lower_case(eight: np.uint64) -> np.uint64:
    """Give eight ASCII bytes in lower case."""
    upper = (eight + FROM_UPPER_A) & ~(eight + FROM_BEHIND_UPPER_Z) & HIGH
    return eight | upper >> TWO


@compiled
def tail_bits(eight: np.uint64) -> np.uint64:
    """Give a bit for each of eight bytes: whether a code point goes on there (10xxxxxx)."""
    return ((eight & ~(eight << ONE) & HIGH) >> SEVEN) * SIDE_BY_SIDE >> TOP


@compiled
def equal_bits(eight: np.uint64, eight_times: np.uint64) -> np.uint64:
    """Give a bit for each of eight bytes: whether it is the one that `eight_times` repeats."""
    other = eight ^ eight_times
    return ((~((other & SEVEN_BITS) + SEVEN_BITS | other) & HIGH) >> SEVEN) * SIDE_BY_SIDE >> TOP


@compiled
def count_bits(bits: np.uint64) -> int:
    """Count the bits that are set; written this way processors have an instruction for it."""
    bits -= bits >> ONE & PAIRS
    bits = (bits & FOURS) + (bits >> TWO & FOURS)
    return int((bits + (bits >> FOUR) & EIGHTS) * EVERY >> TOP)


@compiled
def lowest_bit(bits: np.uint64) -> int:
    """Give the place of the lowest bit that is set: the number of bits below it."""
    return count_bits((bits & (~bits + ONE)) - ONE)
