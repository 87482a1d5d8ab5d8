import numpy as np
import pytest

from engine.data import mnist
from engine.data.handwriting import normalised


def ink(height, width, *boxes):
    """Return paper with full ink in each box (top, left, height, width)."""
    paper = np.zeros((height, width), np.uint8)
    for top, left, tall, wide in boxes:
        paper[top : top + tall, left : left + wide] = 255
    return paper


def extent(picture):
    """Return (top, left, height, width) of what is not paper."""
    rows, columns = np.nonzero(picture)
    return (
        *(int(rows.min()), int(columns.min())),
        *(int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1),
    )


def test_paper_without_ink_is_a_blank_picture():
    picture = normalised(ink(280, 280))
    assert picture.shape == (28, 28)
    assert picture.dtype == np.uint8
    assert not picture.any()


@pytest.mark.parametrize("size", [1, 7, 40])
@pytest.mark.parametrize("corner", [(0, 0), (33, 101), (240, 240)])
def test_a_square_dot_fills_the_box_wherever_it_is_and_however_large(size, corner):
    # The centre of rows 0 to 19 is 9.5; 14 is 4.5 rows away, which is rounded up to 5.
    picture = normalised(ink(280, 280, (*corner, size, size)))
    assert extent(picture) == (5, 5, 20, 20)
    assert (picture[5:25, 5:25] == 255).all()


def test_the_aspect_ratio_is_kept():
    # 100 by 30 becomes 20 by 6. The centre of columns 0 to 5 is 2.5: by 12 to 14.5.
    picture = normalised(ink(280, 280, (90, 40, 100, 30)))
    assert extent(picture) == (5, 12, 20, 6)
    assert (picture[5:25, 12:18] == 255).all()


def test_an_edge_that_covers_part_of_a_pixel_is_grey():
    # 100 by 32 becomes 20 by 6.4: the seventh column is covered by 0.4, and 0.4 * 255 = 102.
    picture = normalised(ink(280, 280, (0, 0, 100, 32)))
    # Mass 1 in columns 0 to 5 and 0.4 in column 6: centre 17.4 / 6.4 = 2.72, by 11.28 to 14.
    assert extent(picture) == (5, 11, 20, 7)
    assert (picture[5:25, 11:17] == 255).all()
    assert (picture[5:25, 17] == 102).all()


def test_the_centre_of_mass_not_of_the_box_comes_to_the_middle():
    # An L of 20 by 20: a bar of 20 rows by 4 columns, and a foot of 4 rows by 16 columns beside it.
    # Mass 80 at column 1.5 and 64 at column 11.5: 856 / 144 = 5.94; by rows 13.06 by symmetry.
    picture = normalised(ink(200, 200, (0, 0, 200, 40), (160, 40, 40, 160)))
    # 14 - 5.94 = 8.06, so column 0 comes to 8 and fits just in; 14 - 13.06 = 0.94: row 0 to 1.
    assert extent(picture) == (1, 8, 20, 20)
    rows, columns = np.indices(picture.shape)
    mass = picture.sum(dtype=float)
    assert (rows * picture).sum() / mass == pytest.approx(13.0556 + 1, abs=1e-3)
    assert (columns * picture).sum() / mass == pytest.approx(5.9444 + 8, abs=1e-3)


def test_a_stroke_at_the_edge_of_the_paper_is_a_stroke_in_the_middle():
    edge = normalised(ink(100, 300, (0, 288, 100, 12)))
    np.testing.assert_array_equal(edge, normalised(ink(300, 300, (90, 150, 100, 12))))


def test_a_thin_line_keeps_its_mass():
    # 200 by 5 becomes 20 by 0.5: half of each pixel's ink, 127.5, rounded to the even number.
    picture = normalised(ink(200, 200, (0, 90, 200, 5)))
    assert extent(picture) == (5, 14, 20, 1)
    assert (picture[5:25, 14] == 128).all()


def test_what_would_leave_the_picture_stays_in_it():
    # Faint ink reaches 20 columns to the left of nearly all the mass.
    paper = ink(20, 20, (0, 19, 20, 1))
    paper[:, :19] = 1
    assert extent(normalised(paper)) == (5, 0, 20, 20)


def test_the_digits_of_mnist_are_normalised_already():
    pictures = mnist.load().test_images[:2000].reshape(-1, 28, 28)
    same = [np.array_equal(normalised(picture), picture) for picture in pictures]
    assert np.mean(same) > 0.999


def test_a_digit_moved_and_enlarged_comes_back():
    rng = np.random.default_rng(0)
    for picture in mnist.load().test_images[:50].reshape(-1, 28, 28):
        paper = np.pad(picture, rng.integers(0, 40, (2, 2)))
        larger = np.kron(paper, np.ones((3, 3), np.uint8))
        np.testing.assert_array_equal(normalised(larger), picture)
