from hyoka_kg.api import Answer as Answer
from hyoka_kg.api import KnowledgeGraph as KnowledgeGraph
from hyoka_kg.api import Project as Project
from hyoka_kg.api import SearchAnswer as SearchAnswer
from hyoka_kg.api import open as open
from hyoka_kg.api import sample as sample
from hyoka_kg.errors import HyokaError as HyokaError

__version__: str
