"""A local newspaper on the loopback, with honest pages and every bad one."""
