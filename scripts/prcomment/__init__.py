"""One comment on a pull request, kept up to date at whatever forge; needs Python alone, so that it runs without installing."""
