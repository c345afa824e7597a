"""The failures of hyoka-kg: one tree, each with what was found, where, and the way out."""

from __future__ import annotations


class HyokaError(Exception):
    """A failure that a user can act on; its text is the whole message to print.

    Attributes:
        exit_code: What the command line ends with.

    >>> try:
    ...     raise QueryError("There is no query 'tr99'.")
    ... except HyokaError as error:
    ...     print(error.exit_code, error)
    2 There is no query 'tr99'.
    """

    exit_code = 1


class AcquisitionError(HyokaError):
    """A document's bytes are absent, unreadable or not the ones that were registered."""

    exit_code = 3


class UnreachableError(AcquisitionError):
    """A server cannot be reached, or does not give a file; the next file of it would fare no better."""


class LayoutError(HyokaError):
    """A source file does not have the columns, files or places that its contract names."""

    exit_code = 3


class ValueTextError(HyokaError):
    """A printed literal cannot be read as the value that its field needs."""

    exit_code = 3


class ModelError(HyokaError):
    """Two records contradict each other, or one breaks an invariant of the domain."""

    exit_code = 3


class ShapeViolation(HyokaError):  # noqa: N818 - the name that the style guide gives
    """The built graph breaks a structural rule: our error, the build is not published."""

    exit_code = 4


class QueryError(HyokaError):
    """A question cannot be asked as it stands: unknown name, bad parameter or syntax."""

    exit_code = 2


class StoreError(HyokaError):
    """A store is absent, locked, half-written or out of reach."""

    exit_code = 5


class MissingPackageError(HyokaError, ImportError):
    """A package that only some installations have is needed; it comes with an extra of this one."""

    @classmethod
    def of(cls, package: str, extra: str) -> MissingPackageError:
        """Return the error of a package that an extra brings."""
        return cls(f"{package} is not installed. Install it: pip install 'hyoka-kg[{extra}]'")
