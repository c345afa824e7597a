"""Files as they come: text, ruled PDF or workbook to lines and cells, before any form is known."""
