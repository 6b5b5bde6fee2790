"""Today, navigation, search, the pupil's file, roll-out, and who may see what."""
