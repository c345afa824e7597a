"""Ex-ante analysis sheets (事前分析表) from text."""
