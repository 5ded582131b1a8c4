"""UTF-8 for compiled code: code points, and what eight bytes hold.

Bytes are taken in the order of little-endian machines, the only ones that numba has packages for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.text.compiled import compiled

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
def encode(point: np.uint32) -> tuple[np.uint64, int]:
    """Give a code point as UTF-8, first byte lowest, and its width in bytes."""
    bits = np.uint64(point)
    if point < 0x80:
        return bits, 1
    tail = np.uint64(0x80) | bits & np.uint64(0x3F)
    if point < 0x800:
        return np.uint64(0xC0) | bits >> np.uint64(6) | tail << BYTE, 2
    second = np.uint64(0x80) | bits >> np.uint64(6) & np.uint64(0x3F)
    if point < 0x10000:
        lead = np.uint64(0xE0) | bits >> np.uint64(12)
        return lead | second << BYTE | tail << np.uint64(16), 3
    third = np.uint64(0x80) | bits >> np.uint64(12) & np.uint64(0x3F)
    lead = np.uint64(0xF0) | bits >> np.uint64(18)
    return lead | third << BYTE | second << np.uint64(16) | tail << np.uint64(24), 4


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
def lowest_bit(bits: np.uint64) -> int:
    """Give the place of the lowest bit that is set.

    It is the number of bits below it; written this way processors have an instruction for it.
    """
    below = (bits & (~bits + ONE)) - ONE
    below -= below >> ONE & PAIRS
    below = (below & FOURS) + (below >> TWO & FOURS)
    return int((below + (below >> FOUR) & EIGHTS) * EVERY >> TOP)
