"""Records to links with their evidence: which project, indicator or clause a record speaks of."""

from hyoka_kg.linking.documents import DocumentLinks, NumberKey, link_document

__all__ = ["DocumentLinks", "NumberKey", "link_document"]
