"""Who did what, when, and who looked. Its words stand beside each action of each app (`kit.traces`)."""
