"""What people who work on Leeward run now and then."""
