// Runs whose rules decide, on the command line: replayed from their record and from their link, planned from their record alone.
