"""The scenes of a day, by what they are about. Each is told over HTTP, through the pages that people use."""
