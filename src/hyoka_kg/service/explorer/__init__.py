"""Pages for people: search, a page for each kind of thing, questions with forms, papers side by side."""
