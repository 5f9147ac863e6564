"""What several pages draw: markup, numbers, the statutory form, finding cards."""
