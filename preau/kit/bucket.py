"""Files in an S3-compatible bucket. Loaded only where `PREAU_FILES` says so."""

from storages.backends.s3 import S3Storage

from .storage import PrivateNames


class PrivateBucket(PrivateNames, S3Storage):
    """Keep files in a bucket that nobody but the school reads. They leave through a view with a rule."""
