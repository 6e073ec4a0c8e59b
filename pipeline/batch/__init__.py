"""Many documents, one folder of results: warm workers under watch, a journal, and files in stable order.

The way of a document: :mod:`inputs` lists it, :mod:`feed` hashes it and skips what is done, a pool
(:mod:`pool` on this machine, :mod:`cluster` on Dask) lets :mod:`task` extract its records behind limits,
:mod:`journal` keeps the outcome, and :mod:`outputs` writes the files when the run ends.
"""
