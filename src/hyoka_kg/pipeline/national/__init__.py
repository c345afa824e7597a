"""Build the national graph: plan the files, state them in shards on all cores, load, derive, judge, publish."""
