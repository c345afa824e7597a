"""What each kind of subject and field of the forms means in the graph: three tables, read once."""

from hyoka_kg.graph.forms.tables import (
    FieldMeaning,
    Statement,
    SubjectMeaning,
    meaning_of_field,
    meaning_of_subject,
    statements_of,
)

__all__ = [
    "FieldMeaning",
    "Statement",
    "SubjectMeaning",
    "meaning_of_field",
    "meaning_of_subject",
    "statements_of",
]
