"""One line of log for a run of a page that was refused or failed, and no visitor's words in it."""

import logging
import traceback
from pathlib import Path

from pages._kit.site import session

_ROOT = Path(__file__).parents[3]

_LOG = logging.getLogger("playground")

_STREAMLIT = (
    "streamlit.error_util",
    "streamlit.runtime.app_session",
    "streamlit.runtime.backend_operation_handler",
    "streamlit.web.server.starlette.starlette_websocket",
)
"""Where Streamlit logs what nobody caught in a run, in a download, in what a browser sent."""


def refused(error: Exception) -> None:
    """Log that a run of the open page was refused."""
    _LOG.warning("refused%s: %s", _on_page(), type(error).__name__)


def failed(error: BaseException) -> None:
    """Log that a run of the open page failed: what kind of error it was, and where.

    Not what the error says, which may hold what stood in a link, a field or a file.
    """
    _LOG.warning("failed%s: %s%s", _on_page(), type(error).__name__, _where(error))


def keep_tracebacks_out() -> None:
    """Have Streamlit's own log of an uncaught error be our one line instead of a traceback.

    With `--logger.level debug` it stays: then it is asked for, whatever it holds.
    """
    for name in _STREAMLIT:
        logging.getLogger(name).addFilter(_in_one_line)


def _in_one_line(record: logging.LogRecord) -> bool:
    """Whether Streamlit is to log a record itself."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None or logging.getLogger(record.name).isEnabledFor(logging.DEBUG):
        return True
    failed(error)
    return False


def _on_page() -> str:
    path = session.page_if_any()
    return f" on {path}" if path else ""


def _where(error: BaseException) -> str:
    """Say the last of our own lines that was reached, else the last of all."""
    reached = traceback.extract_tb(error.__traceback__)
    if not reached:
        return ""
    ours = [frame for frame in reached if _is_ours(Path(frame.filename))]
    last = (ours or reached)[-1]
    file = Path(last.filename)
    return f" at {file.relative_to(_ROOT) if ours else file.name}:{last.lineno}"


def _is_ours(file: Path) -> bool:
    # The virtual environment lies in the project's folder, and is hidden.
    return file.is_relative_to(_ROOT) and not any(
        part.startswith(".") for part in file.relative_to(_ROOT).parts
    )
