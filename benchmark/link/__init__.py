"""Benchmarks of linking: invented records with known chains, and planted families of motions."""
