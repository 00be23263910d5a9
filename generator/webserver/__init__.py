"""What the city's web server is told of the site: types, headers, addresses; and nginx's configuration made of it."""
