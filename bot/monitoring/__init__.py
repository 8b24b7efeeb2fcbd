"""What whoever runs the bot can see of it: health, readiness and metrics, over HTTP."""
