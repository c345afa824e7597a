"""The review page: one static, offline HTML file that sets a document beside what is claimed of it."""

from hyoka_kg.review.claims import claims_of_document, claims_of_reading, read_claims
from hyoka_kg.review.page import render_page
from hyoka_kg.review.records import PageImage, Review, Statement
from hyoka_kg.review.sources import read_review_source

__all__ = [
    "PageImage",
    "Review",
    "Statement",
    "claims_of_document",
    "claims_of_reading",
    "read_claims",
    "read_review_source",
    "render_page",
]
