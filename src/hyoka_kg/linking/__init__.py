"""Records to links with their evidence: which project, indicator or clause a record speaks of."""

from hyoka_kg.linking.documents import DocumentLinks, NumberKey, link_document
from hyoka_kg.linking.sheets import IdentifiedProjects, IssuedNumbers, ProjectResolver

__all__ = ["DocumentLinks", "IdentifiedProjects", "IssuedNumbers", "NumberKey", "ProjectResolver", "link_document"]
