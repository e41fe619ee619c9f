"""OSCAL, the Open Security Controls Assessment Language: catalogues of controls and profiles of them, as JSON.

``document`` reads the file, ``catalog`` and ``profile`` say what its objects are as items, ``marks`` holds what OSCAL
has no word for, ``grammar`` knows what the schema lets stand where; ``read`` and ``write`` are the two ways.
"""
