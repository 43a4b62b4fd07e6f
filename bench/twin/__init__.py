"""The plaintext twin: the same models, views, templates, middleware, trail and session, with no seals in the rows.

It is made in a process of its own by putting plain columns in the place of the sealed ones before the models are read,
so that what is compared is one house with and without seals. It lives in `bench` only and no setting reaches it.
"""
