"""The server's side of publishing: takes whole, signed releases and switches to them at once.

It knows nothing but Python's standard library and `ssh-keygen`, so that a server needs no more.
"""
