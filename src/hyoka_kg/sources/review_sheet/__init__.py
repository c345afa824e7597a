"""Administrative project review sheets (行政事業レビューシート) from text."""
