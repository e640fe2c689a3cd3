"""The worksheets of a workbook, before they are written: cells with values, formats and formulas."""
