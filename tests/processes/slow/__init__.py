"""An app whose one job takes longer than anyone waits: for stopping a house while a task is running."""
