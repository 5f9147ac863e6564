"""What measures and feeds the warehouse: the report generator and, built on it, the benchmarks."""
