"""Tables as people hand them in, CSV and XLSX, read with bounds and told with places. Plain Python, run also in a child
process: no Django here.
"""
