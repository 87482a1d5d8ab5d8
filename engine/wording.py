"""Numbers as a person reads them."""


def percent(share: float) -> str:
    """Return a share as per cent with one decimal.

    >>> percent(0.9635)
    '96.4 %'
    """
    return f"{100 * share:.1f} %"


def number(value: float) -> str:
    """Return a number with three significant digits.

    >>> number(0.007), number(12345.6), number(-4), number(0.0)
    ('0.00700', '12,300', '-4.00', '0')
    """
    if value == 0:
        return "0"
    rounded = float(f"{value:.3g}")
    if abs(rounded) >= 100:
        return f"{rounded:,.0f}" if abs(rounded) < 1e6 else f"{rounded:.2e}"
    return f"{rounded:#.3g}"


def epochs(count: int) -> str:
    """Return a number of epochs.

    >>> epochs(1), epochs(1200)
    ('1 epoch', '1,200 epochs')
    """
    return "1 epoch" if count == 1 else f"{count:,} epochs"
