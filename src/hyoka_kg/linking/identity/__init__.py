"""Which sheets of different years are one project: digests of sheets to links with evidence, then to projects."""
