"""Forms from cells: ruled PDF and workbook read by the same labels, geometry instead of the order of the text."""
