"""What the pages about participants show, gathered while the file is open."""
