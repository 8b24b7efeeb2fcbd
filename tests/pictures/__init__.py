"""Pictures of what people see: messages of the local Discord drawn as a page, photographed by Chromium."""
