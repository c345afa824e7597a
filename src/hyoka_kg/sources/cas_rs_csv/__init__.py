"""The CSV tables of the official RSシステム: FY2024 on, one zip a table."""

from hyoka_kg.sources.cas_rs_csv.reader import RsTable, check_header, read_rs_table, rows_at

__all__ = ["RsTable", "check_header", "read_rs_table", "rows_at"]
