"""What a store on a server costs, measured; and what that comes to with more servers and feeds, derived and simulated."""
