"""__init__.py - the demo's people and their first orders"""
