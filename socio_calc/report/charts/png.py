"""PNG files of opaque pictures, written so that flat areas compress fast and well."""

from __future__ import annotations

import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
#: Eight bits for each of red, green and blue; deflate; the standard filters; rows in order.
_TRUECOLOUR: Final = b"\x08\x02\x00\x00\x00"
_PER_METRE: Final = b"\x01"
_INCHES_PER_METRE: Final = 1 / 0.0254
#: Higher levels take longer than they save.
_LEVEL: Final = 2


def png_bytes(pixels: NDArray[np.uint8], dots_per_inch: float) -> bytes:
    """Return a picture as PNG (ISO/IEC 15948), without transparency, date or the name of a program.

    Every row is written as it is. Filters, which encoders try row by row, help photographs: drawings of flat colours
    become larger by them and take longer.

    Parameters
    ----------
    pixels
        Red, green, blue of each, shape (rows, columns, 3 or more); what stands behind them, transparency, is left out.
    dots_per_inch
        At what size the picture is meant to be shown.

    >>> data = png_bytes(np.full((2, 3, 4), (0, 114, 178, 255), np.uint8), 160)
    >>> data[12:16], int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    (b'IHDR', 3, 2)
    """
    height, width = pixels.shape[:2]
    # Before each row stands the number of its filter: none.
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    for colour in range(3):
        rows[:, 1 + colour :: 3] = pixels[:, :, colour]
    packer = zlib.compressobj(_LEVEL)
    packed = packer.compress(rows.data)
    density = round(dots_per_inch * _INCHES_PER_METRE).to_bytes(4)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", width.to_bytes(4) + height.to_bytes(4) + _TRUECOLOUR),
            _chunk(b"pHYs", density + density + _PER_METRE),
            _chunk(b"IDAT", packed + packer.flush()),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
