"""The measures, and the data they are taken on."""
