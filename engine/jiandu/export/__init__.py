"""The trail as others read it: for a court, for a spreadsheet, for tools that mine processes."""
