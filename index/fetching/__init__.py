"""Getting pages and feeds over HTTP: robots.txt, crawl delays, size limits, public addresses only."""
